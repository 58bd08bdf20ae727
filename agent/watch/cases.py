"""Which of the documents that came later are heard, on which claims, and in which words. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from agent.analyst import Witness
from agent.coverage.address import same_page
from agent.coverage.hearings import heard_passages
from agent.coverage.origins import group_origins
from agent.evidence import is_independent
from agent.models import Document, Evidence, Origin, Passage, Report, Span
from agent.quotes import anchors
from agent.watch.ledger import Touch

_MOST_PASSAGES = 6
_FAR = -1.0


@dataclass(frozen=True, slots=True)
class Case:
    """One origin to be heard."""

    witness: Witness
    independent: bool
    articles: int
    claim_ids: tuple[str, ...]


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
        former = _former(report, origin)
        if former is not None:
            mine = [touch for touch in touches if touch.document_id == former.now.id]
            mine = [touch for touch in mine if not _stands_still(report, touch, former.now)]
            spoken = _Spoken(former.origin_id, former.now, is_independent(report.article, origin), articles=0)
        elif origin.id not in known:
            mine = [touch for touch in touches if touch.document_id == origin.witness.id]
            articles = len(origin.documents)
            spoken = _Spoken(origin.id, origin.witness, is_independent(report.article, origin), articles)
        else:
            continue
        mine = [touch for touch in mine if not _is_evidence(report, touch)]
        if mine:
            cases.append(_case(spoken, mine, floor))
    return cases


@dataclass(frozen=True, slots=True)
class _Former:
    """A page that is evidence already, under an origin, as it is `now`."""

    origin_id: str
    now: Document


@dataclass(frozen=True, slots=True)
class _Spoken:
    origin_id: str
    document: Document
    independent: bool
    articles: int


def _former(report: Report, origin: Origin) -> _Former | None:
    for document in origin.documents:
        for item in _evidence(report):
            if same_page(item.passage.url, document.url) and item.passage.document_id != document.id:
                return _Former(item.origin, document)
    return None


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


def _evidence(report: Report) -> Iterable[Evidence]:
    return (item for finding in report.claims for item in finding.evidence if item.source == "coverage")


def _case(spoken: _Spoken, touches: Sequence[Touch], floor: float) -> Case:
    near: dict[str, dict[Span, float]] = defaultdict(dict)
    for touch in touches:
        near[touch.claim_id] |= {bearing.span: bearing.similarity for bearing in touch.bearings}
    spans = sorted({span for row in near.values() for span in row}, key=lambda span: span.start)
    likeness = [[row.get(span, _FAR) for span in spans] for row in near.values()]
    heard = [spans[number] for number in heard_passages(likeness, floor, _MOST_PASSAGES)]
    passages = tuple(Passage.of(spoken.document, span) for span in heard)
    witness = Witness(origin=spoken.origin_id, passages=passages)
    return Case(witness, spoken.independent, spoken.articles, tuple(near))
