"""`make reliability`: every figure, one JSON line each; a promise that is not kept fails the command."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from evals.reliability.anyone_killed import anyone_killed
from evals.reliability.fetching import fetching
from evals.reliability.figure import Figure
from evals.reliability.firings import schedule_firings
from evals.reliability.fleet import run_fleet
from evals.reliability.kept import documents
from evals.reliability.killed import one_key, under_kills
from evals.reliability.orders import orders
from evals.reliability.outages import outages
from evals.reliability.poisoned import poisoned
from evals.reliability.receiving import receiving
from evals.reliability.sent import bad_inputs
from evals.reliability.service import run_service
from evals.reliability.speed import speed
from evals.reliability.troubled import troubled


def simulated(seed: int, *, long: bool) -> Iterator[Figure]:
    """One seed gives the same lines."""
    yield asyncio.run(troubled(seed, 40 if long else 3))
    yield fetching(seed, *((20, 25, 6) if long else (6, 8, 3)))
    yield asyncio.run(poisoned(seed, 20 if long else 2))
    yield asyncio.run(orders(seed, 10 if long else 2))


def embedded(seed: int, *, long: bool) -> Iterator[Figure]:
    """One process on SQLite."""
    with tempfile.TemporaryDirectory() as folder, run_service(Path(folder)) as service:
        yield one_key(seed, service)
        yield bad_inputs(seed, service.http, 3000 if long else 150)
        yield speed(seed, service, 500 if long else 60)
        yield documents(seed, service, *((40, 10) if long else (3, 1)))
        with receiving(Random(seed)) as receiver:
            yield from under_kills(seed, service, receiver, *((100, 10) if long else (10, 2)))


def shared(seed: int, *, long: bool) -> Iterator[Figure]:
    """Several processes on PostgreSQL and Chroma."""
    with tempfile.TemporaryDirectory() as folder, run_fleet(Path(folder)) as fleet:
        with receiving(Random(seed)) as receiver:
            killed = anyone_killed(seed, fleet, receiver, 20 if long else 8)
        if killed.broken:
            sys.stderr.writelines(f"{line}\n" for line in fleet.errors)
        yield killed
        yield outages(seed, fleet, 8 if long else 1)
        yield schedule_firings(seed, fleet.service.cluster, 60 if long else 5)


PARTS: dict[str, Callable[..., Iterator[Figure]]] = {"simulated": simulated, "embedded": embedded, "shared": shared}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.reliability", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these; all unless told")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--long", action="store_true", help="many more of everything")
    told = parser.parse_args()
    broken = []
    for part in told.parts or PARTS:
        for figure in PARTS[part](told.seed, long=told.long):
            print(figure.line, flush=True)
            broken += [f"{figure.name}: {name}" for name in figure.broken]
    if broken:
        sys.exit("promises not kept: " + ", ".join(broken))


if __name__ == "__main__":
    main()
