"""The claims of one report, judged anew by what came later."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from agent.analyst import Analyst, Budget
from agent.budget import RunBudget
from agent.config import Settings
from agent.coverage.catalogue import Arrived
from agent.coverage.embed import Unlimited, Vectors
from agent.coverage.found import Retrieved
from agent.errors import AnalystError, EndpointRejected, EndpointUnreachable
from agent.models import Article, Claim, Failure, Frozen, Passage, Report, Step, Usage
from agent.parts import even_chunks
from agent.reports import Recorded, Reports
from agent.watch.cases import Case, build_cases
from agent.watch.ledger import Ledger, Touch
from agent.watch.relabel import Relabelled, Testimony, claim_of, relabel


class Shelf(Protocol):
    """What the watch needs of the coverage store. Raises `StoreError`, and `AnalystError` where it embeds."""

    @property
    def embedder(self) -> str: ...

    @property
    def floor(self) -> float: ...

    async def arrived_since(self, seq: int, limit: int = ...) -> Sequence[Arrived]: ...

    async def passages(self, document_ids: Iterable[str]) -> dict[str, list[Passage]]: ...

    async def embed(self, texts: Sequence[str], budget: Budget) -> Vectors: ...

    async def search(self, article: Article, claims: Sequence[Claim], budget: Budget) -> Retrieved: ...


class Missed(Frozen):
    """A claim that was not judged, because a later document could not be heard: it keeps its label and waits."""

    run_id: str
    claim_id: str
    failure: Failure


class Judged(Frozen):
    """What became of one report. `usage` is what its hearings cost."""

    claims: int = 0
    changes: tuple[Recorded, ...] = ()
    missed: tuple[Missed, ...] = ()
    usage: Usage = Usage()


@dataclass(frozen=True)
class Bench:
    """What a rehearing works with."""

    reports: Reports
    ledger: Ledger
    shelf: Shelf
    analyst: Analyst
    settings: Settings


class Rehearing:
    """Judges one report: a search of all coverage tells whether what came later is heard, as it would for a run."""

    def __init__(self, bench: Bench, run_id: str) -> None:
        self._bench = bench
        self._run_id = run_id
        self._stopped: AnalystError | None = None

    async def run(self) -> Judged:
        """A new version of the report when anything changed; what could not be heard waits for the next look.

        Raises `EndpointRejected` and `EndpointUnreachable`, after which no call can succeed: all waits.
        """
        bench = self._bench
        version = await asyncio.to_thread(bench.reports.version, self._run_id)
        report = await asyncio.to_thread(bench.reports.get, self._run_id, version.version)
        touches = await asyncio.to_thread(bench.ledger.touches, self._run_id)
        touched = {touch.claim_id for touch in touches}
        claims = [claim_of(finding) for finding in report.claims if finding.id in touched]
        found = await bench.shelf.search(report.article, claims, Unlimited())
        cases = build_cases(report, found.leads, {touch.document_id for touch in touches})
        heard = await self._hear(report, cases)
        card = bench.analyst.card
        reader = card.model or card.kind
        outcome = await asyncio.to_thread(relabel, report, heard, found.usage, datetime.now(UTC), reader)
        changes = await asyncio.to_thread(self._store, outcome, touches, version.version)
        return Judged(
            claims=len({claim_id for one in heard for claim_id in one.claim_ids}),
            changes=changes,
            missed=tuple(Missed(run_id=self._run_id, claim_id=i, failure=why) for i, why in outcome.open.items()),
            usage=sum((one.usage for one in heard), start=found.usage),
        )

    async def _hear(self, report: Report, cases: Sequence[Case]) -> list[Testimony]:
        budget = RunBudget(self._bench.settings.max_tokens_per_article)
        claims = {finding.id: claim_of(finding) for finding in report.claims}
        asked = [
            (case, chunk)
            for case in cases
            for chunk in even_chunks([claims[i] for i in case.claim_ids], self._bench.settings.claims_per_call)
        ]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._testimony(report, case, chunk, budget)) for case, chunk in asked]
        if self._stopped is not None:
            raise self._stopped
        return [task.result() for task in tasks]

    async def _testimony(self, report: Report, case: Case, claims: tuple[Claim, ...], budget: Budget) -> Testimony:
        told = Testimony(
            witness=case.witness,
            origin=case.origin,
            claim_ids=tuple(claim.id for claim in claims),
            replaces=case.replaces,
        )
        try:
            hearing = await self._bench.analyst.judge(report.article, case.witness, claims, budget)
        except AnalystError as err:
            if isinstance(err, EndpointRejected | EndpointUnreachable):
                self._stopped = err
            failure = Failure(step=Step.JUDGE, reason=err.reason, message=str(err))
            return told.model_copy(update={"failure": failure, "usage": err.usage or Usage()})
        return told.model_copy(update={"judgements": hearing.judgements, "usage": hearing.usage})

    def _store(self, outcome: Relabelled, touches: Sequence[Touch], after: int) -> tuple[Recorded, ...]:
        """The new version, and the end of what waited for it: both or neither."""
        bench = self._bench
        with bench.reports.database.writing():
            changes: tuple[Recorded, ...] | None = ()
            if outcome.changes:
                changes = bench.reports.add_version(outcome.report, outcome.changes, after=after)
            if changes is None:
                # Another process was quicker; what it left is looked at the next time.
                return ()
            bench.ledger.settle(touch for touch in touches if touch.claim_id not in outcome.open)
        return changes
