"""One timed run in a process of its own: `python -m evals.bench.timed CLAIMS SHAPE`, settings from the environment.

A short article goes first, so that what is timed is a verifier at work; what the first one takes is told apart.
Nothing is imported here that the product does not import: the memory that is measured is its own.
"""

import asyncio
import resource
import sys
import time
from urllib.request import Request, urlopen

from pydantic import BaseModel

from agent.app import open_verifier
from agent.config import load_settings
from agent.models import FailureReason, Label
from evals.bench.stories import Shape, build_story


class Outcome(BaseModel):
    """What one timed run gave. `labels`: by the text of the claim, a label or the reason of a failure."""

    wall_seconds: float
    cpu_seconds: float
    opening_seconds: float
    first_seconds: float
    peak_mb: float
    labels: dict[str, Label | FailureReason]
    calls: int
    prompt_tokens: int


async def time_one(claims: int, shape: Shape) -> Outcome:
    """Verifies one story with the settings of the environment."""
    settings = load_settings()
    began = time.perf_counter()
    async with open_verifier(settings) as verifier:
        opened = time.perf_counter()
        await verifier.verify(build_story(1, shape, seed=0).article)
        warm = time.perf_counter()
        reset(settings.base_url or "")
        timed, used = time.perf_counter(), time.process_time()
        report = await verifier.verify(build_story(claims, shape).article)
        ended, used = time.perf_counter(), time.process_time() - used
    labels = {c.text: c.label or (c.failure.reason if c.failure else FailureReason.EMPTY) for c in report.claims}
    labels |= {f"unread {part.span.start}": part.failure.reason for part in report.unread}
    return Outcome(
        wall_seconds=ended - timed,
        cpu_seconds=used,
        opening_seconds=opened - began,
        first_seconds=warm - opened,
        peak_mb=megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss),
        labels=labels,
        calls=report.usage.calls,
        prompt_tokens=report.usage.prompt_tokens,
    )


def reset(url: str) -> None:
    """Only the article that is timed counts in the endpoint's figures."""
    urlopen(Request(url.removesuffix("/v1") + "/stats", method="DELETE"), timeout=10).close()


def megabytes(maxrss: int) -> float:
    """The peak memory that the system tells of a process."""
    # Linux counts kilobytes here, macOS bytes.
    return maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    told: Shape = "own" if sys.argv[2] == "own" else "shared"
    print(asyncio.run(time_one(int(sys.argv[1]), told)).model_dump_json())
