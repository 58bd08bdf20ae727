"""One line on the terminal that tells where a run stands."""

from collections.abc import AsyncIterator
from contextlib import nullcontext

from rich.console import Console

from agent.events import (
    ArticleSplit,
    ClaimLabelled,
    ClaimsCollected,
    CoverageFound,
    Event,
    PartRead,
    RunFinished,
    RunStarted,
    WitnessHeard,
)
from agent.models import Usage


class RunTally:
    """Adds up the events of a run; `line` says it in words."""

    def __init__(self) -> None:
        self._step = "Starting"
        self._done = 0
        self._total = 0
        self._claims = 0
        self._failed = 0
        self._usage = Usage()

    def take(self, event: Event) -> None:
        match event:
            case RunStarted(resumed=True):
                self._step = "Resuming"
            case ArticleSplit():
                self._begin("Reading the article, part", event.parts)
            case ClaimsCollected():
                self._begin("Searching the coverage", 0)
                self._claims = event.claims
            case CoverageFound():
                self._usage += event.usage
                self._begin("Hearing the witnesses", event.hearings)
            case PartRead():
                self._claims += event.claims
                self._finish(event)
            case WitnessHeard():
                self._finish(event)
            case ClaimLabelled():
                self._label()

    @property
    def claims(self) -> int:
        return self._claims

    @property
    def line(self) -> str:
        steps = f"{self._step} {self._done}/{self._total}" if self._total else self._step
        told = [steps, f"{self._claims:,} claims"]
        if self._usage.calls:
            told.append(f"{self._usage.calls:,} model calls, {self._usage.tokens:,} tokens")
        if self._failed:
            told.append(f"{self._failed} failed")
        return " · ".join(told)

    def _begin(self, step: str, total: int) -> None:
        self._step, self._done, self._total = step, 0, total

    def _finish(self, event: PartRead | WitnessHeard) -> None:
        self._done += 1
        self._failed += event.failed
        self._usage += event.usage

    def _label(self) -> None:
        if self._step != "Labelling, claim":
            self._begin("Labelling, claim", self._claims)
        self._done += 1


async def shown(events: AsyncIterator[Event], console: Console | None = None) -> AsyncIterator[Event]:
    """Passes events on as they come; on a terminal the line is kept up to date and is gone before the last one."""
    console = console or Console(stderr=True, markup=False, highlight=False)
    tally = RunTally()
    status = console.status(tally.line) if console.is_terminal else None
    with status or nullcontext():
        async for event in events:
            tally.take(event)
            if status is not None:
                status.update(tally.line)
                if isinstance(event, RunFinished):
                    status.stop()
            yield event
