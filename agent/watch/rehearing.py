"""Judges the claims of one report anew, by what came later."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from agent.analyst.parts import even_chunks, own_chunks
from agent.budget import RunBudget
from agent.coverage.search.found import ReviewLead
from agent.errors import AnalystError, EndpointRejected, EndpointUnreachable
from agent.models import Budget, Claim, Failure, Frozen, Step, Usage
from agent.storage.reports import Recorded
from agent.verify.news import LaterJudgements
from agent.verify.relabel import Relabelled, claim_of, relabel
from agent.verify.reviewed import ReviewComparison, compare, worth_comparing
from agent.verify.trusted import with_trusted
from agent.watch.bench import WatchDeps
from agent.watch.cases import RehearingCase
from agent.watch.gathering import Gathered
from agent.watch.ledger import AffectedClaim

# What fails once is tried at the next look, what fails on with ever longer waits.
_FIRST_WAIT, _WAIT_GROWS, _LONGEST_WAIT = timedelta(minutes=1), 4, timedelta(days=1)


class Missed(Frozen):
    """A claim that was not judged, because a witness could not be judged. It keeps its label and waits."""

    run_id: str
    claim_id: str
    failure: Failure


class Judged(Frozen):
    """What became of one report. `usage` is what its model calls cost."""

    claims: int = 0
    changes: tuple[Recorded, ...] = ()
    missed: tuple[Missed, ...] = ()
    usage: Usage = Usage()


class Rejudging:
    """Judges what came later for one report, and keeps what becomes of its claims."""

    def __init__(self, bench: WatchDeps, gathered: Gathered) -> None:
        self._bench = bench
        self._gathered = gathered
        self._stopped: AnalystError | None = None

    async def run(self) -> Judged:
        """Stores a new version of the report where anything changed. What could not be judged waits for another time.

        Raises `EndpointRejected` and `EndpointUnreachable`, after which no call can succeed: everything waits.
        """
        report = self._gathered.report
        budget = RunBudget(self._bench.settings.max_tokens_per_article)
        heard = await self._hear(budget)
        compared = await self._compare(budget)
        info = self._bench.analyst.info
        # A model reads across languages itself.
        leads = self._gathered.news.leads if info.kind == "lexical" else ()
        news = self._gathered.news.model_copy(
            update={"judged": tuple(heard), "leads": leads, **_review_fields(compared)}
        )
        outcome = await asyncio.to_thread(relabel, report, news, self._bench.clock(), info.model or info.kind)
        changes = await asyncio.to_thread(self._store, outcome, heard, compared)
        return Judged(
            claims=len({claim_id for one in heard for claim_id in one.claim_ids} | {one.claim_id for one in changes}),
            changes=changes,
            missed=tuple(Missed(run_id=report.run_id, claim_id=i, failure=why) for i, why in outcome.open.items()),
            usage=sum([*(one.usage for one in heard), *(one.usage for one in compared)], start=news.searching),
        )

    async def _compare(self, budget: Budget) -> list[ReviewComparison]:
        """The published fact-checks that came, each held against the claims that it is near to."""
        article, leads = self._gathered.report.article, self._gathered.reviews
        if not leads:
            return []
        near = [claim_of(one) for one in self._gathered.report.claims]
        asked = {claim.id: (claim, some) for claim in near if (some := worth_comparing(article, claim, leads))}
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._compared(claim, some, budget)) for claim, some in asked.values()]
        if self._stopped is not None:
            raise self._stopped
        return [task.result() for task in tasks]

    async def _compared(self, claim: Claim, leads: tuple[ReviewLead, ...], budget: Budget) -> ReviewComparison:
        now = self._bench.clock().timestamp()
        try:
            return await compare(self._bench.analyst, self._gathered.report.article, claim, leads, budget)
        except EndpointRejected as err:
            self._stopped = err
            return ReviewComparison(claim_id=claim.id, started=now, ended=now)

    async def _hear(self, budget: Budget) -> list[LaterJudgements]:
        claims = {finding.id: claim_of(finding) for finding in self._gathered.report.claims}
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._testimony(case, chunk, budget))
                for case in self._gathered.cases
                for chunk in (even_chunks if case.origin else own_chunks)(
                    [claims[i] for i in case.claim_ids if not self._held(case, i)],
                    self._bench.settings.claims_per_call,
                )
            ]
        if self._stopped is not None:
            raise self._stopped
        return [*(task.result() for task in tasks), *self._not_asked()]

    def _held(self, case: RehearingCase, claim_id: str) -> Failure | None:
        return self._gathered.held.get((claim_id, case.origin.witness.id)) if case.origin else None

    def _not_asked(self) -> Iterator[LaterJudgements]:
        for case in self._gathered.cases:
            for claim_id in case.claim_ids:
                if why := self._held(case, claim_id):
                    yield _unheard(case, (claim_id,)).model_copy(update={"failure": why})

    async def _testimony(self, case: RehearingCase, claims: tuple[Claim, ...], budget: Budget) -> LaterJudgements:
        result = _unheard(case, tuple(claim.id for claim in claims))
        try:
            hearing = await self._bench.analyst.judge(self._gathered.report.article, case.witness, claims, budget)
        except AnalystError as err:
            if isinstance(err, EndpointRejected | EndpointUnreachable):
                self._stopped = err
            failure = Failure(step=Step.JUDGE, reason=err.reason, message=str(err))
            return result.model_copy(update={"failure": failure, "usage": err.usage or Usage()})
        return result.model_copy(
            update={"judgements": hearing.judgements, "taken_from": hearing.taken_from, "usage": hearing.usage}
        )

    def _store(
        self, outcome: Relabelled, heard: Sequence[LaterJudgements], compared: Sequence[ReviewComparison]
    ) -> tuple[Recorded, ...]:
        """The new version, and the end of what waited for it: both or neither."""
        bench, touches = self._bench, self._gathered.touches
        with bench.reports.database.writing():
            changes: tuple[Recorded, ...] | None = ()
            if outcome.changes:
                after = with_trusted(outcome.report, bench.settings.sites)
                changes = bench.reports.add_version(after, outcome.changes, after=self._gathered.version)
            if changes is None:
                # Another process was quicker; what it left is looked at the next time.
                return ()
            bench.ledger.settle(touch for touch in touches if touch.claim_id not in outcome.open)
            for claim_id in outcome.open:
                mine = [touch for touch in touches if touch.claim_id == claim_id]
                failed = {one.document_id: why for one in heard if (why := self._failed(one, claim_id))}
                failed |= self._unread(compared, claim_id)
                bench.ledger.postpone(postponed(mine, failed, outcome.open[claim_id], bench.clock()))
        return changes

    def _unread(self, compared: Sequence[ReviewComparison], claim_id: str) -> dict[str, Failure]:
        """The fact-checks that could not be held against a claim, and why."""
        why = next((one.failure for one in compared if one.claim_id == claim_id and one.failure), None)
        near = {lead.document_id for lead in self._gathered.reviews if lead.claim_id == claim_id}
        return dict.fromkeys(near, why) if why else {}

    def _failed(self, one: LaterJudgements, claim_id: str) -> Failure | None:
        if claim_id not in one.claim_ids or (claim_id, one.document_id) in self._gathered.held:
            return None
        return one.missing(claim_id)


def _review_fields(compared: Sequence[ReviewComparison]) -> dict[str, dict[str, object]]:
    """What came of the comparisons, as `News` has it."""
    return {
        "reviews": {one.claim_id: one.reviews for one in compared},
        "uncompared": {one.claim_id: one.failure for one in compared if one.failure},
    }


def postponed(
    touches: Collection[AffectedClaim], failed: dict[str, Failure], why: Failure, now: datetime
) -> list[AffectedClaim]:
    """What waits for a claim, with the moment of the next try. Pure.

    Where none of the documents that failed is among those that touched the claim, all of these wait for them.
    """
    named = [touch for touch in touches if touch.document_id in failed]
    tried = [
        replace(touch, failures=touch.failures + 1, failure=failed.get(touch.document_id, why))
        if touch in named or (failed and not named)
        else touch
        for touch in touches
    ]
    due = now + _wait(max(touch.failures for touch in tried))
    return [replace(touch, due_at=due) for touch in tried]


def _wait(failures: int) -> timedelta:
    if failures < 2:
        return timedelta(0)
    # There is a largest span of time, which powers soon exceed.
    grown: int = _WAIT_GROWS ** min(failures - 2, 8)
    return min(_FIRST_WAIT * grown, _LONGEST_WAIT)


def _unheard(case: RehearingCase, claim_ids: tuple[str, ...]) -> LaterJudgements:
    return LaterJudgements(witness=case.witness, origin=case.origin, claim_ids=claim_ids, replaces=case.replaces)
