"""Where the lines of a page stand: in which elements, how much of them is links, and how much each element holds."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from agent.coverage.intake.lines import MarkupLine

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


T = TypeVar("T")


class PlacesOnPage:
    """Of one page. Lengths are of the words that a reader sees."""

    def __init__(self, root: "Element", lines: Sequence[MarkupLine]) -> None:
        self.root = root
        self.order: list[Element] = list(root.iter())
        self.parent: dict[Element, Element] = {child: one for one in self.order for child in one}
        self._number = {one: number for number, one in enumerate(self.order)}
        self._after = self._ends()
        self._links = self.within(one for one in self.order if _is_link(one))
        own: dict[Element, int] = defaultdict(int)
        linked: dict[Element, int] = defaultdict(int)
        for line in lines:
            for element, length in self._held(line):
                own[element] += length
                linked[element] += length if element in self._links else 0
        self._length, self._linked = self._sums(own), self._sums(linked)
        self._link_count = self._sums({one: 1 for one in self.order if _is_link(one) and self._length[one]})
        self._lines = sorted(lines, key=lambda line: self._number[self.element_of(line)])
        self._numbers = [self._number[self.element_of(line)] for line in self._lines]

    def element_of(self, line: MarkupLine) -> "Element":
        """The innermost element that a line stands in."""
        return next((element for element, _ in self._held(line)), self.root)

    def stands_alone(self, line: MarkupLine) -> bool:
        """Whether nothing but this line stands in its element."""
        return all(one is line for one in self.lines_in(self.element_of(line)))

    def linked_share(self, line: MarkupLine) -> float:
        held = list(self._held(line))
        return sum(length for element, length in held if element in self._links) / max(1, sum(n for _, n in held))

    def length(self, element: "Element") -> int:
        return self._length[element]

    def linked_share_of(self, element: "Element") -> float:
        return self._linked[element] / max(1, self._length[element])

    def links_in(self, element: "Element") -> int:
        """How many links with words in them there are."""
        return self._link_count[element]

    def above(self, element: "Element") -> Iterator["Element"]:
        """An element and all that it stands in, innermost first."""
        while True:
            yield element
            if element not in self.parent:
                return
            element = self.parent[element]

    def following(self, element: "Element") -> Iterator["Element"]:
        """What stands behind an element in the same one."""
        above = self.parent.get(element)
        number = self._after[element]
        while number < len(self.order) and self.parent.get(self.order[number]) is above:
            yield self.order[number]
            number = self._after[self.order[number]]

    def handed_down(self, of: Callable[["Element", T | None], T]) -> dict["Element", T]:
        """What holds for each element, from what it is itself and what holds for the one that it stands in."""
        fields: dict[Element, T] = {}
        for element in self.order:
            above = self.parent.get(element)
            fields[element] = of(element, fields[above] if above is not None else None)
        return fields

    def lines_in(self, element: "Element") -> list[MarkupLine]:
        """The lines that begin in an element, by the places of their elements."""
        number = self._number[element]
        return self._lines[bisect_left(self._numbers, number) : bisect_left(self._numbers, self._after[element])]

    def within(self, tops: Iterable["Element"]) -> set["Element"]:
        """Some elements with all that is in them."""
        inside = set(tops)
        for element in self.order:
            if self.parent.get(element) in inside:
                inside.add(element)
        return inside

    def weighed(self, lines: Iterable[MarkupLine]) -> dict["Element", int]:
        """How much of some lines each element holds."""
        own: dict[Element, int] = defaultdict(int)
        for line in lines:
            own[self.element_of(line)] += len(line.words)
        return self._sums(own)

    def _held(self, line: MarkupLine) -> Iterator[tuple["Element", int]]:
        for run in line.runs:
            if run.node is not None and (length := len(run.text.strip())):
                yield (self.parent.get(run.node, self.root) if run.tail else run.node), length

    def _ends(self) -> dict["Element", int]:
        """The number of the first element behind each."""
        ends = {one: number + 1 for one, number in self._number.items()}
        for element in reversed(self.order):
            if element in self.parent:
                above = self.parent[element]
                ends[above] = max(ends[above], ends[element])
        return ends

    def _sums(self, own: Mapping["Element", int]) -> dict["Element", int]:
        sums = defaultdict(int, own)
        for element in reversed(self.order):
            if element in self.parent:
                sums[self.parent[element]] += sums[element]
        return sums


def holds(element: "Element", names: Iterable[str]) -> bool:
    """Whether an element of one of the names is in it, or it is one itself."""
    return any(next(element.iter(name), None) is not None for name in names)


def _is_link(element: "Element") -> bool:
    """Whether it leads elsewhere, or does something; what leads to a note in the same page is none."""
    href = element.get("href") if element.tag == "a" else None
    return href is not None and (href == "#" or not href.startswith("#"))
