"""One API process, two workers, PostgreSQL and Chroma: each of them can be killed, and comes back."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evals.reliability.service import Service
from evals.reliability.signs import Kill
from evals.reliability.simulation import answering
from evals.servers.cluster import Member, open_cluster
from evals.servers.endpoint import Pace, SimulatedModel
from evals.servers.wire import Record

# The part that every job stands and falls with.
DATABASE = "postgres"
_CALL_SECONDS = 0.5
_SUPERVISED_EVERY = 0.5


@dataclass(frozen=True)
class Part:
    """`start` may take its time. `ended` says whether it has ended by itself, as it does where it cannot begin."""

    name: str
    kill: Callable[[], None]
    start: Callable[[], None]
    ended: Callable[[], bool] = lambda: False


class Fleet:
    def __init__(self, service: Service, parts: tuple[Part, ...], workers: tuple[Member, ...]) -> None:
        self.service = service
        self.parts = parts
        self.kills: list[Kill] = []
        self.database_away: list[tuple[float, float]] = []
        self._workers = workers
        self._away: set[str] = set()
        self._turn = threading.Lock()

    def kill(self, part: Part) -> None:
        """It stays away until it is started."""
        with self._turn:
            self._away.add(part.name)
            part.kill()
            self.service.killed_at.append(time.monotonic())
            self.kills.append(Kill(part.name, time.time()))

    @property
    def took_answers(self) -> list[float]:
        """The kills of those who hold answers that are not kept yet."""
        holders = {DATABASE, *(worker.log.stem for worker in self._workers)}
        return [at for one, at in zip(self.kills, self.service.killed_at, strict=True) if one.part in holders]

    def start(self, part: Part) -> None:
        part.start()
        with self._turn:
            self._away.discard(part.name)
        if part.name == DATABASE:
            gone = max(at for one, at in zip(self.kills, self.service.killed_at, strict=True) if one.part == DATABASE)
            self.database_away.append((gone, time.monotonic()))

    def supervise(self, stop: threading.Event) -> None:
        """As a supervisor does: whoever ends by itself is started again."""
        while not stop.wait(_SUPERVISED_EVERY):
            with self._turn:
                for part in self.parts:
                    if part.name not in self._away and part.ended():
                        part.start()

    @property
    def logs(self) -> dict[str, str]:
        """All that each worker has written."""
        return {worker.log.stem: worker.told for worker in self._workers}

    @property
    def errors(self) -> list[str]:
        """The lines about what nobody foresaw: why a promise was broken."""
        lines = (line for told in self.logs.values() for line in told.splitlines())
        return [line for line in lines if '"level": "error"' in line]


@contextmanager
def run_fleet(folder: Path) -> Iterator[Fleet]:
    """A job has many calls: whoever is killed is in the middle of some. The API comes back where it was."""
    record = Record()
    model = SimulatedModel(Pace(call_seconds=_CALL_SECONDS))
    with (
        answering(model.chat, record) as url,
        open_cluster(
            folder,
            model=url,
            claims_per_call="3",
            max_concurrency="2",
            max_queued_jobs="50000",
            allow_private_urls="true",
            fetch_delay="0",
        ) as cluster,
    ):
        api = cluster.serve("--api-only", "--port", str(_free_port()))
        workers = (cluster.worker(), cluster.worker())
        assert cluster.postgres is not None
        assert cluster.chroma is not None
        members = (api, *workers, cluster.chroma)
        parts = [Part(one.log.stem, one.kill, one.start, partial(_ended, one)) for one in members]
        postgres = Part(DATABASE, cluster.postgres.kill, cluster.postgres.start)
        service = Service(cluster, api, record)
        for worker in workers:
            worker.until_told("Isnad works")
        fleet, stop = Fleet(service, (*parts, postgres), workers), threading.Event()
        supervisor = threading.Thread(target=fleet.supervise, args=(stop,))
        supervisor.start()
        try:
            yield fleet
        finally:
            stop.set()
            supervisor.join()


def _ended(member: Member) -> bool:
    return not member.alive


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
