"""Whom a report credits: in fields of its source, its by-line, its dateline, its first and its last lines.

A mention is no credit: "Reuters reporters were attacked" and "told Reuters" leave the report its own outlet's.
A text that credits another falsely weakens itself alone.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from agent.coverage.origins.agencies import folded_name
from agent.coverage.origins.attribution import attributed_to, has_own_report
from agent.coverage.origins.naming import CreditedName, is_wire, named, names_in
from agent.coverage.origins.notes import credited_first, credited_last, hinted, lines_of
from agent.coverage.origins.signatures import VIA, parts_of_author, signed, signed_by_author
from agent.models import ANY_AGENCY, Article, Document, Frozen

_HEAD_LINES, _HEAD_CHARACTERS = 3, 240
# A notice of whose the rights are takes a line and a half.
_TAIL_LINES, _TAIL_CHARACTERS = 2, 260
# Notes of who published first are longer than signatures, and others may stand after them.
_NOTES_CHARACTERS = 700
_LONGEST_AUTHOR = 500
_AROUND_NAMES = " .,;:()[]\"'“”„«»‹›،؛*_—–-"


class Credits(Frozen):
    """`agencies` by their ids, `ANY_AGENCY` where agencies are credited and none by name; `outlets` by their names.
    `hints` are names that sign as outlets do, and as people do: they count where an outlet of that name is known."""

    agencies: frozenset[str] = frozenset()
    outlets: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    def with_names(self, names: Iterable[CreditedName]) -> "Credits":
        items = list(names)
        agencies = {*self.agencies, *(one.agency for one in items if one.agency is not None)}
        outlets = (*self.outlets, *(one.name for one in items if one.agency is None))
        return self.model_copy(
            update={
                "agencies": frozenset(agencies - {ANY_AGENCY} or agencies),
                "outlets": tuple(dict.fromkeys(outlets)),
            }
        )


def credited(value: Document | Article) -> frozenset[str]:
    """The ids of the agencies that a report credits; `ANY_AGENCY` when it credits agencies and names none."""
    return credits_of(value).agencies


def credits_of(value: Document | Article) -> Credits:
    """Whom a report credits as those whose report it is."""
    fields = value.provenance.credits if isinstance(value, Document) else ()
    opening, closing = value.text[:_NOTES_CHARACTERS], value.text[-_NOTES_CHARACTERS:]
    found = _credits(
        (value.author or "")[:_LONGEST_AUTHOR], fields, opening, closing, len(value.text) > _NOTES_CHARACTERS
    )
    if found.rests_on and not has_own_report(value):
        return found.credits.with_names(found.rests_on)
    return found.credits


class _Found(Frozen):
    """`rests_on` are those that it names as its sources as it opens: they count where it has nothing of its own."""

    credits: Credits
    rests_on: tuple[CreditedName, ...]


@lru_cache(maxsize=4096)
def _credits(author: str, fields: tuple[str, ...], opening: str, closing: str, is_cut: bool) -> _Found:
    first, last = lines_of(opening, cut_last=is_cut), lines_of(closing, cut_first=is_cut)
    head = _prepared(lines_of(opening[:_HEAD_CHARACTERS])[:_HEAD_LINES])
    tail = _prepared(lines_of(closing[-_TAIL_CHARACTERS:])[-_TAIL_LINES:])
    by = folded_name(author)
    agencies = frozenset((*signed_by_author(by), *signed(head, tail)))
    names = (*_of_fields(fields), *_of_author(by), *credited_first(first), *credited_last(last))
    attributed = attributed_to(first)
    hints = (*hinted(first, last), *(one.name for one in attributed if one.agency is None))
    sources = [*fields, author, *first, *last]
    return _Found(
        credits=Credits(agencies=agencies, hints=tuple(dict.fromkeys(hints))).with_names(_written(names, sources)),
        rests_on=tuple(_written((one for one in attributed if one.evident), sources)),
    )


def _of_fields(fields: Iterable[str]) -> Iterator[CreditedName]:
    """A field for credits holds nothing but names, so that an agency's is one in small letters too."""
    for field in fields:
        text = folded_name(field)
        for agency in (*signed_by_author(text), *signed_by_author(text.upper())):
            yield CreditedName(name=agency, agency=agency, evident=True)
        yield from names_in(text)


def _of_author(author: str) -> Iterator[CreditedName]:
    """By-lines name people: of what nobody knows, only what says that it is an agency is one. After "via" stands
    whose report it is."""
    for part in parts_of_author(author):
        if (one := named(part)) is not None and (one.is_known or is_wire(part)):
            yield one
    for value in VIA.findall(author):
        yield from names_in(value)


def _written(names: Iterable[CreditedName], sources: list[str]) -> Iterator[CreditedName]:
    for one in names:
        yield one if one.agency else one.model_copy(update={"name": _as_written(one.name, sources)})


def _as_written(name: str, sources: Iterable[str]) -> str:
    """A name with the letters of its source: what is compared has lost accents and forms of letters."""
    wanted = name.split()
    for source in sources:
        words = source.replace("\u200c", " ").split()
        for start in range(len(words) - len(wanted) + 1):
            text = " ".join(words[start : start + len(wanted)]).strip(_AROUND_NAMES)
            if folded_name(text) == name:
                return text
    return name


def _prepared(lines: list[str]) -> str:
    """Letters other than Latin as they are compared, and single spaces."""
    return "\n".join(map(folded_name, lines))
