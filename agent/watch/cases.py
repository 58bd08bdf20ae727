"""Which documents are heard on an earlier report, and on which claims; and which of its evidence leaves. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from agent.analyst.parts import article_witness, own_chunks, sentences_of
from agent.coverage.index.address import same_page
from agent.coverage.index.departed import Departed
from agent.coverage.search.found import OriginLead
from agent.models import Document, Evidence, Finding, Origin, Report, Witness
from agent.text.quotes import anchors
from agent.verify.relabel import claim_of


@dataclass(frozen=True, slots=True)
class RehearingCase:
    """One origin to be heard; none when it is the article itself. `replaces` are earlier versions of its page that
    are evidence already."""

    witness: Witness
    origin: Origin | None
    claim_ids: tuple[str, ...]
    replaces: frozenset[str] = frozenset()


def build_cases(
    report: Report, leads: Iterable[OriginLead], newcomers: Collection[str], whole: Collection[str] = ()
) -> list[RehearingCase]:
    """The origins that are heard: those whose witness is a newcomer, and on the claims in `whole` all.

    A copy of what was there before is heard as little as in a run, for its witness was there; nor is a copy of the
    article, or a page on which the words that were quoted still stand.
    """
    cases = []
    for lead in leads:
        document = lead.origin.witness
        if lead.origin.copy_of_article:
            continue
        fresh = document.id in newcomers
        claim_ids = tuple(i for i in lead.claim_ids if i in whole or (fresh and not _is_judged(report, i, document)))
        if claim_ids:
            earlier = [item for finding in report.claims for item in finding.evidence if _is_earlier(item, document)]
            witness = Witness(origin=lead.origin.id, passages=lead.passages)
            replaces = frozenset(item.passage.document_id for item in earlier)
            cases.append(RehearingCase(witness, lead.origin, claim_ids, replaces))
    return cases


def article_cases(report: Report, whole: Collection[str], most: int) -> Iterator[RehearingCase]:
    """The article's own sentences, a witness on each claim that was not checked before."""
    claims = [claim_of(finding) for finding in report.claims if finding.id in whole]
    if claims and len(sentences_of(report.article)) > 1:
        for chunk in own_chunks(claims, most):
            yield RehearingCase(article_witness(report.article, chunk), None, tuple(claim.id for claim in chunk))


def leaving(finding: Finding, departed: Mapping[str, Departed]) -> frozenset[str]:
    """The documents whose word on a claim no longer holds: they left, and what stands in their place does not say
    the same to the letter."""
    mine = [item for item in finding.evidence if item.source == "coverage" and item.passage.document_id in departed]
    return frozenset(
        item.passage.document_id for item in mine if not _still_stands(item, departed[item.passage.document_id])
    )


def heirs(report: Report, finding: Finding, departed: Mapping[str, Departed]) -> frozenset[str]:
    """The documents that may be heard in the place of those that left: the other tellings of their reports, and what
    stands at their addresses now."""
    gone = leaving(finding, departed)
    origins = {item.origin for item in finding.evidence if item.passage.document_id in gone}
    tellings = {one.document_id for card in report.origins if card.id in origins for one in card.tellings}
    successors = {one.id for document_id in gone if (one := departed[document_id].successor)}
    return frozenset((tellings | successors) - departed.keys())


def _still_stands(item: Evidence, departed: Departed) -> bool:
    successor = departed.successor
    return successor is not None and anchors(successor.text).find(item.passage.text) is not None


def _is_judged(report: Report, claim_id: str, document: Document) -> bool:
    """Whether the document is evidence on a claim, or says to the letter what an earlier version of it said."""
    mine = list(_evidence_on(report, claim_id))
    if any(item.passage.document_id == document.id for item in mine):
        return True
    # The passage, and not the quote alone, which may come back inside a denial of itself.
    earlier = [item.passage.text for item in mine if _is_earlier(item, document)]
    return bool(earlier) and all(anchors(document.text).find(text) for text in earlier)


def _evidence_on(report: Report, claim_id: str) -> Iterator[Evidence]:
    return (item for finding in report.claims if finding.id == claim_id for item in finding.evidence)


def _is_earlier(item: Evidence, document: Document) -> bool:
    """Whether evidence comes from another version of a document's page."""
    passage = item.passage
    return item.source == "coverage" and passage.document_id != document.id and same_page(passage.url, document.url)
