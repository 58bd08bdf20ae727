"""One `ClaimReview` of schema.org, however its markup spells it: which claim, whose, when, and what it is called.

Nothing is filled in: the day of the review is not that of the claim, and a rating that is only a number is none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import unescape
from urllib.parse import urljoin

from agent.coverage.index.address import host_of
from agent.coverage.intake.json_ld import types_of
from agent.coverage.intake.metadata import LANGUAGE_CODE, is_web_address, moment_of, one_line
from agent.dates import UnreadDate, read_date
from agent.errors import BadInput
from agent.models import Frozen, PublishedReview
from agent.text import visible
from agent.text.language import language_of

Node = Mapping[str, object]

_MOST_NAMES, _MOST_PLACES, _MOST_VALUES = 3, 5, 20
_LONGEST_CLAIM, _LONGEST_RATING, _LONGEST_NAME, _LONGEST_TITLE, _LONGEST_ADDRESS = 2000, 400, 200, 500, 2000
_LONGEST_READ, _LONGEST_SHOWN = 20_000, 40
_ONLY_A_NUMBER = "it rates the claim by a number only ({}), and does not say what that is called"
# How deep a value may lie in others: itemReviewed.author.name is three.
_DEEPEST = 4
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")
_ORGANIZATIONS = ("organization", "corporation", "newsmediaorganization", "governmentorganization", "ngo")


class ReviewPlace(Frozen):
    """Where reviews were read: the page's address and language, and who stands in where one names no publisher."""

    url: str | None = None
    publisher: str | None = None
    language: str | None = None


_ANYWHERE = ReviewPlace()


def review_of(node: Node, place: ReviewPlace = _ANYWHERE) -> PublishedReview:
    """What the markup of one review says. Raises `BadInput` for one that names no claim, or no rating in words."""
    item = _first_thing(node.get("itemReviewed"))
    claim = _text(node.get("claimReviewed")) or _claim_in(node.get("itemReviewed"), item)
    if claim is None:
        raise BadInput("it names no claim that it reviews")
    if len(claim) > _LONGEST_CLAIM:
        raise BadInput(f"the claim that it reviews has more than {_LONGEST_CLAIM:,} characters")
    url = _address(node, place.url)
    publisher, site = _publisher(node)
    return PublishedReview(
        claim=claim,
        rating=_rating(node.get("reviewRating")),
        claimant=_names(item.get("author")) or _names(item.get("creator")),
        claimed_on=day_of(_text(item.get("datePublished")) or _text(item.get("dateCreated"))),
        appearances=_appearances(item),
        publisher=publisher or place.publisher,
        site=host_of(place.url) or host_of(url) or site,
        published_at=moment_of(_text(node.get("datePublished")) or _text(node.get("dateCreated"))),
        url=url,
        title=_short(_text(node.get("headline")) or _text(node.get("name")), _LONGEST_TITLE),
        language=language_of(claim, language_code(_text(node.get("inLanguage")) or place.language)),
    )


def rated(text: str | None) -> str:
    """A rating by name. Raises `BadInput` where there is none, or only a number."""
    if text is None:
        raise BadInput("it says nothing of how it rates the claim")
    if not any(map(str.isalpha, text)):
        raise BadInput(_ONLY_A_NUMBER.format(text[:_LONGEST_SHOWN]))
    if len(text) > _LONGEST_RATING:
        raise BadInput(f"its rating has more than {_LONGEST_RATING} characters")
    return text


def plain_text(text: str | None) -> str | None:
    """A line as readers see it: without markup, without what is hidden."""
    if text is None:
        return None
    bare = _TAG.sub(" ", text[:_LONGEST_READ])
    if "&" in bare:
        bare = _TAG.sub(" ", unescape(bare))
    return one_line(visible(bare))


def day_of(text: str | None) -> date | None:
    """The day that a date means; None for none, for one that cannot be read, and for what is not over yet."""
    try:
        return read_date(text).day if text and moment_of(text) is not None else None
    except UnreadDate:
        return None


def language_code(text: str | None) -> str | None:
    code = (text or "").replace("_", "-")
    return code if LANGUAGE_CODE.fullmatch(code) else None


