"""How long a call may be silent before another is sent beside it: far longer than others took that were answered."""

import asyncio
from collections import deque
from statistics import median

_REMEMBERED, _FEWEST = 64, 3
# A queue in front of a model that answers one after the other is no hang: who waits there sees others answered after
# ever longer waits.
_TIMES_THE_LONGEST, _TIMES_THE_MIDDLE = 2.0, 4.0
_SHORTEST_SECONDS = 2.0
_LOOK_SECONDS = 0.25


class FirstWordWaits:
    """What the calls to one endpoint took until their first word."""

    def __init__(self) -> None:
        self._waits: deque[float] = deque(maxlen=_REMEMBERED)

    def spoke_after(self, seconds: float) -> None:
        """Remembers the seconds that a call took until its first word."""
        self._waits.append(seconds)

    @property
    def seconds(self) -> float | None:
        """None as long as too few have been answered to tell."""
        if len(self._waits) < _FEWEST:
            return None
        longest, middle = max(self._waits), median(self._waits)
        return max(_SHORTEST_SECONDS, _TIMES_THE_LONGEST * longest, _TIMES_THE_MIDDLE * middle)


class Silence:
    """The silence of one call; `is_long` is done once it has lasted longer than the waits."""

    def __init__(self, waits: FirstWordWaits) -> None:
        self._waits = waits
        self._loop = asyncio.get_running_loop()
        self._began: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.is_long: asyncio.Future[None] = self._loop.create_future()

    def begins(self) -> None:
        self._began = self._loop.time()
        self._look()

    def breaks(self) -> None:
        """With the first word; what comes after it changes nothing."""
        if self._began is not None:
            self._waits.spoke_after(self._loop.time() - self._began)
        self.ends()

    def ends(self) -> None:
        """With or without a word."""
        self._began = None
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        """Now and again: what the others take may come to be known only later."""
        seconds = self._waits.seconds
        if seconds is None or self._began is None or self._loop.time() < self._began + seconds:
            self._timer = self._loop.call_later(_LOOK_SECONDS, self._look)
        elif not self.is_long.done():
            self.is_long.set_result(None)
