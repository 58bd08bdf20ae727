"""How far a run is, in numbers that only grow and a line of words."""

from agent.doors.tally import RunTally
from agent.events import CoverageFound, Event


class Steps:
    """Counts events. The total is told once it is known, which is when the witnesses are: it never changes then."""

    def __init__(self) -> None:
        self._tally = RunTally()
        self.done = 0
        self.total: int | None = None

    def take(self, event: Event) -> None:
        self._tally.take(event)
        self.done += 1
        if isinstance(event, CoverageFound):
            self.total = self.done + event.hearings + self._tally.claims

    @property
    def line(self) -> str:
        return self._tally.line
