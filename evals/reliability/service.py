"""`isnad serve` as a process that is killed and started again, and asked wherever it then listens."""

import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from evals.reliability.simulation import answering
from evals.servers.cluster import Cluster, Member, address, open_cluster
from evals.servers.endpoint import Pace, SimulatedModel
from evals.servers.wire import Record

PATIENCE = 90.0
# Who is killed again and again on a slow machine is away for minutes.
_INSISTING = 400.0
_AGAIN_SECONDS = 0.2


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
        """That the process holds now."""
        process = str(self._member.process.pid)
        try:
            told = re.search(r"VmRSS:\s+(\d+)", Path("/proc", process, "status").read_text("ascii"))
            return int(told[1]) / 1024 if told else 0.0
        except FileNotFoundError:
            # Where the system has no such folder it has this program.
            ran = subprocess.run(["ps", "-o", "rss=", "-p", process], capture_output=True, text=True, check=True)
            return int(ran.stdout) / 1024

    def posted(self, text: str, **more: str) -> str | None:
        """The id of a job that was accepted; None when nothing was accepted."""
        try:
            answer = self.http.post("/v1/verifications", json={"text": text, **more})
        except httpx.TransportError:
            return None
        return str(answer.json()["id"]) if answer.status_code == 202 else None

    def insisted(self, path: str, *, content: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """What is answered once it is taken: posted again while nobody answers, or the service says to come back."""
        until = time.monotonic() + _INSISTING
        while True:
            try:
                answer = self.http.post(path, content=content, headers=dict(headers))
                if answer.status_code not in (429, 503):
                    answer.raise_for_status()
                    told: dict[str, Any] = answer.json()
                    return told
            except httpx.TransportError as err:
                if time.monotonic() > until:
                    raise TimeoutError(f"nobody took {path} for {_INSISTING:g} s") from err
            time.sleep(_AGAIN_SECONDS)

    def state(self, job: str) -> str:
        """`lost` when it is not known any more, `unanswered` when nobody says."""
        return str(self.shown(job)["state"])

    def shown(self, job: str) -> dict[str, Any]:
        """As the API shows it; `state` is as in `state`."""
        try:
            answer = self.http.get(f"/v1/verifications/{job}")
        except httpx.TransportError:
            return {"state": "unanswered"}
        if answer.status_code != 200:
            return {"state": "lost" if answer.status_code == 404 else "unanswered"}
        told: dict[str, Any] = answer.json()
        return told

    def listed(self) -> list[str]:
        """All jobs that there are."""
        found: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.http.get("/v1/verifications", params={"limit": "200", **cursor}).json()
            found += [one["id"] for one in page["verifications"]]
            if page["next_cursor"] is None:
                return found
            cursor = {"cursor": page["next_cursor"]}

    def forget_document(self, document: str) -> bool:
        """Whether it was there."""
        return self.http.delete(f"/v1/coverage/{document}").status_code == 204


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
            max_queued_jobs="50000",
            fetch_delay="0",
        ) as cluster,
    ):
        yield Service(cluster, cluster.serve(), record)
