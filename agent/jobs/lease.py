"""Which workers live. Who gives no sign for too long is taken for dead, and what it had begun goes to the others.

A worker is a row that it renews. Its name is new every time, and is the engine's executor id: a job that is under way
under a name without a row is nobody's. Whatever a worker writes about a job outside of the engine, it writes while it
holds its row, and a row that is held cannot be taken away. The engine itself lets only a job's latest owner write.
"""

import asyncio
import logging
import secrets
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from dbos import error as dbos_errors
from sqlalchemy import Interval, and_, bindparam, delete, func, insert, not_, select, update

from agent.errors import LeaseLost, StoreError
from agent.jobs.database import translated
from agent.jobs.engine_setup import build_client
from agent.jobs.internals import give_back
from agent.jobs.naming import QUEUE
from agent.jobs.predecessor import WorkerLock
from agent.storage import given
from agent.storage.tables.workers import workers

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_log = logging.getLogger("isnad.jobs")
# Signs that are given within the time after which silence is death.
_SIGNS = 6
_MINE = workers.c.id == given("of_id")
_TAKE = insert(workers)
_RENEW = update(workers).where(_MINE).values(seen_at=func.now())
_RELEASE = delete(workers).where(_MINE)
# A renewal is not kept waiting by this lock, and a removal is.
_HOLD = select(workers.c.id).where(_MINE).with_for_update(read=True, key_share=True)
_ALL = select(workers.c.id)
# While the server was away nobody could give a sign: once it is back, whoever lives has the time for two. More would
# put off a death again and again, where the server is restarted more than once. A row that is held just now is looked
# at again later.
_SILENT = and_(
    workers.c.seen_at < func.now() - bindparam("silence", type_=Interval),
    func.pg_postmaster_start_time() < func.now() - bindparam("third", type_=Interval),
)
_BURY = (
    delete(workers)
    .where(workers.c.id.in_(select(workers.c.id).where(_SILENT).with_for_update(skip_locked=True)))
    .returning(workers.c.id)
)
_LIVING = select(func.count()).select_from(workers).where(not_(_SILENT))


class Lease:
    """A worker's right to do jobs. Opened with `open_lease`; `lost` is set when others may have taken its jobs."""

    def __init__(self, engine: "Engine") -> None:
        self.id = f"worker-{secrets.token_hex(8)}"
        self.lost = asyncio.Event()
        self._engine = engine
        self._loop = asyncio.get_running_loop()
        # Who holds the row needs a second connection for what it writes: one at a time leaves enough for all.
        self._holding = threading.Lock()

    @contextmanager
    def held(self) -> "Iterator[Connection]":
        """While this is open nobody takes the lease away; raises `LeaseLost` when somebody has. For threads.

        The connection that holds it may hold more; what it writes is undone.
        """
        with self._holding, self._connected() as connection:
            with translated():
                mine = connection.execute(_HOLD, {"of_id": self.id}).first() is not None
            if not mine:
                self.lose()
                raise LeaseLost("this worker was silent for so long that others do its jobs now")
            yield connection

    @contextmanager
    def _connected(self) -> "Iterator[Connection]":
        with translated():
            connection = self._engine.connect()
        try:
            yield connection
        finally:
            # To release the row takes the server, which may be gone.
            with translated():
                connection.close()

    async def check(self) -> None:
        """Raises `LeaseLost`."""

        def hold() -> None:
            with self.held():
                pass

        await asyncio.to_thread(hold)

    def lose(self) -> None:
        self._loop.call_soon_threadsafe(self.lost.set)


