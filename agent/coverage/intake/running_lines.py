"""Lines that stand on page after page of a paper: its head, its foot, the number of the page."""

import re
from collections import Counter
from collections.abc import Sequence

from agent.models import Frozen

_EDGE = 2
_NUMBER = re.compile(r"\d+")
_ENDS_SENTENCE = re.compile(r"[.!?؟…۔。:][\"'”’»)\]]*\s*$")


class Flowing(Frozen):
    """The text of all pages without such lines; `running` are those, each once, with # for its number."""

    text: str
    running: tuple[str, ...] = ()


def flowing(pages: Sequence[Sequence[str]]) -> Flowing:
    """One text of the paragraphs of all pages: a sentence goes on over the edge of a page, and a paragraph that has
    ended does not."""
    running = _running([[line for text in page for line in text.splitlines()] for page in pages])
    text = ""
    for page in pages:
        inner = "\n\n".join(_without(page, running))
        between = "\n\n" if _ENDS_SENTENCE.search(text) else "\n"
        text += between + inner if text and inner else inner
    return Flowing(text=text, running=tuple(sorted(running)))


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    edges = Counter(key for lines in pages for key in {_key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    most = max(1, sum(bool(lines) for lines in pages) / 2)
    return frozenset(key for key, times in edges.items() if times > most)


def _without(paragraphs: Sequence[str], running: frozenset[str]) -> list[str]:
    """Only at the edges: within a page the same words may be said."""
    lines = [(number, line) for number, text in enumerate(paragraphs) for line in text.splitlines()]
    start, end = 0, len(lines)
    while start < min(_EDGE, end) and _key(lines[start][1]) in running:
        start += 1
    while end > max(start, len(lines) - _EDGE) and _key(lines[end - 1][1]) in running:
        end -= 1
    kept: dict[int, list[str]] = {}
    for number, line in lines[start:end]:
        kept.setdefault(number, []).append(line)
    return ["\n".join(some) for some in kept.values()]


def _key(line: str) -> str:
    return " ".join(_NUMBER.sub("#", line).split())
