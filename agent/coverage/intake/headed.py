"""What stands in front of a plain text and tells of it: front matter, lines such as "Outlet: Harbour Post", and the
line of outlet and day below a headline."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from agent.coverage.intake.dateline import date_in_dateline
from agent.coverage.intake.lines import ends_sentence
from agent.coverage.intake.metadata import read_published
from agent.dates import UnreadDate
from agent.dates.opening import OpeningTells, names_outlet, opening_of, parted, stated_by
from agent.models import Frozen, Span
from agent.text.headline import headline_in
from agent.text.language import language_of

_FENCES = ("---", "+++")
_LONGEST_HEAD, _LOOKED_AT, _CLOSE_BELOW = 40, 4, 2
_LINE = re.compile(r"(?P<name>[^\W\d_][\w \-’']{0,30}?)\s*[:=：]\s*(?P<value>\S.*)")
_APART = re.compile(r"\s+[·•|]\s+")
# These part other things as well: what they set apart has to show what it is.
_LOOSELY_APART = re.compile(r"\s*[–—]{1,2}(?:\s+|$)|\s-{1,2}(?:\s+|$)")
_MOST_WORDS, _LONGEST_LINE = 6, 120
_LONGEST_VALUE = 1000


class TextHead(Frozen):
    """What a text tells of itself, each as it is written there; `text` is what is left of it. `headline` is the line
    above that of outlet and day."""

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published_at: str | None = None
    language: str | None = None
    headline: str | None = None


def read_head(text: str, *, cut_line: bool = False) -> TextHead:
    """Without the lines that are about the text. A dateline stays in it, and so does a line of outlet and day that
    stands by itself, unless that is to be cut: it is no part of what a report tells."""
    lines = text.splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    end, value = _fenced(lines, first) or _named(lines, first) or (0, {})
    rest = "".join(lines[end:]).lstrip("\r\n") if end else text
    if not any(character.isalnum() for character in rest):
        return TextHead(text=text)
    language = language_of(rest, None)
    read = _in_lines(rest, language)
    above = lines_about(rest, language)
    headline = rest[above.headline.start : above.headline.end] if above.headline is not None else None
    if cut_line and (line := read.line) is not None:
        # The same words may stand in a sentence before it.
        rest = re.sub(rf"^[ \t]*{re.escape(line)}[ \t]*\r?$", "", rest, count=1, flags=re.MULTILINE)
    return TextHead(text=rest, headline=headline, **{**read.fields, **value})


class LinesAbout(NamedTuple):
    """Where a text that begins with a headline, and the outlet and the day below it, has these lines; or what stands
    of these in `front` of its first words."""

    headline: Span | None = None
    dated: Span | None = None
    front: Span | None = None


def lines_about(text: str, language: str | None) -> LinesAbout:
    """The line that tells a day, and an outlet beside it, and nothing else; and the first line, where it is a
    headline that this line stands close below. None of them is a part of what the article reports. A text without a
    line more has none: it would be empty."""
    head = text[:2000]
    places = list(_lines_of(head))
    said = [text[one.start : one.end] for one in places[:_LOOKED_AT]]
    number = next((n for n, line in enumerate(said) if _tells_day_alone(line, language, is_first=n == 0)), None)
    if number is None or number + 1 == len(places):
        front = _in_front(text, language)
        return LinesAbout(front=front[1] if front else None)
    is_headline = 0 < number <= _CLOSE_BELOW and headline_in(head) is not None
    return LinesAbout(places[0] if is_headline else None, places[number])


def has_headline(text: str, language: str | None) -> bool:
    """Whether a text begins with a headline that is read as one, and so claims nothing."""
    return lines_about(text, language).headline is not None


def body_start(text: str, language: str | None) -> int:
    """Where the article's own words begin: behind its headline and its line of outlet and day, if it has these."""
    above = lines_about(text, language)
    end = max((one.end for one in above if one is not None), default=0)
    return end + len(text[end:]) - len(text[end:].lstrip()) if end else 0


def below_dated(text: str) -> str:
    """Without the outlet and the day that stand first, which are no headline."""
    above = lines_about(text, language_of(text, None))
    line = above.dated or above.front
    return text[line.end :] if line is not None and not text[: line.start].strip() else text


def _tells_day_alone(line: str, language: str | None, *, is_first: bool) -> bool:
    if len(line) > _LONGEST_LINE or ends_sentence(line):
        return False
    pieces = _APART.split(line)
    others = [piece for piece in pieces if not _is_day(piece, language)]
    if len(pieces) - len(others) == 1 and (not others or others == [_outlet_among(others, is_first=is_first)]):
        return True
    return bool(_loosely(line, language))


