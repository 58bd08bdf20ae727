"""What bounds the verifications of an hour, and how many they are: `python -m evals.bench.capacity --workers 4 …`.

Every part of the service gives a bound of its own, and the lowest is the capacity. With `--measure` one service on
this machine is run on the simulated model, and what it did stands beside what is computed for it.
"""

import argparse
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import httpx

from evals.bench.stories import build_story
from evals.servers.cluster import address, open_cluster
from evals.servers.endpoint import Pace

_HOUR = 3600.0
_PATIENCE = 300.0
_CLAIMS = 5


@dataclass(frozen=True)
class Load:
    """One deployment and the articles it gets. Times in seconds; `calls` is the number of model calls of an article.

    The calls of an article are two deep (reading, then hearing), each depth side by side up to `calls_at_once` of one
    worker. `cpu` is the processor time of an article outside the model, of which a worker uses one core at most.
    """

    workers: int = 1
    jobs_at_once: int = 4
    call_seconds: float = 3.0
    calls: int = 15
    calls_at_once: int = 256
    calls_a_minute: int = 0
    cpu: float = 0.6
    cores: int = 2
    search: float = 0.1
    searches_at_once: int = 1
    commits: int = 60
    commits_a_second: float = 300.0


@dataclass(frozen=True)
class Capacity:
    """Verifications an hour, by what bounds them."""

    bounds: dict[str, float]

    @property
    def bound_by(self) -> str:
        return min(self.bounds, key=lambda name: self.bounds[name])

    @property
    def jobs_an_hour(self) -> float:
        return self.bounds[self.bound_by]


def capacity(load: Load) -> Capacity:
    """Raises `ValueError` for what is no deployment."""
    if min(load.workers, load.jobs_at_once, load.calls, load.calls_at_once, load.cores) < 1:
        raise ValueError("workers, jobs, calls and cores are at least 1")
    places = load.workers * load.jobs_at_once
    one = 2 * load.call_seconds + load.search + load.cpu
    bounds = {
        "places for jobs": places / one,
        "calls at once": load.workers * load.calls_at_once / (load.calls * load.call_seconds),
        "processors": min(load.workers, load.cores) / load.cpu,
        "store": load.searches_at_once / load.search,
        "database": load.commits_a_second / load.commits,
    }
    if load.calls_a_minute:
        bounds["calls a minute"] = load.calls_a_minute / 60 / load.calls
    return Capacity({name: round(_HOUR * a_second, 1) for name, a_second in bounds.items()})


def measure(load: Load, jobs: int) -> dict[str, float | str]:
    """One process on SQLite with the simulated model; the processor time of a job is measured along with it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_cluster(
            Path(folder), pace=Pace(call_seconds=load.call_seconds), shared=False, jobs_at_once=str(load.jobs_at_once)
        ) as cluster,
    ):
        member = cluster.serve()
        with httpx.Client(base_url=address(member), timeout=_PATIENCE) as http:
            _done(http, [build_story(_CLAIMS, "shared", seed=0).article.text])
            cluster.forget_asked()
            began, used = time.monotonic(), _cpu(member.process.pid)
            _done(http, [build_story(_CLAIMS, "shared", seed=n + 1).article.text for n in range(jobs)])
            took, used = time.monotonic() - began, _cpu(member.process.pid) - used
            calls = max(1, round(cluster.asked().chats / jobs))
    known = replace(load, workers=1, calls=calls, cpu=used / jobs)
    told = capacity(known)
    return {
        "measured_jobs_an_hour": round(_HOUR * jobs / took, 1),
        "computed_jobs_an_hour": told.jobs_an_hour,
        "bound_by": told.bound_by,
        "calls": calls,
        "cpu": round(known.cpu, 3),
    }


def _done(http: httpx.Client, texts: list[str]) -> None:
    places = [http.post("/v1/verifications", json={"text": text}).headers["location"] for text in texts]
    for place in places:
        while http.get(place).json()["state"] in ("queued", "running"):
            time.sleep(0.1)


def _cpu(process: int) -> float:
    """Processor seconds that a process has used; Linux only."""
    told = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.capacity", description=__doc__)
    for one in fields(Load):
        kind = type(one.default)
        parser.add_argument(f"--{one.name.replace('_', '-')}", type=kind, default=one.default)
    parser.add_argument("--measure", type=int, metavar="JOBS", help="run so many on this machine")
    told = vars(parser.parse_args())
    jobs = told.pop("measure")
    load = Load(**told)
    if jobs:
        print(json.dumps(measure(load, jobs)))
        return
    found = capacity(load)
    print(json.dumps({**asdict(load), "bounds": found.bounds, "bound_by": found.bound_by}, indent=1))


if __name__ == "__main__":
    main()
