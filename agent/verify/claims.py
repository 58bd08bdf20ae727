"""Makes claims of drafts: each is found in the article, and each stands once."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain, islice, takewhile
from typing import Self

from rapidfuzz import fuzz

from agent.analyst.parts import sentences_of
from agent.coverage.intake.headed import lines_about
from agent.models import Article, Attribution, Claim, Draft, Frozen, Kind, Part, SourceType, Span
from agent.text import fold
from agent.text.negations import count_negations, denial_beside
from agent.text.quotes import anchors, letters

# Above these, two wordings are one claim; a shared quote makes us expect it, so less is asked.
_SAME_TEXT = 88.0
_SAME_TEXT_AND_QUOTE = 70.0
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
# Two words are one in another form when they begin alike, for so much of the shorter one; or, in Arabic, when one has
# "and", "the" and their like written onto its front.
_BEGINS_ALIKE, _FEWEST_ALIKE = 0.6, 3
_PROCLITICS = "والبكف"
# What joins a speaker and a verb to what was said.
_JOINING = frozenset(map(fold, "that the a an أن إن بأن أنه إنه که qu que la le les l قد".split()))
_EDGES = "\"'«»“”‘’()[]،؛.,:;!?؟…"
# Who says it, the better told the later: nobody in particular comes first.
_PREFERRED = (
    SourceType.OUTLET,
    SourceType.ANONYMOUS,
    SourceType.GROUP,
    SourceType.INSTITUTION,
    SourceType.NAMED,
)
_ON_RECORD = frozenset({SourceType.NAMED, SourceType.INSTITUTION})


class Collected(Frozen):
    claims: tuple[Claim, ...]
    without_quote: int = 0
    over_limit: int = 0


class _Anchored(Frozen):
    draft: Draft
    span: Span


class _Wording(Frozen):
    """What two drafts are compared by, made once for each: an article may hold hundreds."""

    draft: Draft
    quote: str
    said: str
    numbers: tuple[str, ...]
    negations: int

    @classmethod
    def of(cls, draft: Draft) -> Self:
        words = [word for raw in fold(draft.text).split() if (word := _THOUSANDS.sub("", raw.strip(_EDGES)))]
        said = _without_lead(words, draft.attribution)
        return cls(
            draft=draft,
            quote=letters(draft.quote),
            said=" ".join(sorted(said)),
            numbers=tuple(sorted(_NUMBERS.findall(" ".join(said)))),
            negations=count_negations(draft.text),
        )


def collect(article: Article, drafts: Iterable[tuple[Part, Draft]], limit: int) -> Collected:
    """Finds the drafts in the article, merges those of one claim and numbers them, in the order of the article.

    A draft whose quote is not in the article is dropped and counted, and so are claims over the limit. A headline
    above a line of outlet and day, and that line itself, make no claims.
    """
    places = _Places(article)
    anchored: list[_Anchored] = []
    without_quote = 0
    for part, draft in drafts:
        span = places.take(part, draft)
        if span is None and places.only_above(draft):
            continue
        if span is None:
            without_quote += 1
        else:
            anchored.append(_Anchored(draft=draft, span=_with_denial(article, draft, span)))
    anchored.sort(key=lambda item: (item.span.start, item.span.end))
    groups, over_limit = _grouped(anchored, limit)
    claims = tuple(_claim(article, number, group) for number, group in enumerate(groups, 1))
    return Collected(claims=claims, without_quote=without_quote, over_limit=over_limit)


class _Places:
    """Where quotes stand, each looked for once: a line that comes back a thousand times is quoted as often."""

    def __init__(self, article: Article) -> None:
        self._anchors = anchors(article.text)
        self._above = tuple(filter(None, lines_about(article.text, article.language)))
        self._found: dict[str, list[Span]] = {}
        self._taken: set[Span] = set()

    def take(self, part: Part, draft: Draft) -> Span | None:
        """The place in the part that told the quote, and not where an earlier draft was found already."""
        if draft.quote not in self._found:
            found = self._anchors.find_all(draft.quote)
            self._found[draft.quote] = [span for span in found if not self._is_above(span)]
        everywhere = self._found[draft.quote]
        first = bisect_left(everywhere, part.span.start, key=lambda span: span.start)
        inside = list(takewhile(lambda span: span.end <= part.span.end, islice(everywhere, first, None)))
        free = (span for span in inside if span not in self._taken)
        span = next(chain(free, inside, everywhere), None)
        if span is not None:
            self._taken.add(span)
        return span

    def only_above(self, draft: Draft) -> bool:
        """Whether a quote stands in the lines about the article and nowhere else."""
        return bool(self._above) and any(map(self._is_above, self._anchors.find_all(draft.quote)))

    def _is_above(self, span: Span) -> bool:
        return any(line.start <= span.start and span.end <= line.end for line in self._above)


def _with_denial(article: Article, draft: Draft, span: Span) -> Span:
    """A quote that leaves out the word by which its claim denies says the contrary: it takes that word in."""
    if not count_negations(draft.text) or count_negations(article.text[span.start : span.end]):
        return span
    spans = sentences_of(article)
    first = max(bisect_left(spans, span.start + 1, key=lambda one: one.start) - 1, 0)
    return denial_beside(article.text, span, spans[first])


def _grouped(anchored: Sequence[_Anchored], limit: int) -> tuple[list[list[_Anchored]], int]:
    """The tellings of each claim, for as many claims as the limit lets in; and how many drafts it kept out."""
    groups: list[tuple[_Wording, list[_Anchored]]] = []
    over_limit = 0
    for item in anchored:
        telling = _Wording.of(item.draft)
        same = (
            group for first, group in groups if _same(first, telling) and not _adds(first, group[0], telling, item)
        )
        home = next(same, None)
        if home is not None:
            home.append(item)
        elif len(groups) < limit:
            groups.append((telling, [item]))
        else:
            over_limit += 1
    return [group for _, group in groups], over_limit


def _same(one: _Wording, other: _Wording) -> bool:
    """Whether two drafts tell one thing: nearly the same words, the same numbers, the same negations, and nothing
    else that tells them apart."""
    if one.numbers != other.numbers or one.negations != other.negations:
        return False
    wanted = _SAME_TEXT_AND_QUOTE if one.quote == other.quote else _SAME_TEXT
    # Of thousands of pairs few get past this.
    if not fuzz.ratio(one.said, other.said, score_cutoff=wanted):
        return False
    return not (_differ(one.draft, other.draft) or _says_otherwise(one.said.split(), other.said.split()))


def _adds(first: _Wording, one: _Anchored, telling: _Wording, other: _Anchored) -> bool:
    """Whether two drafts of one sentence say more than one thing: none repeats itself, "closed A and B" adds."""
    if one.span == other.span or one.span.end <= other.span.start or other.span.end <= one.span.start:
        return False
    said, more = first.said.split(), telling.said.split()
    return any(word not in said for word in more) or any(word not in more for word in said)


def _differ(one: Draft, other: Draft) -> bool:
    """By the day, by what is still to come, or by two speakers who are named and are not one."""
    if one.event_date and other.event_date and one.event_date != other.event_date:
        return True
    if (one.kind is Kind.FORECAST) != (other.kind is Kind.FORECAST):
        return True
    on_record = all(draft.attribution.source in _ON_RECORD for draft in (one, other))
    names = _names(other.attribution)
    return on_record and not any(_is_form(word, name) for word in _names(one.attribution) for name in names)


def _names(attribution: Attribution) -> frozenset[str]:
    return frozenset(fold(f"{attribution.speaker or ''} {attribution.role or ''}").split()) - _JOINING


def _says_otherwise(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each has a word that the other has in no form: "three killed" and "ten injured"."""
    mine = [word for word in one if word not in other]
    theirs = [word for word in other if word not in one]
    return _any_foreign(mine, theirs) and _any_foreign(theirs, mine)


