"""Finds coverage in other languages that the built-in analyst cannot compare with a claim, and that a person should
read.

It is shown beside a label and decides none: a cosine cannot tell "17 killed" from "71 killed".
"""

import re
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from agent.analyst.lexical.days import days_named
from agent.analyst.lexical.numbers import read_numbers
from agent.analyst.lexical.words import words
from agent.coverage.search.found import CrossingPassage, OriginLead
from agent.coverage.search.names import names_in, spelled_names
from agent.models import Article, Claim, CloseCoverage, Finding
from agent.text.language import primary_language
from agent.verify.summaries import OriginsKnown

_MOST, _MOST_SIGNS = 3, 5
# Of the way from the floor, under which a passage bears on nothing, to the same words.
_CLEARLY_ABOVE, _BY_ONE_SIGN = 0.15, 0.25
_LONG_NAME = 4
_ARTICLE = "l"
# How another language groups thousands, which the reader of numbers takes for a fraction.
_IN_GROUPS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
# "one" and "two" are said of anything.
_LEAST_NUMBER = 3


def close_coverage(
    finding: Finding, article: Article, leads: Iterable[OriginLead], floor: float, known: OriginsKnown
) -> tuple[CloseCoverage, ...]:
    """The passages nearest to a claim, one for each independent origin in another language that gave no evidence on
    it. Their cosine is clearly above its floor, and a rare name or a number agrees. Where only one sign agrees, as
    the name of a town does in everything that happens there, the cosine has to be higher."""
    spoke = {item.passage.document_id for item in finding.evidence}
    near = [
        (lead.origin.id, one)
        for lead in leads
        if lead.origin.id in known.independent and lead.origin.witness.id not in spoke
        for one in lead.crossing
        if one.claim_id == finding.id and _height(one, floor) >= _CLEARLY_ABOVE
    ]
    asked = _SharedSigns.of(finding, article.language)
    items = []
    for origin, one in sorted(near, key=lambda pair: (-pair[1].similarity, pair[0])):
        agreeing = _compared(asked, finding, known.roots.get(origin, origin), one)
        if agreeing is not None and (_signs(agreeing) > 1 or _height(one, floor) >= _BY_ONE_SIGN):
            items.append(agreeing)
    return _first_of_each_origin(items)


def still_close(finding: Finding, gone: Collection[str]) -> tuple[CloseCoverage, ...]:
    """What was close before, without documents that are `gone` or that give evidence now."""
    spoke = {item.passage.document_id for item in finding.evidence}
    return tuple(one for one in finding.close if one.passage.document_id not in {*gone, *spoke})


def with_newer(before: Iterable[CloseCoverage], later: Iterable[CloseCoverage]) -> tuple[CloseCoverage, ...]:
    """The passages of both, one for each origin, the nearest first."""
    return _first_of_each_origin(sorted((*later, *before), key=lambda one: -one.similarity))


def _first_of_each_origin(ranked: Iterable[CloseCoverage]) -> tuple[CloseCoverage, ...]:
    first: dict[str, CloseCoverage] = {}
    for one in ranked:
        first.setdefault(one.origin, one)
    return tuple(first.values())[:_MOST]


def _signs(one: CloseCoverage) -> int:
    return len(one.names) + len(one.numbers) + len(one.dates)


def _height(one: CrossingPassage, floor: float) -> float:
    """How far it is from the floor to the cosine of the same words, which is 1."""
    return (one.similarity - floor) / max(1 - floor, 1e-9)


@dataclass(frozen=True, slots=True)
class _SharedSigns:
    """What is the same in every language: names by their sound, and numbers that are no part of a date."""

    names: frozenset[str]
    numbers: frozenset[float]

    @classmethod
    def of(cls, claim: Claim, language: str) -> "_SharedSigns":
        """Numbers are the article's own: a claim's text may tell its day in figures."""
        names = names_in(f"{claim.quote}\n{claim.text}")
        return cls(frozenset(names), _numbers(claim.quote, language, claim.event_date))


def _numbers(text: str, language: str, day: date | None) -> frozenset[float]:
    """Those that count something, as far as that is known: no years, no days of a month, no hours with minutes."""
    own_days = {day.day} if day else set()
    return frozenset(number for number in _counted(text, primary_language(language)) if number not in own_days)


# What follows is asked of a passage for each claim that it stands beside.
@lru_cache(maxsize=512)
def _counted(text: str, spoken: str) -> frozenset[float]:
    days = {float(named.partition("-")[2]) for named in _days_in(text, spoken) if "-" in named}
    numbers = read_numbers(words(_CLOCK.sub(" ", _IN_GROUPS.sub("", text))), spoken)
    return frozenset(
        number.value
        for number in numbers
        if number.value >= _LEAST_NUMBER and not number.is_year and number.value not in days
    )


@lru_cache(maxsize=512)
def _days_in(text: str, spoken: str) -> frozenset[str]:
    return days_named(words(text), spoken)


def _compared(asked: _SharedSigns, claim: Claim, origin: str, one: CrossingPassage) -> CloseCoverage | None:
    """What agrees; None where no rare name and no number does."""
    passage = one.passage
    spelled = spelled_names(passage.text)
    sounds = without_article(asked.names & spelled.keys())
    numbers = _numbers(passage.text, passage.language, claim.event_date)
    agreeing = asked.numbers & numbers
    if not agreeing and not are_rare(sounds):
        return None
    return CloseCoverage(
        passage=passage,
        origin=origin,
        similarity=one.similarity,
        names=tuple(dict.fromkeys(spelled[sound] for sound in sounds))[:_MOST_SIGNS],
        numbers=_shown(agreeing),
        dates=_dates(claim, one),
        numbers_differ=_shown(asked.numbers - numbers),
    )


def without_article(sounds: Set[str]) -> list[str]:
    """Each name once, though it was also read together with its article, "al-"; the longest first."""
    bare = [sound for sound in sounds if not (sound.startswith(_ARTICLE) and sound[1:] in sounds)]
    return sorted(bare, key=lambda sound: (-len(sound), sound))


def are_rare(sounds: Iterable[str]) -> bool:
    """Two names of three consonants, or one of more: fewer are shared by chance."""
    lengths = [len(sound.removeprefix(_ARTICLE)) for sound in sounds]
    return len(lengths) > 1 or any(length >= _LONG_NAME for length in lengths)


def _dates(claim: Claim, one: CrossingPassage) -> tuple[date, ...]:
    named = _days_in(one.passage.text, primary_language(one.passage.language))
    days = dict.fromkeys(day for day in (claim.event_date, claim.event_end) if day)
    return tuple(day for day in days if f"{day.month}-{day.day}" in named)


def _shown(numbers: Iterable[float]) -> tuple[str, ...]:
    return tuple(f"{int(one)}" if one == int(one) else f"{one}" for one in sorted(numbers))[:_MOST_SIGNS]
