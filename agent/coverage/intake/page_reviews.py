"""The claims that a page checks, by its own markup: every `ClaimReview` in its JSON-LD, microdata or RDFa."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.coverage.intake.claim_review import Node, ReviewPlace, review_of
from agent.coverage.intake.json_ld import json_ld_values, types_of
from agent.coverage.intake.microdata import things_of_type
from agent.errors import BadInput
from agent.models import LeftOut, PublishedReview
from agent.text.quotes import letters

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_REVIEW = "claimreview"
_MOST_REVIEWS = 100
_MOST_VALUES = 20_000
# Another thing of the page, named by its address: itemReviewed may stand beside its review in a graph.
_REFERRING = ("itemReviewed", "reviewRating", "author", "publisher")


@dataclass(frozen=True, slots=True)
class PageReviews:
    """`refused` tells of reviews that could not be taken, and why."""

    reviews: tuple[PublishedReview, ...] = ()
    refused: tuple[LeftOut, ...] = ()


def reviews_in_page(tree: "HtmlElement", place: ReviewPlace) -> PageReviews:
    """Each claim with the rating that the page gives it, once."""
    nodes = [*reviews_within(list(json_ld_values(tree))), *things_of_type(tree, _REVIEW)]
    return read_reviews(nodes, place)


def read_reviews(nodes: Sequence[Node], place: ReviewPlace) -> PageReviews:
    taken: dict[tuple[str, str], PublishedReview] = {}
    refused: list[LeftOut] = []
    for node in nodes[:_MOST_REVIEWS]:
        try:
            review = review_of(node, place)
        except BadInput as err:
            refused.append(LeftOut(what="a fact-check in its markup", why=f"was not taken: {err}"))
        else:
            taken.setdefault((letters(review.claim), letters(review.rating)), review)
    if len(nodes) > _MOST_REVIEWS:
        refused.append(
            LeftOut(what=f"{len(nodes) - _MOST_REVIEWS:,} more fact-checks in its markup", why="were not taken")
        )
    return PageReviews(tuple(taken.values()), tuple(refused))


def reviews_within(values: Sequence[object]) -> list[Node]:
    """Every review in some values of JSON-LD, however deep, with the things of its graph that it names put in."""
    nodes = list(_nodes(values))
    known = {str(node["@id"]): node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return [_resolved(node, known) for node in nodes if _REVIEW in types_of(dict(node))]


def _resolved(node: Node, known: Mapping[str, Node]) -> Node:
    """Two steps are enough: a review, what it reviews, and who claimed that."""
    return {name: _put_in(value, known, steps=2) if name in _REFERRING else value for name, value in node.items()}


def _put_in(value: object, known: Mapping[str, Node], *, steps: int) -> object:
    if isinstance(value, list):
        return [_put_in(one, known, steps=steps) for one in value[:_MOST_REVIEWS]]
    if not isinstance(value, Mapping):
        return value
    name = value.get("@id")
    thing = known.get(name, value) if isinstance(name, str) and len(value) == 1 else value
    if not steps:
        return thing
    return {key: _put_in(one, known, steps=steps - 1) if key in _REFERRING else one for key, one in thing.items()}


def _nodes(values: Sequence[object]) -> Iterator[Node]:
    """All objects, outer ones first; deep nesting takes no deep calls."""
    waiting: deque[object] = deque(values)
    left = _MOST_VALUES
    while waiting and left:
        left -= 1
        one = waiting.popleft()
        inner: Iterable[object] = ()
        if isinstance(one, list):
            inner = one[:left]
        elif isinstance(one, Mapping):
            yield one
            inner = one.values()
        waiting.extendleft(value for value in reversed([*inner]) if isinstance(value, list | Mapping))
