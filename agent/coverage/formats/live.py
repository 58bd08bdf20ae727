"""Live reports: entries one below the other, each with the time at which it was written."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from agent.coverage.formats.lines import Line
from agent.coverage.formats.places import Places

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CLOCK = re.compile(r"\b\d{1,2}\s?[:.h٫：]\s?\d\d\b|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)")
_FEWEST_ENTRIES = 2


def times_of_entries(
    lines: Sequence[Line], found: set[int], weights: Mapping["Element", int], places: Places
) -> Mapping[int, str]:
    """The lines that tell when an entry was written, by their `id`, in words with a clock; empty for other articles.

    `found` are the ids of the lines that are known to be the article's, `weights` how much of them each element
    holds: a time without any behind it is no entry's, and one that stands with links is another story's.
    """
    times: dict[int, str] = {}
    waiting: tuple[int, str, Element] | None = None
    beside: dict[tuple[str, str], int] = {}
    around = places.handed_down(_time_around)
    for line in lines:
        element = around[places.element_of(line)]
        if element is not None and not _is_time_alone(element, line, places):
            element = None
        if element is not None and _is_linked(element, weights, places):
            waiting = None
        elif element is not None and (words := _with_clock(line, element)):
            waiting = id(line), words, element
        elif waiting is not None and id(line) in found:
            number, words, element = waiting
            times[number] = words
            kind = _kind(element, places)
            beside[kind] = beside.get(kind, 0) + 1
            waiting = None
    return times if max(beside.values(), default=0) >= _FEWEST_ENTRIES else {}


def _time_around(element: "Element", above: "Element | None") -> "Element | None":
    return element if element.tag == "time" else above


def _is_time_alone(element: "Element", line: Line, places: Places) -> bool:
    """Whether a line is a time and nothing else."""
    told = places.length(element) >= len(line.words.replace(" ", "")) // 2
    return told and len(places.lines_in(element)) == 1


def _is_linked(element: "Element", weights: Mapping["Element", int], places: Places) -> bool:
    """Whether links to other pages stand beside a time, and nothing of the article."""
    alone = element
    for above in places.above(element):
        if weights[above]:
            break
        alone = above
    return places.links_in(alone) > 0


def _with_clock(line: Line, element: "Element") -> str:
    if _CLOCK.search(line.words):
        return line.words
    stamp = _STAMP.match(element.get("datetime") or "")
    return f"{stamp[1]} {stamp[2]}" if stamp else ""


def _kind(element: "Element", places: Places) -> tuple[str, str]:
    above = places.parent[element]
    return str(above.tag), above.get("class") or ""
