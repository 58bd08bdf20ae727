"""What the first and the last lines of a report say of whose it is: "First published in French by Le Quai"."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from agent.coverage.origins.agencies import folded_name
from agent.coverage.origins.naming import CreditedName, is_wire, named, names_at, names_in
from agent.coverage.origins.phrases import patterns
from agent.coverage.origins.signatures import parts_of_author

_SIGNED_LINES, _NOTE_LINES, _PIECES_OF_LINE = 3, 5, 3
_LONGEST_NOTE, _LONGEST_LABEL = 480, 240
_SENTENCE_END = re.compile(r"(?<=[.!?؟…])[\"'»”)\]]*\s+")
_GOES_ON = re.compile(
    r"\s*(?:$|[.,;:()\[\]\"'*_—–-]|(?:on|in|under|and|with|where|as|at|by|for|le|la|el|am|im|en|und|y|et|bu|ve|tarihinde"
    r"|بتاريخ|في|يوم|و|در|به|تحت)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[\s.,;:()\[\]\"'*_—–-]*$")
_BRACKETED = re.compile(r"^\W{0,3}[(\[]([^()\[\]\n]{2,160})[)\]]")
_LAST_BRACKETS = re.compile(r"(?:^|[.!?؟…\"”»]\s*)[(\[]\s*([^()\[\]\n]{2,60})[)\]]\W*$")
_FROM = re.compile(r"(?:عن|از)\s+(.+)")
_DATELINE = re.compile(
    r"^(?P<place>[^\n()\[\]!?؟\"]{2,60}?),?\s*[(\[]\s*(?P<bracketed>[^()\[\]\n]{2,40}?)\s*[)\]]\s*\.?\s*[-–—―]"
    r"|^[^\n()\[\]!?؟\":.]{2,40}?(?:\s[-–—―]\s|\s?[–—―]\s?|,\s)(?P<dashed>[^\n()\[\]!?؟\":.,–—―]{4,40}?)\s*"
    r"(?:[-–—―]\s|$)"
)
_MOST_WORDS_OF_PLACE = 2
_ACRONYM = re.compile(r"[A-Z]{3,6}")
_BY = re.compile(r"^\W*(?:by|par|von|por|da|di|door|haber|بقلم|از|نوشته)\s*:?\s+([^\n]{2,80})$", re.IGNORECASE)
_SIGNED_AND_HOW = re.compile(
    r"^\W*([^\n,(]{4,60}?)\s*[,(]\s*(?:via|through|translated|with|traduit|traduction|ubersetz|traducid|ceviri|ترجم|عن|از)"
    r"\b[^\n]{0,80}$",
    re.IGNORECASE,
)


def lines_of(text: str, *, cut_first: bool = False, cut_last: bool = False) -> list[str]:
    """The lines of a stretch of text, without empty ones; without the pieces of sentences at an end that is cut."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and cut_first:
        lines[0] = " ".join(_SENTENCE_END.split(lines[0])[1:])
    if lines and cut_last and text[-1:] not in "\n\r":
        lines[-1] = " ".join(_SENTENCE_END.split(lines[-1])[:-1])
    return [line for line in lines if line]


def credited_first(lines: Sequence[str]) -> Iterator[CreditedName]:
    """Whom the first lines of a report credit, apart from known agencies in signatures."""
    for number, line in enumerate(lines[:_NOTE_LINES]):
        text = folded_name(line)
        if number < _SIGNED_LINES:
            yield from _of_dateline(text)
            # "Source: minister to resign" is a headline.
            yield from (one for one in _of_label(text) if one.evident)
        for piece in _SENTENCE_END.split(text)[:_PIECES_OF_LINE]:
            yield from _of_note(piece)


def credited_last(lines: Sequence[str]) -> Iterator[CreditedName]:
    """Whom the last lines of a report credit, apart from known agencies in signatures."""
    for line in lines[-_NOTE_LINES:]:
        for piece in _SENTENCE_END.split(folded_name(line))[-_PIECES_OF_LINE:]:
            yield from _of_note(piece)
            yield from _of_label(piece)
    for line in lines[-_SIGNED_LINES:]:
        text = folded_name(line)
        # "(بويراز للأنباء، عن التركية)", "Suhail News Agency, via our partners"
        if (signed := _LAST_BRACKETS.search(text) or _SIGNED_AND_HOW.match(text)) is not None:
            yield from _if_wire(re.split("[,(]", signed[1])[0])


def hinted(first: Sequence[str], last: Sequence[str]) -> Iterator[str]:
    """Names that stand where outlets sign, and where people do: "(لا فيجي أوسترال)" at the end."""
    for line in last[-1:]:
        if (match := _LAST_BRACKETS.search(folded_name(line))) is not None:
            yield from (one.name for one in names_in(match[1]))
    for line in first[:1]:
        match = _DATELINE.match(folded_name(line))
        if match is not None and match["bracketed"] and (one := named(match["bracketed"])) is not None:
            yield one.name


def _of_dateline(line: str) -> Iterator[CreditedName]:
    """Of "PORT TOWN (Bay Press) - ", "الزاهرة - وكالة سهيل للأنباء", "(via Bay Press) The quay", "By Bay Press"."""
    if (match := _BRACKETED.match(line)) is not None:
        inside = match[1].strip()
        yield from chain(_of_label(inside), _of_note(inside), _if_wire(inside.split(",")[0]))
        if (about := _FROM.match(inside)) is not None:
            yield from names_in(about[1])
    if (match := _DATELINE.match(line)) is not None:
        if (bracketed := match["bracketed"]) and (one := named(bracketed)) is not None:
            if one.evident or _may_sign(bracketed, match["place"]):
                yield one
        elif match["dashed"]:
            yield from _if_wire(match["dashed"])
    if (match := _BY.match(line)) is not None:
        yield from chain.from_iterable(map(_if_wire, parts_of_author(match[1])))


def _if_wire(name: str) -> Iterator[CreditedName]:
    if is_wire(name) and (one := named(name)) is not None:
        yield one


def _may_sign(name: str, place: str) -> bool:
    """In brackets after a place stand agencies and, now and then, countries: those are single words."""
    several = not name.isascii() and " " in name.strip() and len(place.split()) <= _MOST_WORDS_OF_PLACE
    return several or _ACRONYM.fullmatch(name) is not None


def _of_label(piece: str) -> Iterator[CreditedName]:
    """Of "Source: Reuters", "المصدر: وكالات", "via Le Quai"."""
    result = patterns()
    if len(piece) > _LONGEST_LABEL or result.pictures.search(piece[:60]):
        return
    if (label := result.label.match(piece)) is not None:
        yield from names_in(piece[label.end() :])
    elif (label := result.bare_label.match(piece)) is not None:
        found = names_at(piece[label.end() :])
        if found is not None and _ENDS.fullmatch(found.rest):
            yield from found.names


def _of_note(piece: str) -> Iterator[CreditedName]:
    """Of "First published in French by Le Quai on 12 March", "Translated from …", "ترجمة عن …"."""
    result = patterns()
    piece = piece[:_LONGEST_NOTE]
    if result.pictures.search(piece[:40]):
        return
    for pattern, follows in ((result.republished, _GOES_ON), (result.alone, _ENDS), (result.of_outlets, _GOES_ON)):
        match = pattern.match(piece)
        if match is None or (found := names_at(piece[match.end() :])) is None or not follows.match(found.rest):
            continue
        yield from (one for one in found.names if one.evident or pattern is not result.of_outlets)
    for around in result.around:
        if (match := around.match(piece)) is not None:
            yield from names_in(match["name"])
