"""A run as a page shows it while it goes on: its steps, how far each is, and one line that says so."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter

from agent.events import (
    ArticleSplit,
    ClaimLabelled,
    ClaimsCollected,
    CoverageFound,
    Event,
    Gathering,
    PartRead,
    RunFinished,
    RunStarted,
    WitnessHeard,
)
from agent.jobs import JobEvent

Step = Literal["waiting", "gathering", "reading", "searching", "hearing", "done"]
STEPS: tuple[Step, ...] = ("reading", "searching", "hearing")
_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def read_event(job_event: JobEvent) -> Event | None:
    """None for the last one: it tells the outcome in place of the report."""
    if job_event.type == "run_finished":
        return None
    return _EVENT.validate_python(json.loads(job_event.data) | {"type": job_event.type})


@dataclass
class RunProgress:
    """Adds up the events of a run. `done` of `total` are parts that were read, or witnesses that were heard."""

    step: Step = "waiting"
    resumed: bool = False
    done: int = 0
    total: int = 0
    claims: int = 0
    origins: int = 0
    failed: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    gathered: Gathering | None = None

    def take(self, event: Event | None) -> None:
        """Without an event the run is over, and its report is kept."""
        match event:
            case Gathering():
                self._begin("gathering", event.new)
                self.done, self.gathered = event.fetched, event
            case RunStarted():
                self._begin("reading", 0)
                self.resumed = event.resumed
                self.claims = self.origins = self.failed = 0
                self.labels.clear()
            case ArticleSplit():
                self._begin("reading", event.parts)
            case PartRead() | WitnessHeard():
                self.done += 1
                self.failed += event.failed
                self.claims += event.claims if isinstance(event, PartRead) else 0
            case ClaimsCollected():
                self._begin("searching", 0)
                self.claims = event.claims
            case CoverageFound():
                self._begin("hearing", event.hearings)
                self.origins = event.origins
            case ClaimLabelled():
                self.labels[event.label.value if event.label else "failed"] += 1
            case RunFinished() | None:
                self._begin("done", 0)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Those of this run: coverage is looked for only where that was asked for."""
        return STEPS if self.gathered is None else ("gathering", *STEPS)

    @property
    def percent(self) -> int:
        """How much of the way is done; each step is taken to be as long as any other."""
        if self.step == "done":
            return 100
        if self.step == "waiting":
            return 0
        within = min(self.done / self.total, 1.0) if self.total else 0.0
        return round((self.steps.index(self.step) + within) / len(self.steps) * 100)

    def stands(self, step: Step) -> Literal["done", "now", "later"]:
        order = ("waiting", *self.steps, "done")
        here, there = order.index(self.step), order.index(step)
        return "now" if here == there else "done" if here > there else "later"

    def _begin(self, step: Step, total: int) -> None:
        self.step, self.done, self.total = step, 0, total
