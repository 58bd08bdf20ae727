"""The tables of turning words, read into what is looked up by a word or its root."""

from collections.abc import Sequence

from agent.analyst.lexical.resources import Phrase, Table
from agent.analyst.lexical.stems import root, stem

# Rows of synonyms are counted from here, apart from rows of opposites.
SYNONYMS_FROM = 10_000
Sides = dict[int, int]
WRITTEN_ONTO = ("", "ال", "و", "وال", "ب", "بال", "ل", "لل")


def roots_in(table: Table, key: str, language: str) -> frozenset[str]:
    return frozenset(root(stem(word, language), language) for word in table.words(key))


def by_first(phrases: Sequence[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    return {first: tuple(p for p in phrases if p[0] == first) for first in {phrase[0] for phrase in phrases}}


def retellings_in(table: Table) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    """Longest first under each first word."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for canonical, phrase in table.equivalents("retellings"):
        found.setdefault(phrase[0], []).append((phrase, canonical))
    return {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in found.items()}


def rows_by_word(table: Table, key: str, beginnings: Sequence[str]) -> dict[str, frozenset[int]]:
    """The numbers of the rows that a word stands in, whatever is written onto it."""
    rows = list(enumerate(table.rows(key)))
    found = {word: frozenset(n for n, row in rows if word in row) for _, row in rows for word in row}
    written = {beginning + word: numbers for word, numbers in found.items() for beginning in beginnings}
    return written | found


def sides_in(table: Table, language: str) -> dict[str, Sides]:
    found: dict[str, Sides] = {}
    for number, row in enumerate(table.rows("opposed")):
        for word, side in _sided(row):
            found.setdefault(root(stem(word, language), language), {})[number] = side
    return found


def exact_sides_in(table: Table) -> dict[str, Sides]:
    found: dict[str, Sides] = {}
    for number, row in enumerate(table.rows("opposed_exactly"), start=1):
        for word, side in _sided(row):
            for beginning in ("", "ال"):
                found.setdefault(beginning + word, {})[-number] = side
    return found


def synonyms_in(table: Table) -> dict[str, Sides]:
    found: dict[str, Sides] = {}
    for number, row in enumerate(table.rows("synonyms")):
        for word in row:
            for beginning in WRITTEN_ONTO:
                found.setdefault(beginning + word, {})[SYNONYMS_FROM + number] = 1
    return found


def _sided(row: Sequence[str]) -> list[tuple[str, int]]:
    bar = row.index("|")
    return [*((word, 1) for word in row[:bar]), *((word, -1) for word in row[bar + 1 :])]
