"""Whether an endpoint turns everybody away, or a call now and then: what was told to one then holds for that one."""

from collections import deque

_REMEMBERED = 8


class LatestOutcomes:
    """Of the calls to one endpoint that came back with an answer or were told to wait."""

    def __init__(self) -> None:
        self._refused: deque[bool] = deque(maxlen=_REMEMBERED)

    def answered(self) -> None:
        self._refused.append(False)

    def refused(self) -> None:
        self._refused.append(True)

    @property
    def mostly_refused(self) -> bool:
        """Half of them and more."""
        return sum(self._refused) * 2 >= len(self._refused)
