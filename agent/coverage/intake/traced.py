"""Which lines of a page trafilatura takes for its article: each is marked before, and found again by its mark."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.coverage.intake.lines import MarkupLine

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Two ideographs that hardly a text has, one for each digit of a line's number: letters to every reader of pages.
_FIRST, _SECOND, _BASE = 0x20000, 0x20400, 0x400
_MARK = re.compile(f"([{chr(_FIRST)}-{chr(_FIRST + _BASE - 1)}])([{chr(_SECOND)}-{chr(_SECOND + _BASE - 1)}])")
_MOST_COMPARED = 500


@dataclass(frozen=True)
class Traced:
    """`elsewhere` is an article that the page holds in no line of it, but in data for its scripts."""

    lines: tuple[MarkupLine, ...] = ()
    elsewhere: str | None = None


def traced(root: "Element", lines: Sequence[MarkupLine]) -> Traced:
    """The lines that trafilatura gives of a page, whose tree is used up by it."""
    from trafilatura import bare_extraction

    _mark(lines)
    found = bare_extraction(root, with_metadata=False, include_comments=False, include_tables=False)
    if found is None or isinstance(found, dict) or not found.text:
        return Traced()
    numbers = {(ord(first) - _FIRST) * _BASE + ord(second) - _SECOND for first, second in _MARK.findall(found.text)}
    if numbers:
        return Traced(tuple(line for number, line in enumerate(lines) if number in numbers))
    held = tuple(line for line in lines[:_MOST_COMPARED] if line.words in found.text)
    return Traced(held) if held else Traced(elsewhere=found.text)


def _mark(lines: Sequence[MarkupLine]) -> None:
    marks: dict[tuple[Element, bool], list[tuple[int, str]]] = defaultdict(list)
    for number, line in enumerate(lines):
        mark = chr(_FIRST + number // _BASE) + chr(_SECOND + number % _BASE)
        for run in line.runs:
            if run.node is not None and not run.text.isspace():
                marks[run.node, run.tail].append((run.at, mark))
    for (node, tail), some in marks.items():
        words = _marked((node.tail if tail else node.text) or "", sorted(some))
        if tail:
            node.tail = words
        else:
            node.text = words


def _marked(words: str, marks: Sequence[tuple[int, str]]) -> str:
    parts, begin = [], 0
    for at, mark in marks:
        parts += [words[begin:at], mark]
        begin = at
    return "".join((*parts, words[begin:]))
