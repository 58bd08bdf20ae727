"""A script: a Word document on standard input, its words on standard output as JSON. Run by `apart`."""

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

_MOST_MEMORY = 2_000_000_000
_UNIT = re.compile("(?:^|[\\W\\d])(?:[mck]?m|[mck]?م)$")
_POWER = re.compile(r"[×·*x]\s*10$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What the library says of a sign whose letter it does not know.
_NO_SYMBOL = "A w:sym element with an unsupported character"


class DocxLines:
    """The lines of a document: a paragraph each, and a row of a table each. What is left out is counted by its kind.

    What the author has struck through is not said any more. Notes stand apart from the text, and the digit that calls
    one would join the number before it.
    """

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.title: str | None = None

    def lines(self, element: object) -> Iterator[str | list[str]]:
        from mammoth import documents

        for child in getattr(element, "children", ()):
            if isinstance(child, documents.Paragraph):
                yield from self._paragraph(child)
            elif isinstance(child, documents.TableRow):
                yield [" ".join(" ".join(_flat(self.lines(cell))).split("\n")) for cell in child.children]
            else:
                yield from self.lines(child)

    def _paragraph(self, paragraph: object) -> Iterator[str]:
        text = ""
        for piece, is_raised in self._pieces(paragraph, False):
            text += self._raised(text, piece) if is_raised and piece.strip().isdecimal() else piece
        if self.title is None and (getattr(paragraph, "style_name", None) or "").casefold() == "title":
            self.title = " ".join(text.split()) or None
        for lines in re.split(r"\n\s*\n", text):
            if lines.strip():
                yield "\n".join(filter(None, (line.strip() for line in lines.split("\n"))))

    def _raised(self, before: str, digits: str) -> str:
        """Digits above the line: a power, the two of square metres, or what calls a note."""
        if _POWER.search(before):
            return f"^{digits.strip()}"
        if _UNIT.search(before):
            return digits.strip().translate(_RAISED)
        self.left_out["notes"] += 1
        return ""

    def _pieces(self, element: object, is_raised: bool) -> Iterator[tuple[str, bool]]:
        """Stretches of text, and whether each stands above the line."""
        from mammoth import documents

        match element:
            case documents.Text():
                yield re.sub(r"[\r\n]+", " ", element.value), is_raised
            case documents.Tab():
                yield "\t", False
            case documents.Break():
                # A line was broken within a paragraph; a page is begun with another.
                yield "\n" if element.break_type == "line" else "\n\n", False
            case documents.NoteReference():
                self.left_out["notes"] += 1
            case documents.CommentReference():
                self.left_out["comments"] += 1
            case documents.Image():
                self.left_out["pictures"] += 1
            case documents.Run(is_strikethrough=True):
                self.left_out["struck"] += 1
            case _:
                raised = is_raised or getattr(element, "vertical_alignment", "") == "superscript"
                for child in getattr(element, "children", ()):
                    yield from self._pieces(child, raised)


def _flat(lines: Iterable[str | list[str]]) -> Iterator[str]:
    for line in lines:
        yield from [line] if isinstance(line, str) else filter(None, line)


def words_of(data: bytes) -> dict[str, object]:
    from mammoth import docx

    words = DocxLines()
    read = docx.read(io.BytesIO(data))
    lines = list(words.lines(read.value))
    if unknown := sum(message.message.startswith(_NO_SYMBOL) for message in read.messages):
        words.left_out["symbols"] = unknown
    return {"lines": lines, "title": words.title, "left_out": words.left_out}


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows has no such bound
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def main() -> int:
    _bound_memory()
    sys.stdout.buffer.write(json.dumps(words_of(sys.stdin.buffer.read())).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
