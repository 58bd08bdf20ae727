"""A small newsroom for the watch: a coverage store, kept reports and an analyst that reads by key words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from agent.config import Settings
from agent.coverage.archive import Coverage, open_coverage
from agent.coverage.embedding.embed import Embedder
from agent.models import Article, Claim, Document, Judgement, Report, Stance, Witness
from agent.storage.reports import Recorded, Reports, open_reports
from agent.verify.editing.editor import ClaimEditor, EditorDeps
from agent.verify.keeping import ReportKeeper
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from agent.watch.bench import WatchDeps
from agent.watch.ledger import Ledger
from agent.watch.look import Watch, WatchOutcome
from agent.watch.past_claims import PastClaims, past_claims_in
from tests.support.scripted import Judge, ScriptedAnalyst, draft, says, unrelated
from tests.support.shelf import ARTICLE, CountingEmbedder

OPENING = draft("The second quay will open again this week")
COSTS = draft("Nobody spoke of the costs")
SUPPORT = "the second quay would open again"
AGAINST = "denied on Tuesday that the second quay would open again"


def reads(witness: Witness, claim: Claim) -> Judgement:
    """Reads as a careful person would."""
    text = " ".join(passage.text for passage in witness.passages)
    if witness.is_article or claim.quote != OPENING.quote:
        return unrelated(claim)
    if AGAINST in text:
        return says(claim, Stance.CONTRADICTS, AGAINST)
    if SUPPORT in text:
        return says(claim, Stance.SUPPORTS, SUPPORT)
    return unrelated(claim)


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = datetime(2016, 3, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    settings: Settings
    coverage: Coverage
    reports: Reports
    claims: PastClaims
    watch: Watch
    analyst: ScriptedAnalyst
    clock: Clock
    editor: ClaimEditor
    told: list[Recorded] = field(default_factory=list)

    async def verify(self, article: Article = ARTICLE, judge: Judge = reads) -> Report:
        reader = ScriptedAnalyst([OPENING, COSTS], judge)
        async with open_runs(self.settings) as runs:
            keeping = ReportKeeper(self.reports, self.coverage)
            return await Verifier(Parts(reader, self.coverage, runs, keeping), self.settings).verify(article)

    async def look(self, *documents: Document) -> WatchOutcome:
        """Adds documents and looks once."""
        await self.coverage.add(documents)
        return await self.watch.look(self.told.append)

    @property
    def asked(self) -> list[tuple[str, ...]]:
        """The claims of every call that the watch made."""
        return [claim_ids for _, claim_ids in self.analyst.heard]


@contextmanager
def open_desk(settings: Settings, embedder: Embedder | None = None) -> Iterator[Desk]:
    with (
        open_coverage(settings, embedder or CountingEmbedder()) as coverage,
        open_reports(settings) as reports,
    ):
        analyst = ScriptedAnalyst(judge_by=reads)
        ledger = Ledger(reports.database)
        claims = past_claims_in(coverage, ledger)
        clock = Clock()
        bench = WatchDeps(reports, ledger, claims, coverage, analyst, settings, clock)
        editor = ClaimEditor(EditorDeps(reports, analyst, coverage, settings, clock))
        yield Desk(settings, coverage, reports, claims, Watch(bench), analyst, clock, editor)
