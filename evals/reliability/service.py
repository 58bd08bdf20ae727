"""`isnad serve` as a process that is killed and started again, and asked wherever it then listens."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from evals.cluster import Cluster, Member, address, open_cluster
from evals.endpoint import Pace, SimulatedModel
from evals.reliability.simulation import answering
from evals.wire import Record

PATIENCE = 90.0


class Service:
    """`killed_at` has the moment of every kill; `record` every call of the model."""

    def __init__(self, cluster: Cluster, member: Member, record: Record) -> None:
        self.cluster = cluster
        self.record = record
        self.killed_at: list[float] = []
        self._member = member
        self.http = httpx.Client(base_url=address(member), timeout=PATIENCE)

    def kill(self) -> None:
        """And a new start."""
        self._member.kill()
        self.killed_at.append(time.monotonic())
        self._member.start()
        old, self.http = self.http, httpx.Client(base_url=address(self._member), timeout=PATIENCE)
        old.close()

    @property
    def megabytes(self) -> float:
        told = Path(f"/proc/{self._member.process.pid}/status").read_text("ascii")
        found = re.search(r"VmRSS:\s+(\d+)", told)
        return int(found[1]) / 1024 if found else 0.0

    def posted(self, text: str, **more: str) -> str | None:
        """The id of a job that was accepted; None when nothing was accepted."""
        try:
            answer = self.http.post("/v1/verifications", json={"text": text, **more})
        except httpx.TransportError:
            return None
        return str(answer.json()["id"]) if answer.status_code == 202 else None

    def state(self, job: str) -> str:
        """`lost` when it is not known any more, `unanswered` when nobody says."""
        try:
            answer = self.http.get(f"/v1/verifications/{job}")
        except httpx.TransportError:
            return "unanswered"
        if answer.status_code == 404:
            return "lost"
        return str(answer.json()["state"]) if answer.status_code == 200 else "unanswered"


@contextmanager
def run_service(folder: Path) -> Iterator[Service]:
    """On SQLite, with a simulated model in this process."""
    record = Record()
    model = SimulatedModel(Pace(call_seconds=0.1))
    with (
        answering(model.chat, record) as url,
        open_cluster(
            folder,
            shared=False,
            base_url=url,
            allow_private_urls="true",
            max_jobs_per_key="10000",
            max_queued_jobs="10000",
            fetch_delay="0",
        ) as cluster,
    ):
        yield Service(cluster, cluster.serve(), record)
