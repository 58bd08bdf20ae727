"""Articles that come as the blocks of an editor: one text to verify, and the way back to each block.

Offsets within an HTML block count the characters of its text content, as `textContent` of the DOM has it: a page
finds the range by walking the text nodes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from agent.decode import storable
from agent.jobs import Piece
from agent.models import Frozen, Label, Report, Span

_BETWEEN_BLOCKS = "\n\n"
_UNSEEN = frozenset({"script", "style", "template", "noscript", "title"})
_BREAKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main "
    "nav ol p pre section table td th tr ul".split()
)


class BlockSpan(Frozen):
    """Where a claim stands in one block; half open, in Unicode code points."""

    claim_id: str
    label: Label | None
    start: int
    end: int


class BlockSpans(Frozen):
    id: str
    spans: tuple[BlockSpan, ...]


@dataclass(frozen=True)
class Laid:
    """Blocks laid out as one text."""

    text: str
    pieces: tuple[Piece, ...]


class TextContent(HTMLParser):
    """Runs of visible text with their place in the text content; `broken` tells where a line ends before a run."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[tuple[int, str, bool]] = []
        self._at = 0
        self._unseen = 0
        self._broken = False
        self.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
        self.close()

    # What is begun and never ended reaches to the end, as browsers have it. The parser of the standard library takes
    # such a beginning for text and looks for its end again after every character of it: minutes for a hostile block.
    def parse_starttag(self, i: int) -> int:
        return self._or_rest(super().parse_starttag(i))

    def parse_endtag(self, i: int) -> int:
        return self._or_rest(super().parse_endtag(i))

    def parse_comment(self, i: int, report: bool = True) -> int:
        return self._or_rest(super().parse_comment(i, report))

    def parse_pi(self, i: int) -> int:
        return self._or_rest(super().parse_pi(i))

    def parse_html_declaration(self, i: int) -> int:
        return self._or_rest(super().parse_html_declaration(i))

    def _or_rest(self, end: int) -> int:
        return end if end >= 0 else len(self.rawdata)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._broken |= tag in _BREAKS

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._broken |= tag in _BREAKS

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.runs.append((self._at, data, self._broken))
            self._broken = False
        self._at += len(data)


def lay_out(blocks: Sequence[tuple[str, str, bool]]) -> Laid:
    """One text of all blocks, each given as its id, its content, and whether that is HTML."""
    text, pieces = "", []
    for block, content, is_html in blocks:
        runs = TextContent(content).runs if is_html else [(0, content, False)]
        first = True
        for within, words, broken in runs:
            text += (_BETWEEN_BLOCKS if text else "") if first else "\n" * broken
            pieces.append(Piece(block=block, at=len(text), within=within, length=len(words)))
            text += storable(words)
            first = False
    return Laid(text, tuple(pieces))


def spans_by_block(report: Report, pieces: Sequence[Piece]) -> tuple[BlockSpans, ...]:
    """Every claim's place in the blocks, in the order of the blocks."""
    found: dict[str, list[BlockSpan]] = {piece.block: [] for piece in pieces}
    for finding in report.claims:
        for span in finding.spans:
            for block, part in _within(span, pieces):
                found[block].append(
                    BlockSpan(claim_id=finding.id, label=finding.label, start=part.start, end=part.end)
                )
    return tuple(BlockSpans(id=block, spans=tuple(spans)) for block, spans in found.items())


def _within(span: Span, pieces: Sequence[Piece]) -> Iterator[tuple[str, Span]]:
    """The stretches of blocks under a span; those that touch are one."""
    open_: tuple[str, Span] | None = None
    for piece in pieces:
        start, end = max(span.start, piece.at), min(span.end, piece.at + piece.length)
        if start >= end:
            continue
        part = Span(start=piece.within + start - piece.at, end=piece.within + end - piece.at)
        if open_ is not None and open_[0] == piece.block and open_[1].end == part.start:
            open_ = piece.block, Span(start=open_[1].start, end=part.end)
            continue
        if open_ is not None:
            yield open_
        open_ = piece.block, part
    if open_ is not None:
        yield open_
