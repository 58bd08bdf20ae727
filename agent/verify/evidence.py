"""Turns judgements into evidence: only what the stored text really says, and each origin once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from agent.coverage.index.address import same_site
from agent.coverage.origins.agencies import bare_name, houses
from agent.coverage.origins.cited import rests_on_outlet_of
from agent.coverage.origins.roots import own_host, root_of
from agent.models import (
    ARTICLE,
    Article,
    Claim,
    Dependence,
    Document,
    Evidence,
    Frozen,
    Judgement,
    Origin,
    Passage,
    Span,
    Stance,
    When,
    Witness,
    has_unnamed_source,
)
from agent.text.quotes import anchors, letters
from agent.verify.withdrawn import TakenBack, retraction_quote, taken_back

Source = Literal["coverage", "article"]
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Weighed(Frozen):
    """The evidence on a claim. `without_quote` counts the judgements whose quote is not in the witness's text, or
    that had none. `unheard` counts those that say, in words which are not in its text, that the witness spoke with
    the speaker itself."""

    evidence: tuple[Evidence, ...] = ()
    without_quote: int = 0
    unheard: int = 0


class Credited(Frozen):
    """Which origins say that they have the matter from the article's outlet or source, and in which words.
    `without_quote` counts the times that this was said with words which are not in their text."""

    quotes: dict[str, str] = Field(default_factory=dict)
    without_quote: int = 0


def credited(heard: Iterable[tuple[Witness, str]]) -> Credited:
    """Checks what was said of whom witnesses have their matter from. One checked "yes" among several hearings of an
    origin counts: the text that says so can only lose by it."""
    quotes: dict[str, str] = {}
    without_quote = 0
    for witness, said in heard:
        if not said.strip() or witness.is_article:
            continue
        if (words := _words_of(witness, said)) is None:
            without_quote += 1
        else:
            quotes.setdefault(witness.origin, words)
    return Credited(quotes=quotes, without_quote=without_quote)


def weigh(
    article: Article,
    claim: Claim,
    heard: Iterable[tuple[Witness, Judgement]],
    independent: frozenset[str],
    roots: Mapping[str, str] = _NOTHING,
    taken: Mapping[str, str] = _NOTHING,
) -> Weighed:
    """Checks what witnesses said of one claim against their stored text.

    `independent` holds the origins that were heard and are not the article's own, `roots` what each of them counts
    as: two reports of one agency are heard apart and counted once. Those in `taken` have the matter from the
    article's outlet by their own words. The article itself may contest a claim, through another of its speakers and
    from another of its sentences; it never corroborates one.
    """
    kept: dict[str, Evidence] = {}
    without_quote = unheard = 0
    for witness, said in heard:
        if said.stance is Stance.UNRELATED or (witness.is_article and not _may_contest(said)):
            continue
        back = taken_back(claim, witness.passages)
        judgement = _after_retraction(claim, witness, _after_corrections(said, back))
        found = _stands_in(witness, judgement.quote)
        if found is None:
            without_quote += 1
        elif not (witness.is_article and _overlaps(claim, found)):
            heard_itself = _words_of(witness, judgement.own_hearing)
            unheard += bool(judgement.own_hearing.strip()) and heard_itself is None
            root = roots.get(witness.origin, witness.origin)
            item = _evidence(
                article,
                judgement,
                found,
                "article" if witness.is_article else "coverage",
                root,
                _dependence(claim, witness, judgement, heard_itself, independent, taken),
                own_hearing=heard_itself,
                corrected=_is_corrected(witness, judgement, back),
            )
            kept.setdefault(witness.origin, item)
    return Weighed(evidence=tuple(kept.values()), without_quote=without_quote, unheard=unheard)


def _dependence(
    claim: Claim,
    witness: Witness,
    judgement: Judgement,
    heard_itself: str | None,
    independent: frozenset[str],
    taken: Mapping[str, str],
) -> Dependence | None:
    if witness.origin in taken:
        return Dependence.TAKEN_FROM_ARTICLE
    if witness.origin not in independent:
        return Dependence.ARTICLE
    repeats = judgement.stance is Stance.SUPPORTS and judgement.same_speaker and heard_itself is None
    return Dependence.UNNAMED_SPEAKER if repeats and has_unnamed_source(claim) else None


def _after_corrections(judgement: Judgement, back: TakenBack | None) -> Judgement:
    """No support for what the witness itself takes back: its correction stands beside its words, and is quoted. Where
    it takes back the claim's own figure it contradicts the claim."""
    if back is None or judgement.stance is Stance.CONTRADICTS:
        return judgement
    if back.figure:
        return judgement.model_copy(update={"stance": Stance.CONTRADICTS, "quote": back.quote})
    if judgement.stance is Stance.QUALIFIES:
        return judgement
    return judgement.model_copy(update={"stance": Stance.QUALIFIES, "quote": back.quote})


