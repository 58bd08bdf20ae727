"""The workspace of one caller of a service: verifications are its jobs, reports are its own, its limits hold."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import TypeAdapter

from agent.app import open_editor, open_watch
from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.errors import EditUnchecked, IsnadError, NoReport, RunFailed, StoreError, UnknownJob, UnknownRun
from agent.events import Event, Gathering, RunFinished
from agent.faults import fault_of, sentence_of
from agent.gather.options import GatherOptions, TellGathering
from agent.jobs import Job, JobEvent, JobRequest, JobState
from agent.jobs.label_changes import announce_edits
from agent.models import Article, EditRequest, Label, Report, Usage
from agent.service.intake import correct_once
from agent.service.job_verbs import JobVerbs
from agent.service.publication import Publication, SignedRating, sign
from agent.service.stores import check_missed, gather_for, history_of, subject_of, take_addresses
from agent.service.workspace import Addresses, History, TakenAddresses, Tell, TellSum
from agent.storage.reports import Correction, Reports, Version
from agent.verify.editing.editor import EditOutcome
from agent.watch.look import WatchOutcome

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_MOST_LISTED = 100
_log = logging.getLogger("isnad.service")
G = TypeVar("G")


class ServedWorkspace(JobVerbs):
    """Implements `Workspace`, and has the verbs of jobs besides."""

    def sentence(self, err: IsnadError, language: str = "en") -> str:
        if fault_of(type(err)).is_private:
            _log.error("%s", err)
        return sentence_of(err, language)

    async def verify(
        self, article: Article, *, key: str | None = None, gather: GatherOptions | None = None
    ) -> AsyncGenerator[Event, None]:
        request = JobRequest(article=article, gather=gather)
        if key is not None:
            job = await self.post(request, key=key)
            async with aclosing(self._followed(job)) as events:
                async for event in events:
                    yield event
            return
        with self._backend.followers.counted(self._caller.id):
            job = await self.post(request)
            try:
                async with aclosing(self._followed(job)) as events:
                    async for event in events:
                        yield event
                        if isinstance(event, RunFinished):
                            job = await self._backend.jobs.get(job.id)
            finally:
                if not job.state.ended:
                    await asyncio.shield(self._backend.jobs.cancel(job.id))

    async def resume(self, run_id: str) -> AsyncGenerator[Event, None]:
        job = await self._latest() if run_id == "last" else await self._job(run_id)
        async with aclosing(self._followed(job)) as events:
            async for event in events:
                yield event

    async def _followed(self, job: Job) -> AsyncGenerator[Event, None]:
        async for event in read_events(self._backend.jobs.stream(job.id)):
            yield event
        yield RunFinished(report=await self._finished(await self._backend.jobs.get(job.id)))

    async def _latest(self) -> Job:
        page = await self.jobs(datetime.now(UTC), limit=1)
        if not page.jobs:
            raise UnknownRun("there is no run to resume")
        return page.jobs[0]

    async def _finished(self, job: Job) -> Report:
        if job.state is not JobState.SUCCEEDED:
            problem = job.problem
            raise RunFailed(
                problem.code if problem else "run",
                problem.message if problem else f"the verification was {job.state}",
            )
        return await asyncio.to_thread(self._backend.held_reports.get, job.id)

    async def report(self, run_id: str, version: int | None = None) -> Report:
        run_id = await self._reported(run_id)
        return await asyncio.to_thread(self._backend.held_reports.get, run_id, version)

    async def reports(self, limit: int | None = None) -> tuple[Version, ...]:
        reports = self._backend.held_reports
        if self._caller.sees is None:
            return tuple((await asyncio.to_thread(reports.listing))[:limit])
        page = await self.jobs(datetime.now(UTC), states=(JobState.SUCCEEDED,), limit=limit or _MOST_LISTED)
        return await asyncio.to_thread(_heads, reports, [job.id for job in page.jobs])

    async def history(self, run_id: str) -> History:
        return await asyncio.to_thread(history_of, self._backend.held_reports, await self._reported(run_id))

    async def corrections(self, run_id: str) -> tuple[Correction, ...]:
        try:
            run_id = await self._reported(run_id)
        except NoReport:
            return ()
        return tuple(await asyncio.to_thread(self._backend.held_reports.corrections, run_id))

    async def correct(
        self,
        run_id: str,
        claim_id: str,
        label: Label,
        reason: str,
        *,
        who: str | None = None,
        version: int | None = None,
    ) -> Correction:
        run_id, signed = await self._reported(run_id), who if who is not None else self._caller.name
        reports = self._backend.held_reports
        return await asyncio.to_thread(correct_once, reports, run_id, claim_id, label, reason, signed, version)

    async def publish(
        self, run_id: str, claim_id: str, signed: SignedRating, version: int | None = None
    ) -> Publication:
        return sign(await self.report(run_id, version), claim_id, signed, self._backend.settings)

    async def edit(
        self, run_id: str, request: EditRequest, *, who: str | None = None, version: int | None = None
    ) -> Report:
        run_id, backend = await self._reported(run_id), self._backend
        await self.check_tokens()
        signed = who if who is not None else self._caller.name
        editing = _edit(backend.settings, backend.held_coverage, run_id, request, signed, version)
        try:
            outcome = await backend.ask(editing)
        except EditUnchecked as err:
            await self._book(err.usage)
            raise
        await self._book(outcome.usage)
        await self._announce_edits()
        return outcome.report

    async def _announce_edits(self) -> None:
        try:
            await announce_edits(self._backend.jobs, self._backend.held_reports)
        except StoreError as err:
            # The edit stands, and is told with the next one or the next look.
            _log.warning("nobody was told of an edit yet: %s", err)

    async def _book(self, usage: Usage | None) -> None:
        if usage is not None and usage.tokens:
            await asyncio.to_thread(self._budget.spend, usage.tokens)

    async def recheck(self, run_id: str, claim_ids: tuple[str, ...]) -> Report:
        run_id = await self._reported(run_id)
        await self.check_tokens()
        looked = await self._look(_silent, run_id)
        check_missed(looked, claim_ids)
        return await asyncio.to_thread(self._backend.held_reports.get, run_id)

    async def watch(self, tell: Tell) -> WatchOutcome:
        await self.check_tokens()
        return await self._look(tell, None)

    async def gather(
        self, run_id: str, claim_ids: tuple[str, ...], options: GatherOptions, tell: TellGathering
    ) -> Gathering:
        await self.check_gather(options)
        await self.check_tokens()
        backend = self._backend
        subject = subject_of(await self.report(run_id), claim_ids)
        left = await asyncio.to_thread(self._budget.left)
        gathering = gather_for(backend.settings, backend.held_coverage, subject, options, _on_this_loop(tell), left)
        gathered = await backend.ask(gathering)
        if gathered.usage.tokens:
            await asyncio.to_thread(self._budget.spend, gathered.usage.tokens)
        return gathered

    async def take(self, addresses: Addresses, tell: TellSum) -> TakenAddresses:
        backend = self._backend
        taking = take_addresses(backend.settings, backend.held_coverage, addresses, _on_this_loop(tell))
        return await backend.ask(taking)

    async def _look(self, tell: Tell, run_id: str | None) -> WatchOutcome:
        backend = self._backend
        looked = await backend.ask(_look(backend.settings, backend.held_coverage, _on_this_loop(tell), run_id))
        if looked.usage.tokens:
            await asyncio.to_thread(self._budget.spend, looked.usage.tokens)
        return looked

    async def _reported(self, run_id: str) -> str:
        """The id of a run that the caller may see and that has a report: its own job, or any where it sees
        everybody's, those of the command line too. Raises `UnknownRun`, `NoReport`."""
        try:
            job = await self._job(run_id)
        except UnknownRun:
            if self._caller.sees is not None:
                raise
            return run_id
        if job.state is not JobState.SUCCEEDED:
            why = f": {job.problem.message}" if job.problem else ""
            raise NoReport(f"there is no report: the verification is {job.state}{why}")
        return job.id

    async def _job(self, run_id: str) -> Job:
        try:
            return await self.job(run_id)
        except UnknownJob as err:
            raise UnknownRun(f"there is no run {run_id!r}") from err


