"""What the readers of office files have in common: lines of text, rows of tables, and what was left out."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from agent.models import Frozen

_NOTHING: Mapping[str, int] = MappingProxyType({})


class Written(Frozen):
    """The lines of a document: a paragraph each, and a row of a table each, which may come as its cells.

    `left_out` is counted by kind: notes, comments, pictures, struck, deletions, contents, edges, documents, symbols.
    `unseen` is what the document holds and hides, `equations` those that are no line of letters.
    """

    lines: tuple[str | tuple[str, ...], ...]
    title: str | None = None
    author: str | None = None
    left_out: Mapping[str, int] = _NOTHING
    unseen: tuple[str, ...] = ()
    equations: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        rows = (line if isinstance(line, str) else row_of(line) for line in self.lines)
        return "\n\n".join(row for row in rows if row)


def row_of(cells: Iterable[str]) -> str:
    """A row of a table as a line; two numbers side by side stay two."""
    row = ""
    for cell in filter(None, cells):
        between = ", " if row[-1:].isdecimal() and cell[:1].isdecimal() else " "
        row += between + cell if row else cell
    return row