def _any_foreign(words: Sequence[str], among: Sequence[str]) -> bool:
    return any(not any(_is_form(word, known) for known in among) for word in words)


def _is_form(word: str, known: str) -> bool:
    shorter, longer = sorted((word, known), key=len)
    if longer.endswith(shorter):
        return not longer.removesuffix(shorter).strip(_PROCLITICS)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(shorter, longer, strict=False)))
    return alike >= max(_FEWEST_ALIKE, _BEGINS_ALIKE * len(shorter))


def _without_lead(words: list[str], attribution: Attribution) -> list[str]:
    """What is said, without "the ministry said that" in front of it: lede and body differ by that alone."""
    verb = set(fold(attribution.verb or "").split())
    leading = verb | _JOINING | set(fold(f"{attribution.speaker or ''} {attribution.role or ''}").split())
    lead = list(takewhile(lambda word: word in leading, words))
    return words[len(lead) :] if verb & set(lead) and len(lead) < len(words) else words


def _claim(article: Article, number: int, group: Sequence[_Anchored]) -> Claim:
    """One claim of all its tellings; the fullest attribution among them speaks for it."""
    attribution = max(group, key=lambda item: _fullness(item.draft.attribution)).draft.attribution
    dated = next((item.draft for item in group if item.draft.event_date), group[0].draft)
    spans = tuple(dict.fromkeys(item.span for item in group))
    first = spans[0]
    return Claim(
        id=f"c{number}",
        text=group[0].draft.text,
        spans=spans,
        quote=article.text[first.start : first.end],
        attribution=attribution,
        kind=group[0].draft.kind,
        event_date=dated.event_date,
        event_end=dated.event_end,
    )


def _fullness(attribution: Attribution) -> tuple[bool, int, bool, int]:
    return (
        attribution.speaker is not None,
        _PREFERRED.index(attribution.source),
        attribution.role is not None,
        len(attribution.speaker or ""),
    )
