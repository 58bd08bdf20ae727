"""Where everything of a chain stands: columns by what somebody is, rows by time, one band a side.

No library does this: those that lay out graphs in layers choose layers and order themselves, to cross few lines,
and here both are given, the layers by who somebody is and the order by the clock. What is left to choose are the
places of sources and agencies, which stand at the mean height of what they told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from agent.chain import Chain, ChainLink, ChainNode, ChainRole, ChainSide, ChainWording
from agent.chain.records import COPYING
from agent.doors.render.chain.lettering import lines_of

MARGIN = 16.0
SIZE, SMALL = 13.0, 11.0
LINE, SMALL_LINE = 17.0, 14.0
PAD_X, PAD_Y = 10.0, 7.0
_GAP_X, _GAP_Y = 46.0, 10.0
_BAND, _BAND_HEAD, _BAND_GAP = 12.0, 24.0, 12.0
_DAY = 20.0
_HEAD = 22.0
_LEGEND = 24.0
_INDENT, _DEEPEST = 14.0, 3
_MOST_MARKS = 4


class ChainColumn(IntEnum):
    SOURCES = 0
    ROOTS = 1
    REPORTS = 2
    COPIES = 3


_WIDTHS = {
    ChainColumn.SOURCES: 154.0,
    ChainColumn.ROOTS: 130.0,
    ChainColumn.REPORTS: 206.0,
    ChainColumn.COPIES: 176.0,
}
_SOURCES = (ChainRole.PERSON, ChainRole.INSTITUTION, ChainRole.ANONYMOUS, ChainRole.GROUP)


@dataclass(frozen=True)
class NoteLine:
    """A line below a name; `marked`: not to be overlooked."""

    text: str
    marked: bool = False


@dataclass
class Box:
    """A node in its place; places are from the start of the line, whatever its direction."""

    node: ChainNode
    column: ChainColumn
    x: float
    width: float
    name: list[str]
    notes: list[NoteLine]
    y: float = 0.0

    @property
    def height(self) -> float:
        return 2 * PAD_Y + LINE * len(self.name) + SMALL_LINE * len(self.notes)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass
class DayMark:
    text: str
    y: float


@dataclass
class Band:
    """One side, from `top` over its `height`."""

    side: ChainSide
    title: str
    top: float
    height: float = 0.0
    days: list[DayMark] = field(default_factory=list)


@dataclass
class Picture:
    """`x` and `width` of the bands are the same for all; `headings` stand over their columns."""

    width: float
    height: float
    band_x: float
    band_width: float
    bands: list[Band]
    boxes: dict[str, Box]
    links: tuple[ChainLink, ...]
    headings: list[tuple[float, str]]
    legend: float


def place(chain: Chain, say: ChainWording) -> Picture:
    """Takes a time that grows with the nodes, which `collapsed` has bounded."""
    columns = {node.id: _column(node) for node in chain.nodes}
    present = sorted({*columns.values(), ChainColumn.REPORTS})
    starts = _starts(present)
    boxes = {node.id: _box(node, columns[node.id], starts, say) for node in chain.nodes}
    _indent(boxes, chain.links)
    end = starts[present[-1]] + _WIDTHS[present[-1]]
    top = MARGIN + _HEAD
    bands = []
    for side in ChainSide:
        mine = [box for box in boxes.values() if box.node.side is side]
        if mine:
            band = _band(side, mine, chain, say, top, end - starts[ChainColumn.REPORTS])
            bands.append(band)
            top = band.top + band.height + _BAND_GAP
    bottom = top - _BAND_GAP
    for column in (ChainColumn.ROOTS, ChainColumn.SOURCES):
        bottom = max(bottom, _stand_between(column, boxes, chain.links, MARGIN + _HEAD, bottom))
    return Picture(
        width=end + _BAND + MARGIN,
        height=bottom + _LEGEND + MARGIN,
        band_x=starts[ChainColumn.REPORTS] - _BAND,
        band_width=end + 2 * _BAND - starts[ChainColumn.REPORTS],
        bands=bands,
        boxes=boxes,
        links=chain.links,
        headings=[(starts[one], say.words(f"chain.column.{one.name.lower()}")) for one in present],
        legend=bottom + _LEGEND,
    )


def _column(node: ChainNode) -> ChainColumn:
    if node.role in _SOURCES:
        return ChainColumn.SOURCES
    if node.role is ChainRole.MORE:
        fields = {ChainRole.COPY: ChainColumn.COPIES, ChainRole.OUTLET: ChainColumn.REPORTS}
        return fields.get(node.stands_for or node.role, ChainColumn.SOURCES)
    if node.side is None:
        return ChainColumn.ROOTS
    return ChainColumn.COPIES if node.role is ChainRole.COPY else ChainColumn.REPORTS


def _starts(present: Sequence[ChainColumn]) -> dict[ChainColumn, float]:
    starts, x = {}, MARGIN
    for column in present:
        # The band begins before its first column.
        x += _BAND if column is ChainColumn.REPORTS else 0.0
        starts[column] = x
        x += _WIDTHS[column] + _GAP_X
    return starts


def _box(node: ChainNode, column: ChainColumn, starts: Mapping[ChainColumn, float], say: ChainWording) -> Box:
    room = _WIDTHS[column] - 2 * PAD_X
    size = SMALL if column is ChainColumn.COPIES else SIZE
    name = lines_of(say.name(node), room - 6, size, bold=column is not ChainColumn.COPIES)
    notes = [NoteLine(line) for note in _notes(node, column, say) for line in lines_of(note, room, SMALL)]
    # A line of these is not broken: what is too long for the frame ends there.
    notes += [NoteLine(mark, marked=True) for mark in say.marks(node)[:_MOST_MARKS]]
    return Box(node=node, column=column, x=starts[column], width=_WIDTHS[column], name=name, notes=notes)


def _notes(node: ChainNode, column: ChainColumn, say: ChainWording) -> Iterator[str]:
    """What stands below the name. The day of a report stands over it."""
    items = [say.role(node)]
    if column is ChainColumn.SOURCES and node.title:
        items = [say.title(node)]
    if column is ChainColumn.COPIES and node.role is not ChainRole.MORE:
        items.append(say.day(node) or say.words("chain.undated"))
    items += [say.standing(node), say.stances(node)]
    if line := " · ".join(filter(None, items)):
        yield line


def _indent(boxes: Mapping[str, Box], links: Iterable[ChainLink]) -> None:
    """A copy of a copy stands a little further in."""
    above = {link.target: link.source for link in links if link.bond in COPYING}
    for box in boxes.values():
        depth, parent = 0, above.get(box.node.id)
        while parent in above and depth < _DEEPEST and boxes[parent].column is ChainColumn.COPIES:
            depth, parent = depth + 1, above[parent]
        if box.column is ChainColumn.COPIES:
            box.x += depth * _INDENT
            box.width -= depth * _INDENT


def _band(side: ChainSide, mine: Sequence[Box], chain: Chain, say: ChainWording, top: float, room: float) -> Band:
    (title,) = lines_of(say.side(side, chain), room, SMALL + 1, most=1, bold=True)
    band = Band(side=side, title=title, top=top)
    copies = _copies(chain.links)
    known = {box.node.id: box for box in mine}
    reports = [box for box in mine if box.column is ChainColumn.REPORTS]
    under = {one for report in reports for one in _below(report.node.id, copies)}
    y, day = top + _BAND_HEAD, None
    for box in [*reports, *(one for one in mine if one.column is ChainColumn.COPIES and one.node.id not in under)]:
        result = _day(box, chain, say)
        if result and result != day:
            band.days.append(DayMark(text=result, y=y + _DAY - 6))
            y, day = y + _DAY, result
        box.y = y
        low = y
        for one in _below(box.node.id, copies):
            if one in known:
                known[one].y = low
                low += known[one].height + _GAP_Y / 2
        y = max(box.y + box.height, low - _GAP_Y / 2) + _GAP_Y
    band.height = y - _GAP_Y + _BAND - top
    return band


def _day(box: Box, chain: Chain, say: ChainWording) -> str:
    if box.node.role is ChainRole.MORE:
        return ""
    if box.node.published_at is None:
        return say.words("chain.undated")
    if box.node.role is ChainRole.ARTICLE:
        return say.day(box.node)
    return " · ".join(filter(None, (say.day(box.node), say.when(box.node, chain))))


def _copies(links: Iterable[ChainLink]) -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    for link in links:
        if link.bond in COPYING:
            below.setdefault(link.source, []).append(link.target)
    return below


def _below(node_id: str, copies: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Its copies and theirs, each once, as in a list."""
    seen, waiting = {node_id}, list(reversed(copies.get(node_id, ())))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one
            waiting += reversed(copies.get(one, ()))


def _stand_between(
    column: ChainColumn, boxes: Mapping[str, Box], links: Sequence[ChainLink], top: float, bottom: float
) -> float:
    """Each at the mean height of what it told, none over another; how far down they reach."""
    mine = [box for box in boxes.values() if box.column is column]
    if not mine:
        return bottom
    heights = {box.node.id: _mean_height(box, boxes, links, bottom) for box in mine}
    mine.sort(key=lambda box: (box.node.more, heights[box.node.id]))
    low = top
    for box in mine:
        box.y = max(low, heights[box.node.id] - box.height / 2)
        low = box.y + box.height + _GAP_Y
    room = max(bottom, top + sum(box.height + _GAP_Y for box in mine) - _GAP_Y)
    for box in reversed(mine):
        box.y = min(box.y, room - box.height)
        room = box.y - _GAP_Y
    return max(box.y + box.height for box in mine)


def _mean_height(box: Box, boxes: Mapping[str, Box], links: Sequence[ChainLink], otherwise: float) -> float:
    items = [boxes[link.target] for link in links if link.source == box.node.id and link.target in boxes]
    placed = [one.middle for one in items if one.y > 0]
    return sum(placed) / len(placed) if placed else otherwise