def _outlet_among(others: Sequence[str], *, is_first: bool) -> str | None:
    """The outlet among what stands beside a day. What stands there in the first line, without a word for an outlet in
    it, may as well be a headline."""
    outlets = [piece for piece in others if names_outlet(piece)]
    if len(outlets) == 1:
        return outlets[0]
    return others[0] if len(others) == 1 and not is_first and _is_name(others[0]) else None


def _loosely(line: str, language: str | None) -> dict[str, str]:
    """What a line tells that is parted by commas or dashes: "Harbour Post, 5 March 2026". A name without a word for
    an outlet in it is that of a place, or the end of a headline."""
    if _APART.search(line):
        return {}
    pieces = [part for piece in _LOOSELY_APART.split(line) for part in parted(piece, language)]
    tells = stated_by(pieces, language)
    return _header_fields(tells, language) if tells is not None and tells.outlet and tells.day else {}


def _in_front(text: str, language: str | None) -> tuple[dict[str, str], Span] | None:
    """What an article tells in front of its first words, and where that stands; below a headline as well."""
    for line in islice(_lines_of(text[:2000]), 2):
        if found := opening_of(text, language, line.start, line.end):
            return _header_fields(found.stated, language), Span(start=line.start, end=found.end)
        if ends_sentence(text[line.start : line.end]):
            break
    return None


def _header_fields(tells: OpeningTells, language: str | None) -> dict[str, str]:
    day = tells.day if tells.day is not None and _is_day(tells.day, language) else None
    return ({"outlet": tells.outlet} if tells.outlet else {}) | ({"published_at": day} if day else {})


def _lines_of(text: str) -> Iterator[Span]:
    """Where its lines stand that have words, without white space around."""
    at = 0
    for raw in text.splitlines(keepends=True):
        if line := raw.strip():
            start = at + raw.index(line)
            yield Span(start=start, end=start + len(line))
        at += len(raw)


def _fenced(lines: Sequence[str], first: int) -> tuple[int, dict[str, str]] | None:
    """Front matter, as Markdown has it: what is not known of it is left out, too."""
    if not lines or lines[first].strip() not in _FENCES:
        return None
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[first + 1 : first + _LONGEST_HEAD], first + 1):
        if line.strip() in (*_FENCES, "..."):
            return (number + 1, fields) if fields else None
        fields = {**_value(line), **fields}
    return None


def _named(lines: Sequence[str], first: int) -> tuple[int, dict[str, str]] | None:
    """Lines that name what they tell, up to the first empty one: two of them, or one that stands alone."""
    fields: dict[str, str] = {}
    number = first
    while number < min(len(lines), first + _LONGEST_HEAD) and (found := _value(lines[number])):
        fields = {**found, **fields}
        number += 1
    stands_alone = number == len(lines) or not lines[number].strip()
    return (number, fields) if len(fields) > 1 or (fields and stands_alone) else None


def _value(line: str) -> dict[str, str]:
    found = _LINE.fullmatch(line.strip())
    name = _fields().get(" ".join(found["name"].lower().split())) if found else None
    if name is None or found is None:
        return {}
    value = found["value"].strip().strip("\"'").strip()
    return {name: value} if 0 < len(value) <= _LONGEST_VALUE else {}


class _ReadLines(NamedTuple):
    """`line` stands by itself and tells nothing else."""

    fields: dict[str, str]
    line: str | None = None


def _in_lines(text: str, language: str | None) -> _ReadLines:
    """The day of a dateline; or of a line of its own near the beginning, with the outlet beside it."""
    if dated := date_in_dateline(text, language):
        return _ReadLines({"published_at": dated})
    for number, line in enumerate(islice(filter(None, map(str.strip, text[:2000].splitlines())), _LOOKED_AT)):
        if len(line) > _LONGEST_LINE or ends_sentence(line):
            continue
        if told := _loosely(line, language):
            return _ReadLines(told, line)
        pieces = _APART.split(line)
        days = [piece for piece in pieces if _is_day(piece, language)]
        if len(days) == 1:
            outlet = _outlet_among([piece for piece in pieces if piece not in days], is_first=number == 0)
            is_alone = _tells_day_alone(line, language, is_first=number == 0)
            told = {"published_at": days[0]} | ({"outlet": outlet} if outlet else {})
            return _ReadLines(told, line if is_alone else None)
    front = _in_front(text, language)
    return _ReadLines(front[0] if front else {})


def _is_day(words: str, language: str | None) -> bool:
    if len(words) > 60 or not any(character.isdigit() for character in words):
        return False
    try:
        return read_published(words, language).doubt is None
    except UnreadDate:
        return False


def _is_name(words: str) -> bool:
    return len(words.split()) <= _MOST_WORDS and not any(character.isdigit() for character in words)


@cache
def _fields() -> dict[str, str]:
    fields: dict[str, list[str]] = tomllib.loads((files(__package__) / "headed.toml").read_text("utf-8"))
    return {name: field for field, names in fields.items() for name in names}
