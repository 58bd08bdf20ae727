"""The verbs of `Jobs` on the database of DBOS. Needs no worker in this process."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dbos import DBOSClient, EnqueueOptions, WorkflowStatus
from dbos import error as dbos_errors

from agent.errors import KeyReused, QueueFull, StoreError, UnknownJob
from agent.jobs.database import translated
from agent.jobs.engine_setup import build_client
from agent.jobs.engine_table import WORKFLOWS, Workflows
from agent.jobs.lease import count_living
from agent.jobs.naming import (
    ATTEMPTS,
    EVENTS,
    QUEUE,
    VERSION,
    WEBHOOK_QUEUE,
    WEBHOOK_WORKFLOW,
    WORKFLOW,
    change_webhook_of,
    edit_webhook_of,
)
from agent.jobs.protocol import JobPage
from agent.jobs.pruning import prune
from agent.jobs.questions import Questions
from agent.jobs.records import Job, JobEvent, JobRequest, JobState, Timed
from agent.jobs.status import JobSummary, job_of, queued, statuses_of
from agent.jobs.timetable import read_timetable
from agent.jobs.webhooks import Attempt, Notice
from agent.models import digest
from agent.storage.reports import EditRecord, Recorded
from agent.tracing import carrier

if TYPE_CHECKING:
    from sqlalchemy import Engine

# An idempotency key is remembered for so long.
KEY_KEPT = timedelta(hours=24)
_POLL_SECONDS = 0.2
_ROOM_SECONDS = 10
_GENERATIONS_AT_ONCE = 8


class DbosJobs:
    """Implements `Jobs`."""

    def __init__(
        self,
        client: DBOSClient,
        engine: "Engine",
        *,
        most_waiting: int,
        most_of_owner: int,
        workflows: Workflows,
        silence: float | None,
    ) -> None:
        self._client = client
        self._engine = engine
        self._most_waiting = most_waiting
        self._most_of_owner = most_of_owner
        self._questions = Questions(engine, workflows)
        self._silence = silence

    async def enqueue(self, request: JobRequest, *, owner: str, key: str | None = None) -> Job:
        if key is None:
            return await self._accept(secrets.token_hex(16), request, owner)
        job_id = await self._id_of(owner, key)
        job = await self._find(job_id)
        if job is None:
            await self._accept(job_id, request, owner)
            # Another may have been quicker with the same key.
            job = await self.get(job_id)
        if job.fingerprint != request.fingerprint:
            raise KeyReused("this idempotency key came with another request before; take a new key for a new request")
        return job

    async def _id_of(self, owner: str, key: str) -> str:
        """The job that a key stands for. After a day the key stands for a new one, the same for all who ask.

        Any of the earlier ones may have been deleted: it is the latest that counts.
        """
        generation, latest = 0, None
        while found := await self._accepted_at(owner, key, generation):
            generation, latest = max(found) + 1, found[max(found)]
        stands = latest is not None and latest > datetime.now(UTC) - KEY_KEPT
        return _keyed(owner, key, generation - 1 if stands else generation)

    async def _accepted_at(self, owner: str, key: str, first: int) -> dict[int, datetime]:
        """When the jobs of a key were accepted, by their number; some of them from this one on."""
        ids = {_keyed(owner, key, number): number for number in range(first, first + _GENERATIONS_AT_ONCE)}
        with _translated():
            found = await self._client.list_workflows_async(
                workflow_ids=list(ids), name=WORKFLOW, load_input=False, load_output=False
            )
        return {ids[one.workflow_id]: job_of(one).created_at for one in found}

    async def _accept(self, job_id: str, request: JobRequest, owner: str) -> Job:
        await asyncio.to_thread(self._check_room, owner)
        summary = JobSummary.of(request)
        options = EnqueueOptions(
            workflow_name=WORKFLOW,
            queue_name=QUEUE,
            workflow_id=job_id,
            app_version=VERSION,
            authenticated_user=owner,
            attributes=summary.attributes,
        )
        with _translated():
            # Only where traces are on: what the job begins within.
            within = filter(None, [carrier()])
            await self._client.enqueue_async(options, request.model_dump_json(), *within)
        return queued(job_id, summary, owner)

    def _check_room(self, owner: str) -> None:
        mine, waiting = self._questions.under_way(owner)
        if mine >= self._most_of_owner:
            raise QueueFull(
                f"{mine} verifications of this key wait or run, and {self._most_of_owner} may; try again later",
                _ROOM_SECONDS,
            )
        if waiting >= self._most_waiting:
            raise QueueFull(
                f"{waiting} verifications are waiting, and no more than {self._most_waiting} may; try again later",
                _ROOM_SECONDS,
            )

    async def get(self, job_id: str) -> Job:
        job = await self._find(job_id)
        if job is None:
            raise UnknownJob(f"there is no verification {job_id!r}")
        return job

    async def _find(self, job_id: str) -> Job | None:
        with _translated():
            found = await self._client.list_workflows_async(workflow_ids=[job_id], name=WORKFLOW, load_input=False)
        return job_of(found[0]) if found else None

    async def cancel(self, job_id: str) -> Job:
        if not (await self.get(job_id)).state.ended:
            with _translated():
                await self._client.cancel_workflow_async(job_id)
        return await self.get(job_id)

    async def stream(self, job_id: str, *, after: int = 0) -> AsyncIterator[JobEvent]:
        number = after
        with _translated(job_id):
            events = self._client.read_stream_async(job_id, EVENTS, offset=after, polling_interval_sec=_POLL_SECONDS)
            async with aclosing(events):
                async for value in events:
                    number += 1
                    yield JobEvent(number=number, type=value["type"], data=value["data"])

    async def wait(self, job_id: str, seconds: float) -> Job:
        until = time.monotonic() + seconds
        job = await self.get(job_id)
        while not job.state.ended and time.monotonic() < until:
            await asyncio.sleep(min(_POLL_SECONDS, max(0.0, until - time.monotonic())))
            job = await self.get(job_id)
        return job

    async def delete(self, job_id: str) -> None:
        await self.cancel(job_id)
        with _translated(job_id):
            webhooks = await asyncio.to_thread(self._questions.webhooks, job_id)
            for one in webhooks:
                await self._client.cancel_workflow_async(one)
            await self._client.delete_workflows_async([job_id, *webhooks])

    async def attempts(self, job_id: str) -> tuple[Attempt, ...]:
        found: list[Attempt] = []
        with _translated(job_id):
            for one in await asyncio.to_thread(self._questions.webhooks, job_id):
                result = await self._client.get_event_async(one, ATTEMPTS, timeout_seconds=0)
                found += [Attempt.model_validate_json(attempt) for attempt in result or ()]
        return tuple(sorted(found, key=lambda attempt: attempt.at))

    async def announce(self, change: Recorded | EditRecord) -> bool:
        job = await self.get(change.run_id)
        if job.callback_url is None:
            return False
        if isinstance(change, EditRecord):
            notice = Notice.of_edit(job.owner, job.callback_url, change)
            workflow = edit_webhook_of(job.id, change.version)
        else:
            notice = Notice.of_change(job.owner, job.callback_url, change)
            workflow = change_webhook_of(job.id, change.version, change.claim_id)
        options = EnqueueOptions(
            workflow_name=WEBHOOK_WORKFLOW,
            queue_name=WEBHOOK_QUEUE,
            workflow_id=workflow,
            app_version=VERSION,
        )
        with _translated():
            await self._client.enqueue_async(options, notice.model_dump_json())
        return True

    async def page(
        self,
        before: datetime,
        *,
        owner: str | None,
        states: tuple[JobState, ...] = (),
        seen: tuple[str, ...] = (),
        limit: int = 50,
    ) -> JobPage:
        with _translated():
            found: list[WorkflowStatus] = await self._client.list_workflows_async(
                name=WORKFLOW,
                user=owner,
                status=list(statuses_of(*states)) or None,
                end_time=before.isoformat(),
                sort_desc=True,
                limit=limit + len(seen) + 1,
                load_input=False,
            )
        fresh = [one for one in found if not one.workflow_id.startswith(seen)]
        return JobPage(jobs=tuple(job_of(one) for one in fresh[:limit]), more=len(fresh) > limit)

    async def schedules(self) -> tuple[Timed, ...]:
        with _translated():
            return await asyncio.to_thread(read_timetable, self._client)

    async def prune(self, before: datetime) -> int:
        with _translated():
            return await asyncio.to_thread(prune, self._client, before)

    async def owned(self, job_ids: Collection[str], owner: str | None) -> frozenset[str]:
        return await asyncio.to_thread(self._questions.owned, job_ids, owner)

    async def count(self, *states: JobState, owner: str | None = None) -> int:
        return await asyncio.to_thread(self._questions.count, states, owner)

    async def workers(self) -> int | None:
        return await asyncio.to_thread(count_living, self._engine, self._silence) if self._silence else None


def _keyed(owner: str, key: str, generation: int) -> str:
    return digest("\x1f".join((owner, key, str(generation))))[:32]


@contextmanager
def open_client(
    engine: "Engine",
    *,
    most_waiting: int,
    most_of_owner: int,
    workflows: Workflows = WORKFLOWS,
    silence: float | None = None,
    listens: bool = True,
) -> Iterator[DbosJobs]:
    """The verbs, on a database that has been made ready; with workers that are dead after so much `silence`. One that
    `listens` has a connection of its own for that."""
    with _translated():
        client = build_client(engine, listens=listens)
    try:
        limits = {"most_waiting": most_waiting, "most_of_owner": most_of_owner}
        yield DbosJobs(client, engine, **limits, workflows=workflows, silence=silence)
    finally:
        client.destroy()


@contextmanager
def _translated(job_id: str = "") -> Iterator[None]:
    try:
        with translated():
            yield
    except dbos_errors.DBOSNonExistentWorkflowError as err:
        raise UnknownJob(f"there is no verification {job_id!r}") from err
    except dbos_errors.DBOSException as err:
        raise StoreError(f"the jobs cannot be used: {err}") from err
