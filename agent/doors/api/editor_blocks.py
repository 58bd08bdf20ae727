"""Articles that come as the blocks of an editor: one text to verify, and the way back to each block.

Offsets within an HTML block count the characters of its text content, as `textContent` of the DOM has it: a page
finds the range by walking the text nodes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.coverage.intake.lines import between
from agent.coverage.intake.reader import read_lines
from agent.doors.api.markup import TextContent
from agent.jobs import BlockSegment
from agent.models import Frozen, Label, Report, Span
from agent.text.decode import storable

_BETWEEN_BLOCKS = "\n\n"
_SPACE = re.compile(r"\s")


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
class LaidOutBlocks:
    """Blocks laid out as one text."""

    text: str
    pieces: tuple[BlockSegment, ...]


def lay_out(blocks: Sequence[tuple[str, str, bool]]) -> LaidOutBlocks:
    """One text of all blocks, each given as its id, its content, and whether that is HTML."""
    parts: list[str] = []
    pieces: list[BlockSegment] = []
    at = 0
    for block, content, is_html in blocks:
        for number, run in enumerate(_runs(content) if is_html else [_WordRun(content, 0)]):
            between_blocks = _BETWEEN_BLOCKS if parts and number == 0 else ""
            parts += [between_blocks, storable(run.words)]
            at += len(between_blocks)
            if run.within is not None:
                pieces.append(BlockSegment(block=block, at=at, within=run.within, length=len(run.words)))
            at += len(run.words)
    return LaidOutBlocks("".join(parts), tuple(pieces))


@dataclass(frozen=True)
class _WordRun:
    """Words with their place in the text content of a block; None where they are not in it."""

    words: str
    within: int | None


def _runs(html: str) -> Iterator[_WordRun]:
    content = TextContent(html)
    before = ""
    for line in read_lines(content.root).lines:
        if before:
            yield _WordRun(before, None)
        for run in line.stripped:
            start = content.starts.get((run.node, run.tail)) if run.node is not None else None
            # One for one, so that places stay what they are.
            yield _WordRun(_SPACE.sub(" ", run.text), start + run.at if start is not None else None)
        before = between(line)


def spans_by_block(report: Report, pieces: Sequence[BlockSegment]) -> tuple[BlockSpans, ...]:
    """Every claim's place in the blocks, in the order of the blocks."""
    found: dict[str, list[BlockSpan]] = {piece.block: [] for piece in pieces}
    for finding in report.claims:
        for span in finding.spans:
            for block, part in _within(span, pieces):
                found[block].append(
                    BlockSpan(claim_id=finding.id, label=finding.label, start=part.start, end=part.end)
                )
    return tuple(BlockSpans(id=block, spans=tuple(spans)) for block, spans in found.items())


def _within(span: Span, pieces: Sequence[BlockSegment]) -> Iterator[tuple[str, Span]]:
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
