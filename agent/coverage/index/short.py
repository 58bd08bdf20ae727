"""Short rows for the graph of neighbours, and whole ones beside it that settle what is nearest."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from agent.coverage.embedding.embed import Traits
from agent.coverage.embedding.principal import PRINCIPAL_DIMENSION, PRINCIPAL_VERSION, shortened
from agent.coverage.index.both_rows import BothRows
from agent.coverage.index.rows import WholeRows, unpacked
from agent.coverage.index.vectors import AnyRows, Loaded, Near, Rows, matrix_of, nearest_of, part_of, unit

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class ShortRows:
    """Short rows for the graph of neighbours, of `columns` of whole ones, which stand beside it."""

    version = PRINCIPAL_VERSION

    def __init__(self, whole: WholeRows, columns: slice | None) -> None:
        self.whole = whole
        self._columns = columns

    @classmethod
    def of(cls, whole: WholeRows, traits: Traits) -> "ShortRows | None":
        """None for an embedder whose rows stand in the index as they are."""
        return cls(whole, traits.across) if traits.shortened else None

    def made(self, rows: AnyRows) -> "npt.NDArray[np.float32]":
        return shortened(part_of(matrix_of(rows), self._columns))

    def read(self, keys: Iterable[str]) -> BothRows:
        """What stands under the known ones of some keys."""
        import numpy as np

        wanted = sorted(set(keys))
        known: list[str] = []
        short = np.zeros((len(wanted), PRINCIPAL_DIMENSION), np.float32)
        whole = np.zeros((len(wanted), 0), np.int8)
        # Into their place at once: twice all of them is more memory than a search takes.
        for some, packed in self.whole.packed_in_parts(wanted):
            if not known:
                whole = np.zeros((len(wanted), packed.shape[1]), np.int8)
            place = slice(len(known), len(known) + len(some))
            short[place], whole[place] = unit(self.made(unpacked(packed))), packed
            known += some
        return BothRows.beside(Loaded(tuple(known), short[: len(known)]), whole[: len(known)])

    def settled(
        self, rows: Rows, near: Sequence[Sequence[str]], limit: int, columns: slice | None
    ) -> list[list[Near]]:
        """For every row the nearest of the keys that were found near to it, now compared whole."""
        import numpy as np

        asked = part_of(matrix_of(rows), columns)
        keys, products = list[str](), []
        for known, whole in self.whole.read_in_parts({key for some in near for key in some}):
            keys += known
            products.append(asked @ (part_of(whole, columns) if columns else whole).T)
        if not keys:
            return [[] for _ in rows]
        at = {key: number for number, key in enumerate(keys)}
        among = [[at[key] for key in some if key in at] for some in near]
        return nearest_of(keys, np.concatenate(products, axis=1), among, limit)
