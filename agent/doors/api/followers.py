"""How many follow at once: each looks into the database several times a second, and costs its caller nothing."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from agent.doors.api.access import Reader
from agent.doors.api.problems import Refused

MOST_OF_ONE = 50
MOST = 200


class Followers:
    """Those of one process."""

    def __init__(self, most_of_one: int = MOST_OF_ONE, most: int = MOST) -> None:
        self._most_of_one = most_of_one
        self._most = most
        self._now: Counter[str] = Counter()

    def enter(self, owner: str) -> None:
        """Raises `Refused`."""
        if self._now[owner] >= self._most_of_one or self._now.total() >= self._most:
            raise Refused(
                429,
                f"{self._now[owner]} streams of this key are open here, of {self._now.total()} in all; "
                f"a key may have {self._most_of_one}, all together {self._most}. Ask for the state instead",
                kind="streams",
                headers={"Retry-After": "10"},
            )
        self._now[owner] += 1

    def leave(self, owner: str) -> None:
        self._now[owner] -= 1


async def _counted(asking: Reader, request: Request) -> AsyncIterator[None]:
    followers: Followers = request.app.state.followers
    followers.enter(asking.id)
    try:
        yield
    finally:
        followers.leave(asking.id)


Counted = Annotated[None, Depends(_counted)]
