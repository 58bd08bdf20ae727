"""Whether two speakers of one article speak of the same: of one day and place, and of nothing beside it."""

from collections.abc import Collection, Sequence

from agent.analyst.lexical.features import days_differ
from agent.analyst.lexical.likeness import has_like, side_told
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.terms import Term

# Of a denial's weight, what it may tell beside what it denies of the other; less where only a "not" or "no" denies:
# "no pilot resigned last year" tells nothing of two who resigned.
OF_A_DENIAL, OF_NO_ANSWER = 0.4, 0.25
# Words around one that tell what it is said of; those of less weight tell nothing.
_AROUND = 4
_TELLING = 0.4
# "The mine's canteen" has the owner before what is owned, "la cantine de la mine" behind it; English has both.
_OWNER_BEHIND = frozenset(("ar", "es", "fa", "fr"))
# Where the verb stands last, much of what stands before it is told of it.
_VERB_LAST = frozenset(("tr",))


def of_two_settings(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether both tell a day, a year or a name, each another one: "300 homes in Sorrel", "90 homes in Calder"."""
    return of_two_times(one, other) or bool(_names(one, other) and _names(other, one))


def of_two_times(one: LexicalReading, other: LexicalReading) -> bool:
    return days_differ(one.days, other.days) or years(one) != years(other)


def years(reading: LexicalReading) -> set[float]:
    return {number.value for number in reading.numbers if number.is_year}


def _names(one: LexicalReading, other: LexicalReading) -> list[Term]:
    return [term for term in untold(one.terms, other) if term.name and not term.counts]


def untold(terms: Sequence[Term], other: LexicalReading) -> list[Term]:
    """Those of the words that the other text does not tell, whatever it tells against them."""
    return [term for term in terms if not (has_like(term, other) or _is_turned_there(term, other))]


def _is_turned_there(term: Term, other: LexicalReading) -> bool:
    return any(row in other.by_row for row in term.sides)


def denies_more(
    denial: LexicalReading, told: LexicalReading, speaker: Collection[str] = (), most: float = OF_A_DENIAL
) -> bool:
    """Whether a denial is of something else of the same thing: "denied a leak from the ferry", where it sank.

    Its first word is not told by the other, or what it tells beside that is more than `most` of it. `speaker`: the
    roots of who denies.
    """
    whole = [term for term in denial.terms if term.root not in speaker]
    reached = [term for term in whole if term.denied or denial.denies] or whole
    if not reached or reached[0] in untold(reached, told):
        return bool(reached)
    return _goes_beyond(whole, told, most) and _goes_beyond(reached, told, most)


def goes_beyond(text: LexicalReading, told: LexicalReading) -> bool:
    """Whether much of what a text tells is not told by the other."""
    return _goes_beyond([term for term in text.terms if not term.counts], told, OF_A_DENIAL)


def _goes_beyond(terms: Sequence[Term], told: LexicalReading, most: float) -> bool:
    return sum(term.weight for term in untold(terms, told)) > most * sum(term.weight for term in terms)


def turns_twice(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether one has an opposite of what the other tells, besides its "not": "on strike in the north", "not in the
    south"."""
    sides = {(row, side) for term in other.terms for row, side in term.sides.items()}
    mine = {(row, side) for term in one.terms for row, side in term.sides.items()}
    return any((row, -side) in sides and (row, side) not in sides and (row, -side) not in mine for row, side in mine)


def opposed_about_the_same(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether one has the opposite of a word of the other, and both say it of a like word near by."""
    return any(
        _alike(one.terms[a], other.terms[b])
        for at, term in enumerate(one.terms)
        for n, turned in enumerate(other.terms)
        if _are_opposed(term, turned)
        for a in _told_of(one, at, other)
        for b in _told_of(other, n, one)
    )


def speaks_of_another(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether what both tell belongs together in only one of them: "the library will not close", "the library café
    closed"."""
    mine, others = _shared_at(one, other), _shared_at(other, one)
    if min(len(mine), len(others)) <= 1:
        return False
    return not (_told_together(one, mine, other) and _told_together(other, others, one))


def _shared_at(reading: LexicalReading, other: LexicalReading) -> list[int]:
    return [n for n, term in enumerate(reading.terms) if not term.counts and not untold([term], other)]


def _told_together(reading: LexicalReading, shared: Sequence[int], other: LexicalReading) -> bool:
    about = {at: _told_of(reading, at, other) for at in shared}
    return any(n in about[at] and at in about[n] for at in shared for n in shared if n != at)


def _are_opposed(one: Term, other: Term) -> bool:
    return any(side_told(one, row) == -side_told(other, row) for row in one.sides.keys() & other.sides.keys())


def _alike(one: Term, other: Term) -> bool:
    if one.root == other.root:
        return True
    return any(side_told(one, row) == side_told(other, row) for row in one.sides.keys() & other.sides.keys())


def _told_of(reading: LexicalReading, at: int, other: LexicalReading) -> list[int]:
    """The words near one that it may be told of. Of "the mine's canteen stayed open" and "the canteen of the mine"
    that is not the mine, where the other text tells of no canteen."""
    terms = reading.terms
    near = (*range(max(0, at - _AROUND), at), *range(at + 1, min(len(terms), at + 1 + _AROUND)))
    elsewhere = {n for n, term in enumerate(terms) if not _is_aside(reading, n) and untold([term], other)}
    return [
        n
        for n in near
        if not (terms[n].counts or terms[n].places) and elsewhere.isdisjoint(_told_first(reading, n, at))
    ]


def _told_first(reading: LexicalReading, one: int, turn: int) -> tuple[int, ...]:
    """Where the word stands that is spoken of, where the one word only tells whose or which it is."""
    if turn < one:
        return tuple(range(turn + 1, one))
    behind = () if reading.language in _OWNER_BEHIND | _VERB_LAST else tuple(range(one + 1, turn))
    return (one - 1, *behind) if reading.terms[one].owns else behind


def _is_aside(reading: LexicalReading, at: int) -> bool:
    """Whether a word counts, tells the time, or little at all."""
    behind = reading.terms[at + 1 : at + 2]
    term = reading.terms[at]
    return term.counts or term.calendar or any(one.calendar for one in behind) or term.weight < _TELLING
