"""Rows of the built-in embedder made short for the graph of neighbours: what its encoder says, in half the columns.

The nearest by short rows hold the nearest by whole ones among them, a few times as many being asked for: of the
twenty-four nearest .997 on public sets. A graph of whole rows takes six times the memory and the time.
"""

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PRINCIPAL_DIMENSION = 256
# Named with the rows that a store holds: others are not comparable with these.
PRINCIPAL_VERSION = "principal-1"


def shortened(rows: "npt.NDArray[np.float32]") -> "npt.NDArray[np.float32]":
    """Rows of the sentence encoder, of whatever length, in fewer columns and as long as these tell."""
    short: npt.NDArray[np.float32] = rows @ _columns()
    return short


@cache
def _columns() -> "npt.NDArray[np.float32]":
    import numpy as np

    with as_file(files("agent.coverage.embedding") / "principal.npy") as path:
        loaded: npt.NDArray[np.float32] = np.load(path, allow_pickle=False).astype(np.float32)
    return loaded
