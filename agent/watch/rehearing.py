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
from agent.coverage.embed import Vectors
from agent.coverage.retrieve import Found
from agent.errors import AnalystError, EndpointRejected, EndpointUnreachable
from agent.models import Claim, Document, Failure, Frozen, Origin, Passage, Report, Step, Usage
from agent.parts import even_chunks
from agent.reports import Recorded, Reports
from agent.watch.cases import Case, build_cases, first_come, new_origins
from agent.watch.ledger import Ledger, Touch
from agent.watch.relabel import Relabelled, Testimony, claim_of, relabel

_KIN_ASKED = 200


class Shelf(Protocol):
    """What the watch needs of the coverage store. Raises `StoreError`, and `AnalystError` where it embeds."""

    @property
    def embedder(self) -> str: ...

    @property
    def floor(self) -> float: ...

    async def arrived_since(self, seq: int, limit: int = ...) -> Sequence[Arrived]: ...

    async def passages(self, document_ids: Iterable[str]) -> dict[str, list[Passage]]: ...

    async def embed(self, texts: Sequence[str], budget: Budget) -> Vectors: ...

    async def query(self, text: str, limit: int) -> Sequence[Found]: ...


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
    """Judges one report; `later` are documents that came after those that were looked at."""

    def __init__(self, bench: Bench, run_id: str, later: frozenset[str] = frozenset()) -> None:
        self._bench = bench
        self._run_id = run_id
        self._later = later
        self._stopped: AnalystError | None = None

    async def run(self) -> Judged:
        """A new version of the report when anything changed; what could not be heard waits for the next look.

        Raises `EndpointRejected` and `EndpointUnreachable`, after which no call can succeed: all waits.
        """
        bench = self._bench
        version = await asyncio.to_thread(bench.reports.version, self._run_id)
        report = await asyncio.to_thread(bench.reports.get, self._run_id, version.version)
        touches = await asyncio.to_thread(bench.ledger.touches, self._run_id)
        heard = await self._hear(report, await self._cases(report, touches))
        card = bench.analyst.card
        outcome = relabel(report, heard, datetime.now(UTC), card.model or card.kind)
        changes = await asyncio.to_thread(self._store, outcome, touches, version.version)
        return Judged(
            claims=len({claim_id for one in heard for claim_id in one.claim_ids}),
            changes=changes,
            missed=tuple(Missed(run_id=self._run_id, claim_id=i, failure=why) for i, why in outcome.open.items()),
            usage=sum((one.usage for one in heard), start=Usage()),
        )

    async def _cases(self, report: Report, touches: Sequence[Touch]) -> list[Case]:
        documents = await self._documents(touches)
        present = [touch for touch in touches if touch.document_id in documents]
        origins = new_origins(report, present, documents)
        known = {one.id for one in origins if await self._is_known(one, present)}
        return build_cases(report, present, origins, known, self._bench.shelf.floor)

    async def _documents(self, touches: Sequence[Touch]) -> dict[str, Document]:
        """The touching documents; those that were withdrawn or have newer versions are left out."""
        numbers = {touch.document_id: touch.seq for touch in touches}
        found = {}
        for document_id, seq in numbers.items():
            arrived = await self._bench.shelf.arrived_since(seq - 1, 1)
            if arrived and arrived[0].document.id == document_id:
                found[document_id] = arrived[0].document
        return found

    async def _is_known(self, origin: Origin, touches: Sequence[Touch]) -> bool:
        """Whether a copy was there before: then it was heard, or was not found to bear on the claims."""
        first = first_come(touches, origin)
        document = next(one for one in origin.documents if one.id == first.document_id)
        best = max(first.bearings, key=lambda bearing: bearing.similarity)
        found = await self._bench.shelf.query(told(Passage.of(document, best.span)), _KIN_ASKED)
        own = {one.origin for one in found if one.passage.document_id == document.id}
        kin = {one.passage.document_id for one in found if one.origin in own} - {document.id} - self._later
        return any(self._bench.ledger.arrival(one) < first.seq for one in kin)

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


def told(passage: Passage) -> str:
    """What stands for a passage when it is compared: its own words, and what its document is about."""
    return f"{passage.title}\n{passage.text}" if passage.title else passage.text
