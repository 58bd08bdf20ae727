"""A column of paragraphs of fixed width, each wrapped, ordered and aligned by its own direction."""

from rich.cells import cell_len
from rich.text import Text

from agent.doors.render.bidi import Base, LineOrder, base_direction, one_line, wrapped


class Column:
    """Collects paragraphs; `text` is what stands in it so far."""

    def __init__(self, width: int, order: LineOrder) -> None:
        self._width = width
        self._order = order
        self._lines: list[Text] = []

    @property
    def text(self) -> Text:
        return Text("\n").join(self._lines)

    def append(self, line: Text) -> None:
        """A line that is ready as it is."""
        self._lines.append(line)

    def add(self, text: str, style: str, *, base: Base | None = None, indent: int = 0, clean: bool = True) -> None:
        """A paragraph in one style. `clean=False` promises that its foreign parts went through `isolated`."""
        text = one_line(text) if clean else text
        direction = base or base_direction(text)
        room = max(self._width - indent, 1)
        for line in wrapped(text, room, self._order, direction):
            self._lines.append(Text(self._placed(line, direction, indent), style, no_wrap=True))

    def _placed(self, line: str, direction: Base, indent: int) -> str:
        """Right-to-left lines stand at the right edge on a screen; in a file, where width is nothing, at the left."""
        if direction == "L" or self._order is LineOrder.LOGICAL:
            return " " * indent + line
        return " " * max(self._width - indent - cell_len(line), 0) + line
