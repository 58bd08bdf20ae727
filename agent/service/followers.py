"""How many follow at once, by whatever door: each looks into the database several times a second at no cost to its
caller."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from agent.errors import TooManyFollow

MOST_OF_ONE = 50
MOST = 200
RETRY_SECONDS = 10


class Followers:
    """Those of one process."""

    def __init__(self, most_of_one: int = MOST_OF_ONE, most: int = MOST) -> None:
        self._most_of_one = most_of_one
        self._most = most
        self._now: Counter[str] = Counter()

    @contextmanager
    def place(self, owner: str) -> Iterator[bool]:
        """Whether there is a place for one more; it is given back at the end."""
        free = self._now[owner] < self._most_of_one and self._now.total() < self._most
        self._now[owner] += free
        try:
            yield free
        finally:
            self._now[owner] -= free

    @contextmanager
    def counted(self, owner: str) -> Iterator[None]:
        """A place that is given back at the end; raises `TooManyFollow` where there is none."""
        with self.place(owner) as free:
            if not free:
                raise self.refusal(owner)
            yield

    def of(self, owner: str) -> int:
        """How many places are taken by one key."""
        return self._now[owner]

    def refusal(self, owner: str) -> TooManyFollow:
        """What is told where there is none."""
        return TooManyFollow(
            f"{self.of(owner)} streams of this key are open here, of {self._now.total()} in all; "
            f"a key may have {self._most_of_one}, all together {self._most}. Ask for the state instead",
            RETRY_SECONDS,
        )
