"""From drafts to claims: each anchored in the article, each told once."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain, islice, takewhile
from typing import Self

from rapidfuzz import fuzz

from agent.analyst import Part
from agent.models import Article, Claim, Draft, Frozen, Span
from agent.quotes import anchors, letters
from agent.text import fold

# Above these, two wordings are one claim; a shared quote makes us expect it, so less is asked.
_SAME_TEXT = 88.0
_SAME_TEXT_AND_QUOTE = 70.0
_NUMBERS = re.compile(r"\d+")
_NEGATIONS = frozenset(
    "لا لم لن ليس ليست ليسوا غير دون بدون نفي نفت ينفي not no never without denied denies deny".split()
)


class Collected(Frozen):
    claims: tuple[Claim, ...]
    without_quote: int = 0
    over_limit: int = 0


class _Anchored(Frozen):
    draft: Draft
    span: Span


class _Telling(Frozen):
    """What two drafts are compared by, made once for each: an article may hold hundreds."""

    quote: str
    words: str
    numbers: tuple[str, ...]
    negations: int

    @classmethod
    def of(cls, draft: Draft) -> Self:
        folded = fold(draft.text)
        return cls(
            quote=letters(draft.quote),
            words=" ".join(sorted(folded.split())),
            numbers=tuple(_NUMBERS.findall(folded)),
            negations=_negations(folded),
        )


def collect(article: Article, drafts: Iterable[tuple[Part, Draft]], limit: int) -> Collected:
    """Anchors, merges and numbers the drafts, in the order of the article.

    A draft whose quote the article does not hold is dropped and counted; so are claims over the limit.
    """
    places = _Places(article)
    anchored: list[_Anchored] = []
    without_quote = 0
    for part, draft in drafts:
        span = places.take(part, draft)
        if span is None:
            without_quote += 1
        else:
            anchored.append(_Anchored(draft=draft, span=span))
    anchored.sort(key=lambda item: (item.span.start, item.span.end))
    groups, over_limit = _grouped(anchored, limit)
    claims = tuple(_claim(article, number, group) for number, group in enumerate(groups, 1))
    return Collected(claims=claims, without_quote=without_quote, over_limit=over_limit)


class _Places:
    """Where quotes stand, each looked for once: a line that comes back a thousand times is quoted as often."""

    def __init__(self, article: Article) -> None:
        self._anchors = anchors(article.text)
        self._found: dict[str, list[Span]] = {}
        self._taken: set[Span] = set()

    def take(self, part: Part, draft: Draft) -> Span | None:
        """The place in the part that told the quote, and not where an earlier draft was found already."""
        if draft.quote not in self._found:
            self._found[draft.quote] = self._anchors.find_all(draft.quote)
        everywhere = self._found[draft.quote]
        first = bisect_left(everywhere, part.span.start, key=lambda span: span.start)
        inside = list(takewhile(lambda span: span.end <= part.span.end, islice(everywhere, first, None)))
        free = (span for span in inside if span not in self._taken)
        span = next(chain(free, inside, everywhere), None)
        if span is not None:
            self._taken.add(span)
        return span


def _grouped(anchored: Sequence[_Anchored], limit: int) -> tuple[list[list[_Anchored]], int]:
    """The tellings of each claim, for as many claims as the limit lets in; and how many drafts it kept out."""
    groups: list[tuple[_Telling, list[_Anchored]]] = []
    over_limit = 0
    for item in anchored:
        telling = _Telling.of(item.draft)
        home = next((group for first, group in groups if _same(first, telling)), None)
        if home is not None:
            home.append(item)
        elif len(groups) < limit:
            groups.append((telling, [item]))
        else:
            over_limit += 1
    return [group for _, group in groups], over_limit


def _same(one: _Telling, other: _Telling) -> bool:
    """Whether two drafts tell one thing: nearly the same words, the same numbers, the same negations."""
    if one.numbers != other.numbers or one.negations != other.negations:
        return False
    wanted = _SAME_TEXT_AND_QUOTE if one.quote == other.quote else _SAME_TEXT
    return fuzz.ratio(one.words, other.words, score_cutoff=wanted) > 0


def _negations(folded: str) -> int:
    return sum(word in _NEGATIONS or word.endswith('n"t') for word in folded.replace(".", " ").split())


def _claim(article: Article, number: int, group: Sequence[_Anchored]) -> Claim:
    """One claim of all its tellings; the fullest attribution among them speaks for it."""
    told = max(group, key=lambda item: len(item.draft.attribution.speaker or "")).draft
    spans = tuple(dict.fromkeys(item.span for item in group))
    first = spans[0]
    return Claim(
        id=f"c{number}",
        text=group[0].draft.text,
        spans=spans,
        quote=article.text[first.start : first.end],
        attribution=told.attribution,
        kind=group[0].draft.kind,
        event_date=next((item.draft.event_date for item in group if item.draft.event_date), None),
    )
