"""Where a run stands, in one line of words: for every door that has a line for it."""

from agent.events import (
    ArticleSplit,
    ClaimLabelled,
    ClaimsCollected,
    CoverageFound,
    Event,
    Gathering,
    PartRead,
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
        self._gathering: Gathering | None = None

    def take(self, event: Event) -> None:
        match event:
            case Gathering():
                self._gather(event)
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
        if self._gathering is not None:
            return gathering_line(self._gathering)
        steps = f"{self._step} {self._done}/{self._total}" if self._total else self._step
        value = [steps, f"{self._claims:,} claims"]
        if self._usage.calls:
            value.append(f"{self._usage.calls:,} model calls, {self._usage.tokens:,} tokens")
        if self._failed:
            value.append(f"{self._failed} failed")
        return " · ".join(value)

    def _gather(self, event: Gathering) -> None:
        self._gathering = None if event.done else event
        if event.done:
            self._usage += event.usage

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


def gathering_line(gathering: Gathering) -> str:
    """ "3 sources asked, 41 found, 18 new, 15 fetched, 12 added, 3 refused by robots": what is none is left out, but
    the first."""
    asked = sum(one.answered > 0 or one.trouble is not None for one in gathering.sources)
    counts = (
        ("found", gathering.found),
        ("new", gathering.new),
        ("fetched", gathering.fetched),
        ("added", gathering.added),
        ("refused by robots", gathering.robots),
        ("not fetched on principle", gathering.refused),
        ("not to be had", gathering.failed),
    )
    named = [f"{count:,} {what}" for what, count in counts if count or what == "found"]
    return ", ".join([f"{asked} of {len(gathering.sources)} sources asked", *named])
