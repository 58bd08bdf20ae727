"""Corrections and editor's notes in a page, wherever they stand in it."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from agent.coverage.intake.lines import MarkupLine, between
from agent.coverage.intake.page_places import PlacesOnPage
from agent.text import fold
from agent.text.corrections import notes_in

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:corrections?|corrected|clarifications?|editors?-?notes?|editorial-?notes?|errat(?:um|a)|corrigend(?:um|a)"
    r"|retractions?|amendments?|rectificati(?:f|on)s?|correcci[oó]n(?:es)?|fe-de-errat[ae]s|korrektur|berichtigung|duzeltme"
    r"|rettifica|correcao|erramos)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST = 2000
_FEWEST_WORDS = 4
_MOSTLY_LINKED = 0.5
_WORD = re.compile(r"\w+")
# Lines elsewhere in the page are looked through as far as these go; none says so in fewer letters.
_MOST_FAR, _SHORTEST_FAR = 500, 40
# So many of the words that a note takes back stand in one line of the article that it is about.
_MOST = 0.6


def lines_of_notes(lines: Sequence[MarkupLine], places: PlacesOnPage, container: "Element") -> set[int]:
    """The corrections and editor's notes that are about the article in `container`, as the identities (`id`) of such
    lines."""
    above = list(places.above(container))
    own = set(above)
    frames = [one for one in above if one.tag == "article"] or [container]
    scope = next((one for one in above if one.tag == "main"), places.parent.get(frames[-1], container))
    others = places.within(one for one in scope.iter("article") if one not in own)
    inside = set(map(id, places.lines_in(scope)))
    near = [
        line
        for line in lines
        if id(line) in inside and places.element_of(line) not in others and places.linked_share(line) < _MOSTLY_LINKED
    ]
    notes = {*map(id, _note_lines(near)), *map(id, _named(scope, places))} & set(map(id, near))
    far = [line for line in lines if id(line) not in inside and places.linked_share(line) < _MOSTLY_LINKED]
    return notes | set(map(id, _of_article(far, places.lines_in(container))))


def _of_article(far: Sequence[MarkupLine], article: Sequence[MarkupLine]) -> Iterator[MarkupLine]:
    """The notes elsewhere in the page that take back what the article says."""
    items = [frozenset(_WORD.findall(fold(line.words))) for line in article]
    worth_reading = [line for line in far if _SHORTEST_FAR <= len(line.words) <= _LONGEST]
    for line in worth_reading[:_MOST_FAR]:
        for note in notes_in(line.words):
            taken_back = [frozenset(_WORD.findall(fold(words))) for words in note.withdrawn]
            if any(
                len(words) >= _FEWEST_WORDS and len(words & one) >= _MOST * len(words)
                for words in taken_back
                for one in items
            ):
                yield line
                break


def _note_lines(lines: Sequence[MarkupLine]) -> Iterator[MarkupLine]:
    """The lines that say of themselves that they are a note, headings of such included."""
    parts = [line.words + between(line) for line in lines]
    starts = list(accumulate(map(len, parts), initial=0))
    notes = iter(notes_in("".join(parts)))
    note = next(notes, None)
    for line, start in zip(lines, starts, strict=False):
        while note is not None and note.span.end <= start:
            note = next(notes, None)
        if note is None or not (note.span.start < start + len(line.words) and start < note.span.end):
            continue
        is_part = note.span.end - note.span.start > len(line.words)
        if is_part or len(line.words.split()) >= _FEWEST_WORDS:
            yield line


def _named(scope: "Element", places: PlacesOnPage) -> Iterator[MarkupLine]:
    for element in scope.iter():
        if places.length(element) and places.length(element) <= _LONGEST and _is_named(element):
            yield from places.lines_in(element)


def _is_named(element: "Element") -> bool:
    text = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-type') or ''}"
    return text != "  " and _NAMED.search(text) is not None
