"""Collections that are small enough to be compared row by row, held in memory: nothing can be missed there, and a
product with all of them takes no longer than the graph of neighbours, for many claims much less."""

from collections.abc import Iterable, Sequence
from threading import RLock
from typing import TYPE_CHECKING, cast

from agent.coverage.index.short import ShortRows
from agent.coverage.index.spaces import Spaces
from agent.coverage.index.vectors import Loaded, Rows

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

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
        self._shortened: dict[str, Loaded] = {}
        self._large: set[str] = set()

    def whole(self, name: str) -> Loaded | None:
        """All whole rows of a collection that has few."""
        self._load(name)
        return self._whole.get(name)

    def shortened(self, name: str) -> Loaded | None:
        """All short rows of a collection that has more."""
        self._load(name)
        return self._shortened.get(name)

    def put(self, name: str, keys: Sequence[str], rows: "npt.NDArray[np.float32]") -> None:
        """What was written to a collection, as it stands there."""
        with self._lock:
            self._whole.pop(name, None)
            before = self._shortened.pop(name, None)
            if before is not None and (after := before.with_rows(keys, rows)).size <= self._most_short:
                self._shortened[name] = after

    def take_out(self, name: str, keys: Iterable[str]) -> None:
        with self._lock:
            before = self._shortened.get(name)
            if before is None:
                self.forget(name)
            else:
                self._shortened[name] = before.without(keys)

    def forget(self, name: str) -> None:
        with self._lock:
            self._whole.pop(name, None)
            self._shortened.pop(name, None)
            self._large.discard(name)

    def clear(self) -> None:
        with self._lock:
            self._whole.clear()
            self._shortened.clear()
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
            known = name in self._whole or name in self._shortened or name in self._large
            if self._spaces.is_shared or known:
                return
            count = self._spaces.on(name, lambda one: one.count())
            if 0 < count <= MOST_WHOLE:
                self._whole[name] = self.every(name)
            elif self._short is not None and 0 < count <= self._most_short:
                self._shortened[name] = Loaded.of(*self._short.read(self._keys(name)))
            elif count:
                self._large.add(name)

    def _keys(self, name: str) -> list[str]:
        return self._spaces.on(name, lambda one: one.get(include=[]))["ids"]
