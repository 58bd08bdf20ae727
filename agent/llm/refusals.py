"""Whether an endpoint turns everybody away, or a call now and then: what was told to one then holds for that one."""

from collections import deque

_REMEMBERED = 8


class LatestOutcomes:
    """Which of the latest calls to an endpoint were answered, and which were told to wait."""

    def __init__(self) -> None:
        self._refused: deque[bool] = deque(maxlen=_REMEMBERED)

    def answered(self) -> None:
        self._refused.append(False)

    def refused(self) -> None:
        self._refused.append(True)

    @property
    def mostly_refused(self) -> bool:
        """Whether half of them or more were told to wait."""
        return sum(self._refused) * 2 >= len(self._refused)
