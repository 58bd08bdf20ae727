"""What filling and asking cost as a store grows: `python -m evals.bench.growth [--minutes M] [--figure FILE]`.

One store is filled from 1,000 passages to a million, and asked at every step for one claim and for twenty of one
article; with drawn vectors (`evals.bench.drawn`), for the encoder costs the same whatever the size. A step that would
not be done in the time left, at the rate of the one before it, is not begun, and that is said. *slope* is how many
times the cost is multiplied where the size is, as a power: 0 does not grow, 1 grows as the store does. The figure has
both on logarithmic scales.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from math import log, log10
from pathlib import Path

from pydantic import BaseModel

from agent.config import Settings
from agent.coverage.archive import open_coverage
from evals.bench.drawn import DrawnEmbedder
from evals.bench.store_parts import Outcome, ask, ask_many, documents, peak_mb

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)

_DOCUMENTS_AT_ONCE = 5_000
_WIDTH, _HEIGHT, _MARGIN = 640, 400, 60
_COLOURS = ("#1b6ca8", "#b5541c", "#3d7a3d", "#7a3d7a")


class Step(BaseModel):
    """Costs at one size. `fill_ms` is processor time a passage since the step before, embedding included."""

    passages: int
    fill_ms: float
    fill_rate: float
    fill_mb: float
    ask_ms: float
    ask_p50_ms: float
    ask_20_ms: float
    ask_mb: float
    ready_s: float


Measure = Callable[[Step], float]
_LINES: dict[str, Measure] = {
    "fill, CPU ms a passage": lambda step: step.fill_ms,
    "ask, CPU ms": lambda step: step.ask_ms,
    "ask 20 claims, CPU ms": lambda step: step.ask_20_ms,
    "ask, peak MB": lambda step: step.ask_mb,
}


def grow(passages: int, folder: Path) -> Outcome:
    """Adds to a store what it has not of so many passages; rates are those of what was added."""
    seconds = used = 0.0
    with open_coverage(Settings(data_dir=folder), DrawnEmbedder()) as coverage:
        had = coverage.stats()
        every = islice(documents(passages), had.documents, None)
        while some := list(islice(every, _DOCUMENTS_AT_ONCE)):
            began, busy = time.perf_counter(), time.process_time()
            asyncio.run(coverage.add(some))
            seconds, used = seconds + time.perf_counter() - began, used + time.process_time() - busy
        added = max(coverage.stats().passages - had.passages, 1)
    return Outcome(what="grow", passages=added, seconds=seconds, cpu_ms=1000 * used / added, peak_mb=peak_mb())


_PARTS: dict[str, Callable[[int, Path], Outcome]] = {"grow": grow, "ask": ask, "ask-20": ask_many}


def step(passages: int, folder: Path) -> Step:
    filled, one, many = (_child(part, passages, folder) for part in _PARTS)
    return Step(
        passages=passages,
        fill_ms=filled.cpu_ms,
        fill_rate=filled.passages / filled.seconds,
        fill_mb=filled.peak_mb,
        ask_ms=one.cpu_ms,
        ask_p50_ms=one.p50_ms,
        ask_20_ms=many.cpu_ms,
        ask_mb=one.peak_mb,
        ready_s=one.seconds,
    )


def _child(part: str, passages: int, folder: Path) -> Outcome:
    command = [sys.executable, "-m", __spec__.name, "--part", part, "--most", str(passages), "--in", str(folder)]
    environment = os.environ | {"BENCH_EMBEDDER": "drawn"}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ran.returncode}:\n{ran.stderr[-3000:]}")
    return Outcome.model_validate_json(ran.stdout.splitlines()[-1])


def run(sizes: Sequence[int], minutes: float, folder: Path) -> list[Step]:
    ends = time.monotonic() + 60 * minutes
    steps: list[Step] = []
    for size in sizes:
        left, more = ends - time.monotonic(), size - (steps[-1].passages if steps else 0)
        if steps and more / steps[-1].fill_rate > left:
            print(f"{size:,} passages would take {more / steps[-1].fill_rate / 60:.0f} minutes: not begun")
            break
        steps.append(step(size, folder))
        print(steps[-1].model_dump_json(), flush=True)
    return steps


def slope(steps: Sequence[Step], measure: Measure) -> float:
    """By how much the cost grows from the first step to the last, as a power of the size."""
    first, last = steps[0], steps[-1]
    return log(measure(last) / measure(first)) / log(last.passages / first.passages)


def figure(steps: Sequence[Step]) -> str:
    """The steps as a picture in SVG, both axes logarithmic."""
    values = [measure(one) for measure in _LINES.values() for one in steps]
    lowest, highest = log10(min(values)), log10(max(values))
    left, right = log10(steps[0].passages), log10(steps[-1].passages)

    def x(passages: int) -> float:
        return _MARGIN + (log10(passages) - left) / (right - left) * (_WIDTH - 2 * _MARGIN)

    def y(value: float) -> float:
        return _HEIGHT - _MARGIN - (log10(value) - lowest) / (highest - lowest) * (_HEIGHT - 2 * _MARGIN)

    drawn = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"']
    drawn[0] += ' font-size="12"><rect width="100%" height="100%" fill="white"/>'
    for one in steps:
        drawn.append(
            f'<text x="{x(one.passages):.0f}" y="{_HEIGHT - 30}" text-anchor="middle">{one.passages:,}</text>'
        )
    for number, (name, measure) in enumerate(_LINES.items()):
        points = " ".join(f"{x(one.passages):.1f},{y(measure(one)):.1f}" for one in steps)
        colour, last = _COLOURS[number], measure(steps[-1])
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn.append(
            f'<text x="{_MARGIN}" y="{18 + 14 * number}" fill="{colour}">{name}: '
            f"{measure(steps[0]):.3g} to {last:.3g}, slope {slope(steps, measure):.2f}</text>"
        )
    return "\n".join([*drawn, "</svg>", ""])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.growth", description=__doc__)
    parser.add_argument("--minutes", type=float, default=40, help="no step is begun that would end later")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="passages of the last step")
    parser.add_argument("--figure", type=Path, help="where the picture is written")
    parser.add_argument("--in", dest="folder", type=Path, help="where the store is left, and taken up again")
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.part:
        print(_PARTS[options.part](options.most, options.folder).model_dump_json())
        return
    with tempfile.TemporaryDirectory(prefix="isnad-growth-") as empty:
        sizes = [size for size in SIZES if size <= options.most]
        steps = run(sizes, options.minutes, options.folder or Path(empty))
    if len(steps) > 1:
        print(json.dumps({"slopes": {name: round(slope(steps, measure), 2) for name, measure in _LINES.items()}}))
        if options.figure:
            options.figure.write_text(figure(steps))


if __name__ == "__main__":
    main()
