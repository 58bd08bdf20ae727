"""Outlet, place and day in front of an article's first words: "Harbour Post – 5 March 2026 –"."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from agent.dates.reading import UnreadDate, read_date
from agent.text import fold

# A point behind a figure is a part of many days: "5. März 2026", "05.03.2026".
_PIECE = re.compile(r"\s*(?P<words>(?:[^\n.!?؟:–—]|(?<=\d)\.(?=[\s\d])){2,60}?)(?:\s*[–—]{1,2}|\s-{1,2})(?=\s)\s*")
_SENTENCE = re.compile(r"[^\n]*?(?:[.!?؟](?=\s|$)|(?=\n)|$)")
_DASH = re.compile(r"[–—]{1,2}|(?<=\s)-{1,2}(?=\s)")
_MOST_PIECES, _MOST_WORDS, _MOST_OF_PLACE = 4, 6, 3
_LONGEST_DAY = 60
# "Thursday, March 5, 2026".
_MOST_OF_DAY = 3
_COMMA = re.compile("[,،]")
# "of", "la", "von".
_LONGEST_PARTICLE = 3


class OpeningTells(NamedTuple):
    """Each as it is written; None where it is not told."""

    outlet: str | None = None
    day: str | None = None


class Opening(NamedTuple):
    """What stands in front, and where the article's own words begin."""

    stated: OpeningTells
    end: int


def opening_of(text: str, language: str | None, start: int = 0, end: int | None = None) -> Opening | None:
    """What a line tells in front of its first dashes; None where it begins with something else."""
    end = len(text) if end is None else end
    words: list[str] = []
    at = start
    for piece in _pieces(text, start, end):
        words += parted(piece["words"], language)
        at = piece.end()
    told = stated_by(words, language) if words else None
    if told is None or not (told.day or (_can_do_without_day(words, told) and begins_sentence(text, at, end))):
        return None
    return Opening(told, at)


def begins_sentence(text: str, start: int, end: int) -> bool:
    """Whether what stands behind a dash begins a sentence. Else it goes on with one, as "Royal Mail – once British –
    was sold" does: it begins with a small letter, or a dash is left that closes what the first one opened."""
    sentence = _SENTENCE.match(text, start, end)
    behind = sentence[0] if sentence else ""
    first = next(filter(str.isalnum, behind), "")
    return not first.islower() and len(_DASH.findall(behind)) % 2 == 0


def parted(words: str, language: str | None) -> list[str]:
    """What commas part, but a day in one piece: "Harbour Post", "March 5, 2026"."""
    parts = list(filter(None, (part.strip() for part in _COMMA.split(words))))
    for number in range(max(0, len(parts) - _MOST_OF_DAY), len(parts) - 1):
        if _is_day(rest := ", ".join(parts[number:]), language):
            return [*parts[:number], rest]
    return parts


def stated_by(pieces: Sequence[str], language: str | None) -> OpeningTells | None:
    """The outlet and the day among pieces that are these, a place, or "exclusive"; None where one is something else.
    A place and a day alone are a dateline, in which more can be meant."""
    days = [piece for piece in pieces if _is_day(piece, language)]
    outlets = [piece for piece in pieces if names_outlet(piece)]
    owned = [piece for piece in pieces if fold(piece) in _words("own")]
    places = [piece for piece in pieces if piece not in (*days, *outlets, *owned)]
    if max(len(days), len(outlets), len(places)) > 1 or not (outlets or owned):
        return None
    if not all(_is_name(piece, _MOST_OF_PLACE) for piece in places):
        return None
    return OpeningTells(next(iter(outlets), None), next(iter(days), None))


def _pieces(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The short pieces that a line begins with, each with the dash behind it."""
    for _ in range(_MOST_PIECES):
        found = _PIECE.match(text, start, end)
        if found is None or found.end() >= end:
            return
        yield found
        start = found.end()


def _can_do_without_day(pieces: Sequence[str], told: OpeningTells) -> bool:
    """Where no letter is a capital, the name of an outlet is that of a canal, a site or an office as well, and what
    stands between two dashes may tell of it."""
    return told.outlet is None or _has_capitals(told.outlet) or any(fold(piece) in _words("own") for piece in pieces)


def names_outlet(words: str) -> bool:
    """By a word that is in such names: "Harbour Post". In Arabic letters it is their first: "the shutting of the
    canal" begins with another."""
    if not _is_name(words, _MOST_WORDS):
        return False
    if fold(words) in _words("sayings"):
        return False
    if _has_capitals(words):
        return not _words("outlets").isdisjoint(fold(words).split())
    return any(fold(words).startswith(f"{word} ") for word in _words("outlets"))


def _has_capitals(words: str) -> bool:
    return words.upper() != words.lower()


def _is_day(words: str, language: str | None) -> bool:
    if len(words) > _LONGEST_DAY or not any(character.isdigit() for character in words):
        return False
    try:
        return read_date(words, language=language).doubt is None
    except UnreadDate:
        return False


def _is_name(words: str, most: int) -> bool:
    """Few words, with capitals where letters have any, and no figures."""
    parts = words.split()
    if not 0 < len(parts) <= most or any(character.isdigit() for character in words):
        return False
    return not any(part[0].islower() and len(part) > _LONGEST_PARTICLE for part in parts)


@cache
def _words(kind: str) -> frozenset[str]:
    table: dict[str, list[str]] = tomllib.loads(files("agent.dates").joinpath("opening.toml").read_text("utf-8"))
    return frozenset(map(fold, table[kind]))
