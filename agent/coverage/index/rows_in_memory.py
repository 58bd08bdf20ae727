"""Collections that are small enough to be compared row by row, held in memory: nothing can be missed there, and a
product with all of them takes no longer than the graph of neighbours, for many claims much less."""

from collections.abc import Iterable, Sequence
from threading import RLock
from typing import TYPE_CHECKING, TypeAlias, cast

from agent.coverage.index.both_rows import BothRows
from agent.coverage.index.packed import PackedRows
from agent.coverage.index.short import ShortRows
from agent.coverage.index.spaces import Spaces
from agent.coverage.index.vectors import Loaded, Rows, numbers_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Rows that are compared one by one.
ComparedRows: TypeAlias = Loaded | PackedRows

# Of whole rows; and of short ones, which are then compared whole as those are that the graph finds.
MOST_WHOLE, MOST_SHORT = 2000, 16_000


class RowsInMemory:
    """Nothing of a server is held, for others may write there. Blocking; safe for threads."""

    def __init__(self, spaces: Spaces, short: ShortRows | None, most_short: int = MOST_SHORT) -> None:
        self._spaces = spaces
        self._short = short
        self._most_short = most_short if short is not None else 0
        self._lock = RLock()
        self._whole: dict[str, Loaded] = {}
        self._both: dict[str, BothRows] = {}
        self._large: set[str] = set()

    def whole(self, name: str) -> Loaded | None:
        """All whole rows of a collection that has few."""
        self._load(name)
        return self._whole.get(name)

    def both(self, name: str) -> BothRows | None:
        """All rows, short and whole, of a collection that has more."""
        self._load(name)
        return self._both.get(name)

    def put(
        self,
        name: str,
        keys: Sequence[str],
        rows: "npt.NDArray[np.float32]",
        packed: "npt.NDArray[np.int8] | None",
    ) -> None:
        """What was written to a collection, as it stands there, and its whole rows where these stand beside it."""
        with self._lock:
            self._whole.pop(name, None)
            before = self._both.pop(name, None)
            if before is None or packed is None or before.size + len(keys) > self._most_short:
                return
            self._both[name] = before.with_rows(keys, rows, packed)

    def take_out(self, name: str, keys: Iterable[str]) -> None:
        with self._lock:
            before = self._both.get(name)
            after = None if before is None else before.without(keys)
            if after is None or after.size <= MOST_WHOLE:
                # As in another process, which finds no more than a few.
                self.forget(name)
            else:
                self._both[name] = after

    def rows(self, names: Iterable[str], keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """The whole rows under those of some keys that are held for collections, as far as these have been asked."""
        found: dict[str, Sequence[float]] = {}
        with self._lock:
            some = [self._both[name] for name in names if name in self._both]
        for one in some:
            found |= one.rows(key for key in keys if key not in found)
        return found

    def among(self, name: str, keys: Iterable[str]) -> "ComparedRows | None":
        """The rows under those of some keys that a collection has, where all of it is held."""
        if (whole := self.whole(name)) is not None:
            return whole.at(sorted(numbers_of(whole.keys, keys).values()))
        both = self.both(name)
        return None if both is None else both.whole.at(keys)

    def forget(self, name: str) -> None:
        with self._lock:
            self._whole.pop(name, None)
            self._both.pop(name, None)
            self._large.discard(name)

    def clear(self) -> None:
        with self._lock:
            self._whole.clear()
            self._both.clear()
            self._large.clear()

    def every(self, name: str) -> Loaded:
        """All rows of a collection, as they were given."""
        if self._short is not None:
            keys, rows = self._short.whole.read(self._keys(name))
            return Loaded.of(keys, rows)
        every = self._spaces.on(name, lambda one: one.get(include=["embeddings"]))
        return Loaded.of(every["ids"], cast("Rows", every["embeddings"]))

    def _load(self, name: str) -> None:
        with self._lock:
            known = name in self._whole or name in self._both or name in self._large
            if self._spaces.is_shared or known:
                return
            count = self._spaces.on(name, lambda one: one.count())
            if 0 < count <= MOST_WHOLE:
                self._whole[name] = self.every(name)
            elif self._short is not None and 0 < count <= self._most_short:
                self._both[name] = self._short.read(self._keys(name))
            elif count:
                self._large.add(name)

    def _keys(self, name: str) -> list[str]:
        return self._spaces.on(name, lambda one: one.get(include=[]))["ids"]
