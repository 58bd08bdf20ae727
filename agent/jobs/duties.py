"""What is done by the clock. Pure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

WATCH, REFRESH, EVALUATE = "watch", "refresh", "evaluate"
NAMES = (WATCH, REFRESH, EVALUATE)


@dataclass(frozen=True)
class Duty:
    """Something done by the clock. It may be broken off and begun again at any moment."""

    name: str
    cron: str
    do: Callable[[], Awaitable[None]]
