"""How soon a verification is accepted and done by `isnad serve`, and what more of them it holds in memory."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from evals.bench.stories import build_story
from evals.reliability.figure import Figure
from evals.reliability.service import Service

_CLAIMS = 3
_LAPS = 10
_AT_ONCE = 4
_FEWEST_JOBS = 300


@dataclass(frozen=True)
class Took:
    """Seconds until a verification was accepted, and until whoever follows it is told that it is done."""

    accept: float
    end_to_end: float


def speed(seed: int, service: Service, jobs: int) -> Figure:
    """As many at once as are worked on, a tenth of them after another; after each the memory is looked at."""
    took: list[Took] = []
    held: list[float] = []
    each = jobs // _LAPS
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for lap in range(_LAPS):
            numbers = range(lap * each, (lap + 1) * each)
            took += pool.map(lambda number: _verified(service, seed, number), numbers)
            held.append(service.megabytes)
    accept, end_to_end = [one.accept for one in took], [one.end_to_end for one in took]
    told: dict[str, float | int | str | None] = {
        "posts": len(took),
        "accept_p50_s": _share(accept, 0.5),
        "accept_p99_s": _share(accept, 0.99),
        "end_to_end_p50_s": _share(end_to_end, 0.5),
        "end_to_end_p99_s": _share(end_to_end, 0.99),
        "megabytes": round(held[-1], 1),
        "megabytes_per_1000_jobs": _growth(held[_LAPS // 2 :], each),
    }
    return Figure("speed", seed, told)


def _growth(held: Sequence[float], each: int) -> float | None:
    """None of so few that what is loaded once is most of it."""
    return round(slope(held) * 1000 / each, 1) if each * _LAPS >= _FEWEST_JOBS else None


def slope(values: Sequence[float]) -> float:
    """Of the straight line that fits them best, per step."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    over = sum((place - middle) * (value - mean) for place, value in enumerate(values))
    return over / sum((place - middle) ** 2 for place in range(len(values)))


def _verified(service: Service, seed: int, number: int) -> Took:
    text = build_story(_CLAIMS, "own", seed=seed * 10_000 + number).article.text
    began = time.monotonic()
    job = service.posted(text)
    accept = time.monotonic() - began
    events = service.http.get(f"/v1/verifications/{job}/events").text if job is not None else ""
    if "event: run_finished" not in events:
        raise RuntimeError("a verification that nobody disturbed was not done")
    return Took(accept, time.monotonic() - began)


def _share(values: Sequence[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(share * len(values)))], 3)
