"""Which of the documents that came later are heard, and on which claims. Pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from agent.analyst import Witness
from agent.coverage.address import same_page
from agent.coverage.found import Lead
from agent.models import Document, Evidence, Origin, Report
from agent.quotes import anchors


@dataclass(frozen=True, slots=True)
class Case:
    """One origin to be heard. `replaces` are earlier versions of its page that are evidence already."""

    witness: Witness
    origin: Origin
    claim_ids: tuple[str, ...]
    replaces: frozenset[str]


def build_cases(report: Report, leads: Iterable[Lead], newcomers: Collection[str]) -> list[Case]:
    """The origins that are heard: those whose witness is a newcomer.

    A copy of what was there before is heard as little as in a run, for its witness was there; nor is a copy of the
    article, or a page on which the words that were quoted still stand.
    """
    cases = []
    for lead in leads:
        document = lead.origin.witness
        if lead.origin.copy_of_article or document.id not in newcomers:
            continue
        earlier = [item for finding in report.claims for item in finding.evidence if _is_earlier(item, document)]
        claim_ids = tuple(i for i in lead.claim_ids if not _is_heard(report, i, document))
        if claim_ids:
            witness = Witness(origin=lead.origin.id, passages=lead.passages)
            replaces = frozenset(item.passage.document_id for item in earlier)
            cases.append(Case(witness, lead.origin, claim_ids, replaces))
    return cases


def _is_heard(report: Report, claim_id: str, document: Document) -> bool:
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