def _claim_in(value: object, item: Node) -> str | None:
    """The claim where only the thing that is reviewed tells it."""
    if isinstance(value, str):
        return None if is_web_address(value) else plain_text(value)
    return _text(item.get("text")) or _text(item.get("name")) or _text(item.get("headline"))


def _rating(value: object) -> str:
    number = None
    for one in _several(value):
        if isinstance(one, str):
            return rated(plain_text(one))
        if isinstance(one, Mapping):
            name = _text(one.get("alternateName")) or _text(one.get("name"))
            if name is not None:
                return rated(name)
            number = number or _text(one.get("ratingValue"))
    if number is not None:
        raise BadInput(_ONLY_A_NUMBER.format(number[:_LONGEST_SHOWN]))
    return rated(None)


def _publisher(node: Node) -> tuple[str | None, str | None]:
    """Who reviewed, an organisation before a person, and the host that it gives as its own."""
    things = [one for key in ("publisher", "author") for one in _several(node.get(key))]
    named = [one for one in things if _name_of(one)]
    organizations = [one for one in named if isinstance(one, Mapping) and _is_organization(one)]
    chosen = next(iter([*organizations, *named]), None)
    url = _text(chosen.get("url")) if isinstance(chosen, Mapping) else None
    return _name_of(chosen), host_of(url) if url and is_web_address(url) else None


def _is_organization(thing: Node) -> bool:
    return any(name in _ORGANIZATIONS for name in types_of(dict(thing)))


def _names(value: object) -> str | None:
    names = dict.fromkeys(name for one in _several(value) if (name := _name_of(one)))
    return ", ".join(list(names)[:_MOST_NAMES]) or None


def _name_of(thing: object) -> str | None:
    name = _text(thing.get("name")) if isinstance(thing, Mapping) else _text(thing)
    return _short(name, _LONGEST_NAME) if name and not is_web_address(name) else None


def _appearances(item: Node) -> tuple[str, ...]:
    items = [one for key in ("firstAppearance", "appearance", "url") for one in _several(item.get(key))]
    found = dict.fromkeys(address for one in items if (address := _address_in(one)))
    return tuple(list(found)[:_MOST_PLACES])


def _address(node: Node, base: str | None) -> str | None:
    """The page of the review. One that was fetched speaks for no page of another host."""
    items = (_address_in(one, base) for key in ("url", "@id", "mainEntityOfPage") for one in _several(node.get(key)))
    address = next(filter(None, items), None)
    if base is None or (address is not None and host_of(address) == host_of(base)):
        return address
    if address is not None:
        raise BadInput(f"it is the review of another site: {host_of(address)}")
    return base


def _address_in(thing: object, base: str | None = None) -> str | None:
    value: object = thing
    if isinstance(thing, Mapping):
        value = next((thing[key] for key in ("url", "@id") if isinstance(thing.get(key), str)), None)
    if not isinstance(value, str) or len(value) > _LONGEST_ADDRESS:
        return None
    try:
        address = urljoin(base or "", value.strip())
    except ValueError:
        return None
    return address if is_web_address(address) and one_line(address) == address else None


def _first_thing(value: object) -> Node:
    return next((one for one in _several(value) if isinstance(one, Mapping)), {})


def _several(value: object, depth: int = 0) -> Iterator[object]:
    """What stands for a property: one value, or several in lists and sets of JSON-LD."""
    if isinstance(value, Mapping) and isinstance(value.get("@list", value.get("@set")), list):
        value = value.get("@list", value.get("@set"))
    if isinstance(value, list | tuple):
        if depth < _DEEPEST:
            for one in value[:_MOST_VALUES]:
                yield from _several(one, depth + 1)
    elif value is not None:
        yield value


def _text(value: object) -> str | None:
    """The first text or number that stands for a property."""
    return next(filter(None, map(plain_text, _texts(_several(value)))), None)


def _texts(values: Iterable[object]) -> Iterator[str]:
    for one in values:
        value = one.get("@value") if isinstance(one, Mapping) else one
        if isinstance(value, str):
            yield value
        elif isinstance(value, int) and not isinstance(value, bool):
            # Whole numbers have no bounds, and those of a float are exceeded by some.
            yield str(value)
        elif isinstance(value, float):
            yield f"{value:g}"


def _short(text: str | None, longest: int) -> str | None:
    """None for what is too long to be a name or a title."""
    return text if text is not None and len(text) <= longest else None
