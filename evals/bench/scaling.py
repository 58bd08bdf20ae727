"""What the service does under load, as one JSON line a figure: `make bench`, or `python -m evals.bench.scaling
FIGURE …`.

Everything runs as real processes on this machine, on PostgreSQL and Chroma unless said otherwise. A model call takes
so long that waiting for it, and not this machine's cores, is what bounds a worker: what is measured is the sharing.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import httpx

from evals.servers.cluster import Cluster, Member, address, open_cluster, until
from evals.servers.endpoint import Pace

_ARTICLE = "The mayor said that the old bridge was shut on Monday. Edition {number}."
_SLOW = Pace(call_seconds=8.0)
_QUICK = Pace(call_seconds=0.05)
_PATIENCE = 600.0
T = TypeVar("T")
# Any: beside the settings, which are texts, the cluster has arguments of other types.
_UNBOUND: dict[str, Any] = {"max_queued_jobs": "500000"}


async def _post(url: str, numbers: range, per_second: float | None = None) -> dict[str, float]:
    """The seconds that each took to be accepted, by the id of the verification; all at once or evenly spread."""

    async def one(number: int) -> tuple[str, float]:
        if per_second is not None:
            await asyncio.sleep((number - numbers.start) / per_second)
        began = time.perf_counter()
        answer = await http.post("/v1/verifications", json={"text": _ARTICLE.format(number=number)})
        answer.raise_for_status()
        return str(answer.json()["id"]), time.perf_counter() - began

    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(base_url=url, timeout=_PATIENCE, limits=limits) as http:
        return dict(await asyncio.gather(*(one(number) for number in numbers)))


def _standing(url: str) -> dict[str, int]:
    text = httpx.get(f"{url}/metrics", timeout=_PATIENCE).text
    lines = [line for line in text.splitlines() if line.startswith("isnad_jobs{")]
    return {line.split('"')[1]: int(float(line.split()[-1])) for line in lines}


def _until_ended(url: str) -> dict[str, int]:
    def ended() -> bool:
        standing = _standing(url)
        return not standing["queued"] + standing["running"]

    until(ended, "all verifications to end", _PATIENCE)
    return _standing(url)


def _until_working(cluster: Cluster, workers: list[Member]) -> None:
    for worker in workers:
        worker.until_told("Isnad works")


def throughput(workers: int, folder: Path) -> float:
    """Verifications a second, of so many workers with two at once each."""
    with open_cluster(folder, durable=True, pace=_SLOW, answer_cache_mb="0", **_UNBOUND) as cluster:
        url = address(cluster.serve("--api-only"))
        crew = [cluster.worker("--jobs-at-once", "2") for _ in range(workers)]
        _until_working(cluster, crew)
        asyncio.run(_post(url, range(2 * workers)))
        _until_ended(url)
        began = time.perf_counter()
        jobs = 8 * workers
        asyncio.run(_post(url, range(1000, 1000 + jobs)))
        _until_ended(url)
        return jobs / (time.perf_counter() - began)


def scaling() -> None:
    """1, 2 and 4 workers."""
    rates = {workers: _in_folder(partial(throughput, workers)) for workers in (1, 2, 4)}
    _tell(
        "scaling",
        model_call_s=_SLOW.call_seconds,
        jobs_at_once=2,
        per_second={workers: round(rate, 3) for workers, rate in rates.items()},
        two=round(rates[2] / rates[1], 2),
        four=round(rates[4] / rates[1], 2),
    )


def at_once(*, shared: bool) -> None:
    """200 verifications that are posted at once to `isnad serve` on one machine."""

    def measure(folder: Path) -> None:
        with open_cluster(folder, durable=True, pace=_QUICK, shared=shared, **_UNBOUND) as cluster:
            url = address(cluster.serve())
            began = time.perf_counter()
            asyncio.run(_post(url, range(200)))
            accepted = time.perf_counter() - began
            ended = _until_ended(url)
            seconds = round(time.perf_counter() - began, 1)
            kind = "postgresql" if shared else "sqlite"
            _tell("200_at_once", database=kind, ended=ended, accepted_s=round(accepted, 1), all_s=seconds)

    _in_folder(measure)


def accepting(*, shared: bool) -> None:
    """How long 50 posts a second wait to be accepted by an API process, while a worker works."""

    def measure(folder: Path) -> None:
        with open_cluster(folder, durable=True, pace=_SLOW, shared=shared, **_UNBOUND) as cluster:
            url = address(cluster.serve(*(["--api-only"] if shared else [])))
            if shared:
                _until_working(cluster, [cluster.worker()])
            asyncio.run(_post(url, range(50), 50))
            seconds = sorted(asyncio.run(_post(url, range(1000, 2000), 50)).values())
            p50, p99 = (round(1000 * seconds[int(len(seconds) * share)]) for share in (0.5, 0.99))
            kind = "postgresql" if shared else "sqlite"
            _tell("accept", database=kind, per_second=50, posts=len(seconds), p50_ms=p50, p99_ms=p99)

    _in_folder(measure)


def memory(jobs: int = 1000) -> None:
    """What `isnad serve` holds after every hundred tiny verifications, and the slope over the second half."""

    def measure(folder: Path) -> None:
        held: list[float] = []
        with open_cluster(folder, durable=True, pace=Pace(call_seconds=0), jobs_at_once="8", **_UNBOUND) as cluster:
            api = cluster.serve("--api-only")
            worker = cluster.worker()
            url = address(api)
            for start in range(0, jobs, 100):
                asyncio.run(_post(url, range(start, start + 100)))
                _until_ended(url)
                held.append(_megabytes(worker))
        half = held[len(held) // 2 :]
        slope = (half[-1] - half[0]) / max(1, len(half) - 1) * 10
        _tell("memory", jobs=jobs, worker_mb=held, mb_per_1000_jobs=round(slope, 1))

    _in_folder(measure)


def _megabytes(member: Member) -> float:
    for line in Path(f"/proc/{member.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return round(int(line.split()[1]) / 1024, 1)
    raise RuntimeError("the system does not tell the memory of a process")


def _in_folder(measure: Callable[[Path], T]) -> T:
    with tempfile.TemporaryDirectory(prefix="isnad-scaling-") as folder:
        return measure(Path(folder))


def _tell(figure: str, **values: object) -> None:
    print(json.dumps({"figure": figure, **values}), flush=True)


FIGURES: dict[str, Callable[[], None]] = {
    "scaling": scaling,
    "at-once": lambda: at_once(shared=True),
    "at-once-embedded": lambda: at_once(shared=False),
    "accept": lambda: accepting(shared=True),
    "accept-embedded": lambda: accepting(shared=False),
    "memory": memory,
}


if __name__ == "__main__":
    for name in sys.argv[1:] or FIGURES:
        FIGURES[name]()
