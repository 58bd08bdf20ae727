"""Which of the documents that came later are heard, on which claims, and in which words. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.analyst import Witness
from agent.coverage.address import same_page
from agent.coverage.hearings import heard_passages
from agent.coverage.origins import group_origins
from agent.models import Document, Evidence, Origin, Passage, Report, Span
from agent.quotes import anchors
from agent.watch.ledger import Touch

_MOST_PASSAGES = 6
_FAR = -1.0


@dataclass(frozen=True, slots=True)
class Case:
    """One origin to be heard. `replaces` are earlier versions of its page that are evidence already."""

    witness: Witness
    origin: Origin
    claim_ids: tuple[str, ...]
    replaces: frozenset[str]


def first_come(touches: Sequence[Touch], origin: Origin) -> Touch:
    """The document of an origin that came first, by one of its touches."""
    ids = {document.id for document in origin.documents}
    return min((touch for touch in touches if touch.document_id in ids), key=lambda touch: touch.seq)


def new_origins(report: Report, touches: Sequence[Touch], documents: Mapping[str, Document]) -> list[Origin]:
    """The touching documents with their copies among each other, without copies of the article."""
    touching = {touch.document_id: documents[touch.document_id] for touch in touches}
    return [one for one in group_origins(report.article, list(touching.values())) if not one.copy_of_article]


def build_cases(
    report: Report, touches: Sequence[Touch], origins: Iterable[Origin], known: Collection[str], floor: float
) -> list[Case]:
    """What is to be heard: origins that are not `known` from before, and pages that say something else now."""
    cases = []
    for origin in origins:
        page = _changed_page(report, origin)
        if page is not None:
            replaces = frozenset(item.passage.document_id for item in _told_by(report, page))
            mine = [touch for touch in touches if touch.document_id == page.id]
            mine = [touch for touch in mine if not _stands_still(report, touch, page)]
            heard = Origin(id=f"o{page.id[1:13]}", documents=(page,))
        elif origin.id not in known:
            replaces, heard = frozenset(), origin
            mine = [touch for touch in touches if touch.document_id == origin.witness.id]
        else:
            continue
        mine = [touch for touch in mine if not _is_evidence(report, touch)]
        if mine:
            cases.append(_case(heard, mine, replaces, floor))
    return cases


def _changed_page(report: Report, origin: Origin) -> Document | None:
    """The document that is a newer version of a page that is evidence already."""
    return next((document for document in origin.documents if any(_told_by(report, document))), None)


def _told_by(report: Report, page: Document) -> Iterator[Evidence]:
    """What earlier versions of a page said."""
    for finding in report.claims:
        for item in finding.evidence:
            passage = item.passage
            if item.source == "coverage" and passage.document_id != page.id and same_page(passage.url, page.url):
                yield item


def _stands_still(report: Report, touch: Touch, now: Document) -> bool:
    """Whether the passage in which the page spoke of this claim still stands there, to the letter."""
    # A quote alone may come back inside a denial of itself.
    told = [
        item
        for finding in report.claims
        if finding.id == touch.claim_id
        for item in finding.evidence
        if same_page(item.passage.url, now.url)
    ]
    return bool(told) and all(anchors(now.text).find(item.passage.text) for item in told)


def _is_evidence(report: Report, touch: Touch) -> bool:
    return any(
        item.passage.document_id == touch.document_id
        for finding in report.claims
        if finding.id == touch.claim_id
        for item in finding.evidence
    )


def _case(origin: Origin, touches: Sequence[Touch], replaces: frozenset[str], floor: float) -> Case:
    near: dict[str, dict[Span, float]] = defaultdict(dict)
    for touch in touches:
        near[touch.claim_id] |= {bearing.span: bearing.similarity for bearing in touch.bearings}
    spans = sorted({span for row in near.values() for span in row}, key=lambda span: span.start)
    likeness = [[row.get(span, _FAR) for span in spans] for row in near.values()]
    heard = [spans[number] for number in heard_passages(likeness, floor, _MOST_PASSAGES)]
    passages = tuple(Passage.of(origin.witness, span) for span in heard)
    return Case(Witness(origin=origin.id, passages=passages), origin, tuple(near), replaces)
