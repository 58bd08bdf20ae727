"""The tasks that run on a schedule."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

WATCH, REFRESH, EVALUATE, PRUNE = "watch", "refresh", "evaluate", "prune"
NAMES = (WATCH, REFRESH, EVALUATE, PRUNE)
# What the workflow of a time comes to that was not done, because it was over before anybody could begin.
TOO_LATE = "too late"


@dataclass(frozen=True)
class ScheduledTask:
    """A task that runs on a schedule. It may be cancelled and run again at any moment. Where it fails with an
    `IsnadError`, that is logged and it runs again at its next time."""

    name: str
    cron: str
    do: Callable[[], Awaitable[None]]
