"""What was worked out of a store, such as how much it holds: it stands until the store is written to."""

import secrets
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from agent.storage import Database

_MOST = 4096

T = TypeVar("T")


class EditionCache:
    """Asks the store which edition it is, and so sees what other processes write. Blocking; safe for threads."""

    def __init__(self, database: Database, name: str = "edition") -> None:
        self._database = database
        self._name = name
        self._known: tuple[str | None, dict[Hashable, object]] = None, {}

    def get(self, name: Hashable, make: Callable[[], T]) -> T:
        """What stands under a name in this edition; made when nothing does."""
        edition = self._database.fact(self._name)
        known_of, known = self._known
        if known_of != edition or len(known) >= _MOST:
            known = {}
            self._known = edition, known
        if name not in known:
            known[name] = make()
        return cast("T", known[name])

    def renew(self) -> None:
        """Within the transaction of whatever is written, before it reads what it has written."""
        # Drawn, and not counted: what is undone leaves a number behind that nothing has again.
        self._database.learn(**{self._name: secrets.token_hex(8)})