class Watchdog:
    """Gives the signs of one worker, and looks after what others have left behind. Blocking."""

    def __init__(self, engine: "Engine", lease: Lease, silence: float) -> None:
        self._engine = engine
        self._lease = lease
        self._silence = silence
        self._client = build_client(engine, listens=False)

    def begin(self, jobs_at_once: int, place: WorkerLock | None) -> None:
        """Takes the lease, for a worker that does so many jobs at once. The jobs of a killed worker that had the same
        `place` go on at once. Raises `StoreError`."""
        if place is not None:
            place.take(self._lease.id)
        with translated(), self._engine.begin() as connection:
            connection.execute(_TAKE, {"id": self._lease.id, "jobs_at_once": jobs_at_once})
        if place is not None and place.predecessor is not None:
            self._release(place.predecessor)

    def run(self, stop: threading.Event) -> None:
        """Until it is stopped, or the lease is lost."""
        while not stop.wait(self._silence / _SIGNS):
            try:
                if not self._renew():
                    _log.warning("this worker was taken for dead; it begins anew")
                    self._lease.lose()
                    return
                self._bury()
                self.hand_over()
            except (StoreError, dbos_errors.DBOSException) as err:
                # Without the database nobody works, and nobody is taken for dead.
                _log.warning("no sign could be given: %s", err)

    def hand_over(self) -> None:
        """Gives the jobs of workers that are no more back to the queue, once, for any worker to go on with."""
        # In this order: whoever has begun a job had its row before that.
        with translated():
            begun = self._client.list_workflows(status="PENDING", load_input=False, load_output=False)
            with self._engine.connect() as connection:
                living = set(connection.execute(_ALL).scalars())
            for job in begun:
                if job.executor_id is not None and job.executor_id not in living:
                    self._give_back(job.workflow_id, job.executor_id)

    def release(self) -> None:
        """Nobody has to wait for what a worker leaves behind when it ends in order."""
        self._release(self._lease.id)

    def _release(self, worker: str) -> None:
        with translated(), self._engine.begin() as connection:
            connection.execute(_RELEASE, {"of_id": worker})
        self.hand_over()

    def close(self) -> None:
        self._client.destroy()

    def _renew(self) -> bool:
        with translated(), self._engine.begin() as connection:
            return connection.execute(_RENEW, {"of_id": self._lease.id}).rowcount > 0

    def _bury(self) -> None:
        with translated(), self._engine.begin() as connection:
            gone = connection.execute(_BURY, _silence(self._silence)).scalars().all()
        for worker in gone:
            _log.warning("%s has given no sign for %g s; its jobs go to others", worker, self._silence)

    def _give_back(self, job_id: str, worker: str) -> None:
        if give_back(self._client, job_id, worker, QUEUE):
            _log.warning("job goes on with another worker", extra={"job": job_id})


@asynccontextmanager
async def open_lease(
    engine: "Engine", *, silence: float, jobs_at_once: int, place: WorkerLock | None = None
) -> AsyncIterator[Lease]:
    """The right to do jobs, renewed until the end and given back then. Raises `StoreError`.

    With a `place`, that of whoever worked there before ends now. The database has been made ready with `make_ready`.
    """
    lease, stop = Lease(engine), threading.Event()
    watchdog = Watchdog(engine, lease, silence)
    try:
        await asyncio.to_thread(watchdog.begin, jobs_at_once, place)
        # It has a thread of its own, because an event loop that is busy is not dead.
        thread = threading.Thread(target=watchdog.run, args=(stop,), name="watchdog", daemon=True)
        thread.start()
        try:
            yield lease
        finally:
            stop.set()
            await asyncio.to_thread(_end, thread, watchdog)
    finally:
        watchdog.close()


def _end(thread: threading.Thread, watchdog: Watchdog) -> None:
    thread.join()
    try:
        watchdog.release()
    except (StoreError, dbos_errors.DBOSException) as err:
        # The others will notice the silence.
        _log.warning("the lease could not be given back: %s", err)


def count_living(engine: "Engine", silence: float) -> int:
    """How many workers have given a sign lately. Raises `StoreError`."""
    with translated(), engine.connect() as connection:
        return int(connection.execute(_LIVING, _silence(silence)).scalar_one())


def _silence(seconds: float) -> dict[str, timedelta]:
    return {"silence": timedelta(seconds=seconds), "third": timedelta(seconds=seconds / 3)}
