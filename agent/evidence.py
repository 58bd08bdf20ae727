"""From judgements to evidence: only what the stored text really says, each origin once."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal

from agent.analyst import Witness
from agent.models import (
    ARTICLE,
    Article,
    Claim,
    Document,
    Evidence,
    Frozen,
    Judgement,
    Origin,
    Passage,
    Span,
    Stance,
    When,
)
from agent.quotes import anchors, letters
from agent.text import fold

Source = Literal["coverage", "article"]


class Weighed(Frozen):
    """`without_quote`: judgements whose quote the witness's text does not hold, or that had none."""

    evidence: tuple[Evidence, ...] = ()
    without_quote: int = 0


def weigh(
    article: Article, claim: Claim, heard: Iterable[tuple[Witness, Judgement]], independent: frozenset[str]
) -> Weighed:
    """Checks what witnesses said of one claim against their stored text.

    `independent` holds the origins that are not the article's own. The article itself may contest a claim, through
    another of its speakers and from another of its sentences; it never corroborates one.
    """
    kept: dict[str, Evidence] = {}
    without_quote = 0
    for witness, judgement in heard:
        if judgement.stance is Stance.UNRELATED or (witness.is_article and not _may_contest(judgement)):
            continue
        found = _stands_in(witness, judgement.quote)
        if found is None:
            without_quote += 1
        elif not (witness.is_article and _overlaps(claim, found)):
            source: Source = "article" if witness.is_article else "coverage"
            item = _evidence(article, judgement, found, source, witness.origin, witness.origin in independent)
            kept.setdefault(witness.origin, item)
    return Weighed(evidence=tuple(kept.values()), without_quote=without_quote)


def _may_contest(judgement: Judgement) -> bool:
    return judgement.stance is Stance.CONTRADICTS and not judgement.same_speaker


def _stands_in(witness: Witness, quote: str) -> tuple[Passage, Span] | None:
    for passage in witness.passages:
        span = anchors(passage.text).find(quote)
        if span is not None:
            return passage, span
    return None


def _overlaps(claim: Claim, found: tuple[Passage, Span]) -> bool:
    """Whether the quote found in the article is the claim itself, at its own place or told again elsewhere."""
    passage, span = found
    start, end = passage.start + span.start, passage.start + span.end
    if any(own.start < end and start < own.end for own in claim.spans):
        return True
    return letters(claim.quote) == letters(passage.text[span.start : span.end])


def _evidence(
    article: Article,
    judgement: Judgement,
    found: tuple[Passage, Span],
    source: Source,
    origin: str,
    independent: bool,
) -> Evidence:
    passage, span = found
    return Evidence(
        stance=judgement.stance,
        quote=passage.text[span.start : span.end],
        source=source,
        passage=passage,
        origin=origin,
        independent=independent,
        same_speaker=judgement.same_speaker,
        when=when(article.published_at, passage.published_at),
    )


def copied(article: Article, claim: Claim, copies: Sequence[Document]) -> list[Evidence]:
    """The article's own words in copies of it, under the article's own origin: shown, never a second source."""
    evidence = []
    for document in copies:
        span = anchors(document.text).find(claim.quote)
        if span is not None:
            judgement = Judgement(claim_id=claim.id, stance=Stance.SUPPORTS, same_speaker=True)
            found = (Passage.of(document, span), _whole(span))
            evidence.append(_evidence(article, judgement, found, "coverage", ARTICLE, independent=False))
    return evidence


def _whole(span: Span) -> Span:
    return Span(start=0, end=span.end - span.start)


def is_independent(article: Article, origin: Origin) -> bool:
    """An origin other than the article's own: no copy of it, and not another piece of the same outlet."""
    if origin.copy_of_article:
        return False
    own = fold(article.outlet or "").strip()
    return not own or fold(origin.witness.outlet or "").strip() != own


def when(article_at: datetime | None, passage_at: datetime | None) -> When:
    """Before, on or after the article's day (UTC)."""
    if article_at is None or passage_at is None:
        return When.UNKNOWN
    own, other = article_at.astimezone(UTC).date(), passage_at.astimezone(UTC).date()
    if own == other:
        return When.SAME_DAY
    return When.BEFORE if other < own else When.AFTER
