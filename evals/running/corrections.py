"""A fact-checker's corrections as cases of the suite `claims`: the claim, its coverage, the label it should have."""

from collections.abc import Iterable
from pathlib import Path

from agent.app import open_store
from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.errors import UnknownRun
from agent.models import Article, Finding, Frozen, Passage
from agent.storage.reports import Correction, Reports, open_reports
from evals.data.records import ClaimCase, ClaimDocument
from evals.data.sets import write_jsonl

DATASET = "corrections"
FILE = f"claims/{DATASET}.dev.jsonl"
# As many passages as a careful reader would look through.
_PASSAGES = 24


class CorrectedCase(ClaimCase):
    """`reason`, `who` and `corrected_at` are told by the fact-checker; `given` is the label that was wrong."""

    run_id: str
    claim_id: str
    given: str | None
    reason: str
    who: str
    corrected_at: str


class Exported(Frozen):
    """`without_coverage`: corrections of claims for which nothing is stored that one could judge by."""

    path: str
    cases: int
    without_coverage: int


async def export(settings: Settings, folder: Path) -> Exported:
    """Writes one case for each corrected claim, the last word on it; `isnad eval run --data FOLDER` asks them.

    The coverage of a case is what the report cites and what the store has nearest to the claim.
    """
    cases, without = [], 0
    with open_reports(settings) as reports:
        async with open_store(settings) as store:
            for correction in _last_words(reports.corrections()):
                case = await _case(correction, reports, store)
                cases += [case] if case and case.documents else []
                without += 0 if case and case.documents else 1
    path = folder / FILE
    write_jsonl(path, cases)
    return Exported(path=str(path), cases=len(cases), without_coverage=without)


def _last_words(corrections: Iterable[Correction]) -> list[Correction]:
    """Of several corrections of one claim the latest counts."""
    return list({(one.run_id, one.claim_id): one for one in corrections}.values())


async def _case(correction: Correction, reports: Reports, store: Coverage) -> CorrectedCase | None:
    try:
        report = reports.get(correction.run_id, correction.version)
    except UnknownRun:
        return None
    finding = next(one for one in report.claims if one.id == correction.claim_id)
    return CorrectedCase(
        id=f"{correction.run_id}-{correction.claim_id}",
        dataset=DATASET,
        lang=report.article.language,
        claim=finding.text,
        documents=tuple(await _documents(report.article, finding, store)),
        label=correction.label,
        run_id=correction.run_id,
        claim_id=correction.claim_id,
        given=correction.given,
        reason=correction.reason,
        who=correction.who,
        corrected_at=correction.corrected_at.isoformat(),
    )


async def _documents(article: Article, finding: Finding, store: Coverage) -> list[ClaimDocument]:
    cited = [item.passage for item in finding.evidence if item.source == "coverage"]
    found = [one.passage for one in await store.query(finding.text, _PASSAGES)]
    told: dict[str, dict[int, Passage]] = {}
    for passage in (*cited, *found):
        if passage.text != article.text:
            told.setdefault(passage.document_id, {})[passage.start] = passage
    return [_document(document_id, [some[at] for at in sorted(some)]) for document_id, some in told.items()]


def _document(document_id: str, passages: list[Passage]) -> ClaimDocument:
    first = passages[0]
    text = "\n\n".join(passage.text for passage in passages)
    return ClaimDocument(doc_id=document_id, text=text, title=first.title, url=first.url, outlet=first.outlet)