def _after_retraction(claim: Claim, witness: Witness, judgement: Judgement) -> Judgement:
    """No support by words that tell of a statement that it was taken back, whoever had made it."""
    found = _stands_in(witness, judgement.quote) if judgement.stance is Stance.SUPPORTS else None
    retracted = retraction_quote(claim, *found) if found is not None else None
    return (
        judgement
        if retracted is None
        else judgement.model_copy(update={"stance": Stance.QUALIFIES, "quote": retracted})
    )


def _is_corrected(witness: Witness, judgement: Judgement, back: TakenBack | None) -> bool:
    """Whether who said it takes it back: the text in a note, or the speaker of the claim by other words."""
    if witness.is_article or judgement.stance is Stance.SUPPORTS:
        return False
    by_speaker = judgement.stance is Stance.CONTRADICTS and judgement.same_speaker
    return by_speaker or (back is not None and back.note)


def _may_contest(judgement: Judgement) -> bool:
    return judgement.stance is Stance.CONTRADICTS and not judgement.same_speaker


def _words_of(witness: Witness, quote: str) -> str | None:
    """The words of a witness's text that a quote is; None where it does not stand there."""
    found = _stands_in(witness, quote)
    return found[0].text[found[1].start : found[1].end] if found else None


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
    dependence: Dependence | None,
    *,
    own_hearing: str | None = None,
    corrected: bool = False,
) -> Evidence:
    passage, span = found
    of_coverage = source == "coverage"
    return Evidence(
        stance=judgement.stance,
        quote=passage.text[span.start : span.end],
        source=source,
        passage=passage,
        origin=origin,
        independent=of_coverage and dependence is None,
        same_speaker=judgement.same_speaker,
        when=when(article.published_at, passage.published_at),
        dependence=dependence if of_coverage else None,
        own_hearing=own_hearing,
        corrected=corrected,
    )


def copied(article: Article, claim: Claim, copies: Sequence[Document]) -> list[Evidence]:
    """The article's own words in copies of it, as evidence of the article's own origin: they are shown, and are never
    a second source."""
    evidence = []
    for document in copies:
        span = anchors(document.text).find(claim.quote)
        if span is not None:
            judgement = Judgement(claim_id=claim.id, stance=Stance.SUPPORTS, same_speaker=True)
            found = (Passage.of(document, span), _whole(span))
            evidence.append(_evidence(article, judgement, found, "coverage", ARTICLE, Dependence.ARTICLE))
    return evidence


def _whole(span: Span) -> Span:
    return Span(start=0, end=span.end - span.start)


def is_independent(article: Article, origin: Origin) -> bool:
    """Whether an origin is another than the article's own. That depends on its witness alone: it is no copy of the
    article, not from its outlet, house or agency, and does not cite it. Its copies do not matter, whoever prints
    them."""
    return not origin.copy_of_article and not shares_root(article, origin.witness) and not cites(article, origin)


def cites(article: Article, origin: Origin) -> bool:
    """Whether the witness says that it has its news from the article's own outlet, or signs with its name."""
    return rests_on_outlet_of(article, origin.witness)


def shares_root(article: Article, document: Document) -> bool:
    """Whether both go back to one agency, or were printed by one outlet or house, whatever agency they credit."""
    own, other = root_of(article), root_of(document)
    if own is not None and other is not None and own.may_be(other):
        return True
    host, its = own_host(article), own_host(document)
    if host is not None and its is not None and same_site(host, its):
        return True
    return bool(_places(article) & _places(document))


def _places(value: Article | Document) -> set[str]:
    """What a report stands in: its outlet, its house."""
    family = houses().family_of(value.outlet, own_host(value))
    places = {f"outlet:{bare_name(value.outlet)}", f"family:{family.id if family else ''}"}
    return places - {"outlet:", "family:"}


def when(article_at: datetime | None, passage_at: datetime | None) -> When:
    """Whether a passage was published before the day of the article (UTC), on it, or after it."""
    if article_at is None or passage_at is None:
        return When.UNKNOWN
    own, other = article_at.astimezone(UTC).date(), passage_at.astimezone(UTC).date()
    if own == other:
        return When.SAME_DAY
    return When.BEFORE if other < own else When.AFTER
