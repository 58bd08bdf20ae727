"""What is done by the clock. Pure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

WATCH, REFRESH, EVALUATE, PRUNE = "watch", "refresh", "evaluate", "prune"
NAMES = (WATCH, REFRESH, EVALUATE, PRUNE)
# What the workflow of a time comes to that was not done, because it was over before anybody could begin.
TOO_LATE = "too late"


@dataclass(frozen=True)
class ScheduledTask:
    """Something done by the clock. It may be broken off and begun again at any moment, and fails with an
    `IsnadError`: that is told, and the next time is another try."""

    name: str
    cron: str
    do: Callable[[], Awaitable[None]]