async def read_events(stream: AsyncIterator[JobEvent]) -> AsyncGenerator[Event, None]:
    """The events of a job, but the last: that one tells the outcome in place of the report."""
    async for value in stream:
        if value.type != "run_finished":
            yield _EVENT.validate_python({"type": value.type, **json.loads(value.data)})


def _on_this_loop(tell: Callable[[G], None]) -> Callable[[G], None]:
    """Coverage lives on another thread, and callers listen on their own."""
    loop = asyncio.get_running_loop()

    def tell_there(value: G) -> None:
        loop.call_soon_threadsafe(tell, value)

    return tell_there


def _silent(_: object) -> None: ...


async def _look(settings: Settings, coverage: Coverage, tell: Tell, run_id: str | None) -> WatchOutcome:
    async with open_watch(settings, coverage) as watch:
        return await watch.look(tell, run_id=run_id)


async def _edit(
    settings: Settings, coverage: Coverage, run_id: str, request: EditRequest, who: str, version: int | None
) -> EditOutcome:
    async with open_editor(settings, coverage) as editor:
        return await editor.edit(run_id, request, who, version)


def _heads(reports: Reports, run_ids: list[str]) -> tuple[Version, ...]:
    """Of those that are still there."""
    found = []
    for run_id in run_ids:
        try:
            found.append(reports.version(run_id))
        except UnknownRun:
            continue
    return tuple(found)
