"""Which lines of a page trafilatura takes for its article: each is marked before, and found again by its mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.coverage.formats.lines import Line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Two ideographs that hardly a text has, one for each digit of a line's number: letters to every reader of pages.
_FIRST, _SECOND, _BASE = 0x20000, 0x20400, 0x400
_MARK = re.compile(f"([{chr(_FIRST)}-{chr(_FIRST + _BASE - 1)}])([{chr(_SECOND)}-{chr(_SECOND + _BASE - 1)}])")
_OF_MARKS = dict.fromkeys(range(_FIRST, _SECOND + _BASE))


@dataclass(frozen=True)
class Traced:
    """`elsewhere` is an article that the page holds in no line of it, but in data for its scripts."""

    lines: tuple[Line, ...] = ()
    elsewhere: str | None = None


def traced(root: "Element", lines: Sequence[Line]) -> Traced:
    """The lines that trafilatura gives of a page, whose tree is used up by it."""
    from trafilatura import bare_extraction

    _mark(lines)
    found = bare_extraction(root, with_metadata=False, include_comments=False, include_tables=False)
    if found is None or isinstance(found, dict) or not found.text:
        return Traced()
    numbers = {(ord(first) - _FIRST) * _BASE + ord(second) - _SECOND for first, second in _MARK.findall(found.text)}
    if numbers:
        return Traced(tuple(line for number, line in enumerate(lines) if number in numbers))
    held = tuple(line for line in lines if line.words in found.text)
    return Traced(held) if held else Traced(elsewhere=found.text)


def _mark(lines: Sequence[Line]) -> None:
    for number, line in reversed(list(enumerate(lines))):
        mark = chr(_FIRST + number // _BASE) + chr(_SECOND + number % _BASE)
        for run in reversed(line.runs):
            if run.node is None or run.text.isspace():
                continue
            if run.tail:
                run.node.tail = _put(mark, run.node.tail or "", run.at)
            else:
                run.node.text = _put(mark, run.node.text or "", run.at)


def _put(mark: str, words: str, at: int) -> str:
    return f"{words[:at]}{mark}{words[at:]}"
