"""The words of all past claims in memory, so that a search reads what came since the last one, and not everything."""

from array import array
from collections import defaultdict
from collections.abc import Collection
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import select

from agent.coverage.index.words import words
from agent.storage import Connection, Database, given, given_list, slices
from agent.storage.tables.reports import claims, keys, versions

_READ_AT_ONCE = 10_000
_row = versions.c.rowid
_NEWEST = select(_row, versions.c.run_id).order_by(_row.desc()).limit(1)
_CAME = (
    select(keys.c.key, keys.c.text)
    .distinct()
    .select_from(versions)
    .join(claims, claims.c.run_id == versions.c.run_id)
    .join(keys, keys.c.key == claims.c.key)
    .where(_row > given("after"))
)
_AT = select(versions.c.run_id).where(_row == given("number"))
_TEXTS = select(keys.c.key, keys.c.text).where(keys.c.key > given("after")).order_by(keys.c.key).limit(_READ_AT_ONCE)
_THERE = select(keys.c.key).where(keys.c.key.in_(given_list("keys")))
_known: "WeakKeyDictionary[Database, ClaimWords]" = WeakKeyDictionary()
_making = Lock()


class ClaimWords:
    """Which claims hold which words, as both are folded: about 200 bytes a claim. Blocking; safe for threads.

    Claims come with versions of reports, which are numbered in the order of their coming. What was deleted stays here
    and is left out where it is asked for.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._keys: list[str] = []
        self._seen: set[str] = set()
        self._holders: dict[str, array[int]] = defaultdict(lambda: array("i"))
        self._newest: tuple[int, str] | None = None

    def holding(self, database: Database, asked: Collection[str], least: float) -> list[str]:
        """The keys of the claims that hold this part of some words or more, those that hold most of them first."""
        with self._lock, database.reading() as connection:
            self._follow(connection)
            holders = [np.frombuffer(self._holders[word], np.intc) for word in asked if word in self._holders]
            if not holders:
                return []
            held = np.bincount(np.concatenate(holders), minlength=len(self._keys))
            numbers = np.flatnonzero(held >= least * len(asked))
            found = {self._keys[number]: int(held[number]) for number in numbers.tolist()}
            there = _known_of(connection, list(found))
        return sorted(there, key=lambda key: (-found[key], key))

    def _follow(self, connection: Connection) -> None:
        newest = connection.execute(_NEWEST).fetchone()
        if newest is None or tuple(newest) == self._newest:
            return
        if self._newest is not None and self._still_stands(connection, *self._newest):
            self._add(connection.execute(_CAME, {"after": self._newest[0]}).fetchall())
        else:
            self._read_all(connection)
        self._newest = tuple(newest)

    def _still_stands(self, connection: Connection, number: int, run_id: str) -> bool:
        """Where the last ones were deleted, what came after them may have their numbers."""
        row = connection.execute(_AT, {"number": number}).fetchone()
        return row is not None and row[0] == run_id

    def _read_all(self, connection: Connection) -> None:
        some: list[tuple[str, str]] = [("", "")]
        while some:
            some = connection.execute(_TEXTS, {"after": some[-1][0]}).fetchall()
            self._add(some)

    def _add(self, texts: Collection[tuple[str, str]]) -> None:
        for key, text in texts:
            if key in self._seen:
                continue
            self._seen.add(key)
            for word in set(words(text)):
                self._holders[word].append(len(self._keys))
            self._keys.append(key)


def words_of_claims(database: Database) -> ClaimWords:
    """The one of these reports, for as long as they are open."""
    with _making:
        return _known.setdefault(database, ClaimWords())


def _known_of(connection: Connection, keys: Collection[str]) -> list[str]:
    found: list[str] = []
    for some in slices(sorted(keys)):
        found += [row[0] for row in connection.execute(_THERE, {"keys": some}).fetchall()]
    return found
