"""The passages of the days that are searched, compared one by one: nothing else in a store takes their places."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.entries import Located, PlaceRow
from agent.coverage.index.lexical import Lexical
from agent.coverage.index.rows_in_memory import ComparedRows
from agent.coverage.index.store import Index

# By their first and last ones, in order, none of them twice.
Days: TypeAlias = tuple[tuple[str, str], ...]

# Of so many passages the whole rows take 15 MB, and to compare a text with them a few milliseconds.
MOST_AROUND = 16_000
# Remembered until the store is written to: articles of one day are searched for in the same days.
_MOST_REMEMBERED = 16_000


@dataclass(frozen=True, slots=True)
class PlacesAround:
    """Where the passages of some `days` stand, and `more` ones of other days."""

    days: Days
    of_days: Sequence[PlaceRow]
    more: frozenset[PlaceRow] = frozenset()


@dataclass(frozen=True, slots=True)
class PassagesAround:
    """`places` are those of all these passages by their keys, `rows` their vectors in each language, and `numbers`
    the keys of their words; without rows both legs look among all passages. Those of one `name` are the same."""

    name: tuple[Days, frozenset[PlaceRow]]
    places: Mapping[str, Sequence[Located]]
    rows: Mapping[str, ComparedRows] | None
    numbers: Mapping[int, str]


def places_of_days(catalogue: Catalogue, days: Days) -> Sequence[PlaceRow] | None:
    """None where these are too many to be compared one by one."""
    known = catalogue.edition.get("places of days", dict[Days, Sequence[PlaceRow] | None])
    if days in known:
        return known[days]
    found = catalogue.copies.places_of_days(days, MOST_AROUND)
    if sum(len(one or ()) for one in list(known.values())) > _MOST_REMEMBERED:
        known.clear()
    known[days] = found
    return found


def passages_around(
    found: PlacesAround, catalogue: Catalogue, lexical: Lexical, index: Index, space: str
) -> PassagesAround:
    """What the legs of a search compare."""
    known = catalogue.edition.get(("passages around", space), dict[object, PassagesAround])
    name = found.days, found.more
    if (there := known.get(name)) is not None:
        return there
    read = _read(found, catalogue, lexical, index, space)
    if sum(len(one.places) for one in list(known.values())) > _MOST_REMEMBERED:
        known.clear()
    known[name] = read
    return read


def _read(found: PlacesAround, catalogue: Catalogue, lexical: Lexical, index: Index, space: str) -> PassagesAround:
    places: dict[str, list[Located]] = defaultdict(list)
    for row in sorted({*found.of_days, *found.more}):
        places[row[4]].append(Located._make(row))
    languages = catalogue.languages({row[0] for some in places.values() for row in some})
    spoken: dict[str, set[str]] = defaultdict(set)
    for key, some in places.items():
        for row in some:
            spoken[languages[row[0]]].add(key)
    rows = index.among(space, spoken)
    numbers = {} if rows is None else lexical.numbers(places)
    return PassagesAround((found.days, found.more), dict(places), rows, numbers)
