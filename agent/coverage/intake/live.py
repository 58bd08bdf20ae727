"""Live reports: entries one below the other, each with the time at which it was written."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from agent.coverage.intake.elements import stamp_of
from agent.coverage.intake.lines import MarkupLine
from agent.coverage.intake.page_places import PlacesOnPage

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CLOCK = r"(?:[01]?\d|2[0-4])\s?(?:[:.h٫：]|\bUhr\b)\s?[0-5]\d"
_HAS_CLOCK = re.compile(rf"(?<!\d){_CLOCK}(?!\d)|\b\d{{1,2}}\s?[ap]\.?m\b", re.IGNORECASE)
_BEGINS = re.compile(rf"{_CLOCK}(?!\d)", re.IGNORECASE)
# A line that is a time and nothing else, whatever element it stands in: "09:40 GMT", "9.40 a.m.", "09:40 Uhr".
_ALONE = re.compile(rf"{_CLOCK}(?:\s?[ap]\.?m\.?)?(?:\s?\(?[A-Za-z\u0621-\u06d3]{{1,5}}\)?)?", re.IGNORECASE)
_FEWEST_ENTRIES = 2


def times_of_entries(
    lines: Sequence[MarkupLine], found: set[int], weights: Mapping["Element", int], places: PlacesOnPage
) -> Mapping[int, str]:
    """The lines that tell when an entry was written, by their `id`, in words with a clock; empty for other articles.

    `found` are the ids of the lines that are known to be the article's, `weights` how much of them each element
    holds: a time without any behind it is no entry's, and one that stands with links is another story's.
    """
    times: dict[int, str] = {}
    kinds: Counter[tuple[str, str]] = Counter()
    for line, element, words in _with_entries(lines, found, weights, places):
        times[id(line)] = words
        kinds[_kind(element, places)] += 1
    return times if max(kinds.values(), default=0) >= _FEWEST_ENTRIES else {}


def begins_with_time(line: MarkupLine) -> bool:
    """Whether an entry may begin here, its time and its words on one line."""
    return _BEGINS.match(line.words) is not None


def _with_entries(
    lines: Sequence[MarkupLine], found: set[int], weights: Mapping["Element", int], places: PlacesOnPage
) -> Iterator[tuple[MarkupLine, "Element", str]]:
    """The lines that are times, each with something of the article behind it."""
    waiting: tuple[MarkupLine, Element, str] | None = None
    around = places.handed_down(_time_around)
    for line in lines:
        element = _time_of(line, around[places.element_of(line)], places)
        if element is not None:
            words = "" if _is_linked(element, weights, places) else _with_clock(line, element)
            waiting = (line, element, words) if words else None
        elif waiting is not None and id(line) in found:
            yield waiting
            waiting = None


def _time_around(element: "Element", above: "Element | None") -> "Element | None":
    return element if element.tag == "time" else above


def _time_of(line: MarkupLine, around: "Element | None", places: PlacesOnPage) -> "Element | None":
    """The element of a line that is a time and nothing else."""
    if _ALONE.fullmatch(line.words):
        return around if around is not None else places.element_of(line)
    if around is None or len(places.lines_in(around)) > 1:
        return None
    return around if places.length(around) >= len(line.words.replace(" ", "")) // 2 else None


def _is_linked(element: "Element", weights: Mapping["Element", int], places: PlacesOnPage) -> bool:
    """Whether links to other pages stand beside a time, and nothing of the article."""
    alone = element
    for above in places.above(element):
        if weights[above]:
            break
        alone = above
    return places.links_in(alone) > 0


def _with_clock(line: MarkupLine, element: "Element") -> str:
    if _HAS_CLOCK.search(line.words):
        return line.words
    return stamp_of(element) or ""


def _kind(element: "Element", places: PlacesOnPage) -> tuple[str, str]:
    above = places.parent.get(element, element)
    return str(above.tag), above.get("class") or ""
