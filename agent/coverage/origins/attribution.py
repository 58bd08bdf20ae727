"""Whom a report names, as it opens, as where it has its news from: "according to Reuters", "ذكرت وكالة سهيل أن".

Speakers stand in the same words, "selon la police", so that only outlets beyond doubt count; and a report that has
something of its own is not another's, whatever it opens with.
"""

import re
from collections.abc import Iterator, Sequence

from agent.coverage.origins.agencies import folded_name
from agent.coverage.origins.naming import CreditedName, names_at, names_in
from agent.coverage.origins.phrases import patterns
from agent.coverage.origins.signatures import signers
from agent.models import Article, Document

_LONGEST_OPENING = 400
_LONGEST_HEADLINE = 60
_MOST_CHARACTERS = 20_000
_SHORTEST_OUTLET = 3
_ENDED = re.compile(r"[.!?؟…]\W*$")
_SENTENCE_END = re.compile(r"(?<=[.!?؟…])[\"'»”)\]]*\s+")
_COMMA = re.compile(r"[,،]\s+")
_PLACE = re.compile(r"^[^\n]{2,60}?\s[-–—―]+\s")


def attributed_to(lines: Sequence[str]) -> tuple[CreditedName, ...]:
    """Whom the first sentence of a report names as its source, in whatever words."""
    # A headline may stand above.
    line = next((one for one in lines if len(one) > _LONGEST_HEADLINE or _ENDED.search(one)), "")
    text = _PLACE.sub("", folded_name(line), count=1)
    sentence = _SENTENCE_END.split(text)[0][:_LONGEST_OPENING]
    return tuple(names_in_sentence(sentence))


def has_own_report(value: Document | Article) -> bool:
    """Whether a report says that something in it is its own: "told our reporter", "told the" and its outlet."""
    text = folded_name(value.text[:_MOST_CHARACTERS])
    if patterns().own.search(text):
        return True
    outlet = folded_name(value.outlet or "")
    if len(outlet) < _SHORTEST_OUTLET:
        return False
    spoken_to = re.compile(
        rf"\b(?:told|to|with) (?:the )?{re.escape(outlet)}\b|\bل\s?\"?{re.escape(outlet)}", re.IGNORECASE
    )
    return spoken_to.search(text) is not None


def names_in_sentence(sentence: str) -> Iterator[CreditedName]:
    """Whom a sentence, as `folded_name` writes it, may name as its source."""
    result = patterns()
    if (match := result.opening.match(sentence)) is not None:
        yield from _names_at(sentence[match.end() :])
    for match in result.within.finditer(sentence):
        yield from _names_at(sentence[match.end() :])
    # "Reuters reported on Monday that", "Bay Haber Ajansı'nın aktardığına göre"
    found = names_at(sentence.lstrip(" \"'"))
    if found is not None and result.reports.match(found.rest):
        yield from found.names
    # ", Reuters reported.", ", the newspaper Bay Sheet reported."
    for match in signers().finditer(sentence):
        if sentence[: match.start()].endswith(", ") and result.reports.match(sentence, match.end()):
            yield from names_in(match[0])
    for comma in _COMMA.finditer(sentence):
        told = result.reports.search(sentence, comma.end(), comma.end() + _LONGEST_HEADLINE)
        last = names_at(sentence[comma.end() : told.start()]) if told is not None else None
        if last is not None and not last.rest.strip():
            yield from last.names


def _names_at(rest: str) -> tuple[CreditedName, ...]:
    found = names_at(rest)
    return found.names if found is not None else ()
