"""Whether a text is about the event that an article is about: what speaks of another never speaks to its claims."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.reading import LexicalReading, read
from agent.models import Article, Witness

# What was published so long before an article is about something that happened before.
_LONG_BEFORE = timedelta(days=60)


@dataclass(frozen=True)
class Setting:
    """What places an article: the names in it, the years that it tells, and the day of its publication."""

    language: str
    names: frozenset[str]
    places: frozenset[int]
    years: frozenset[int]
    published: date | None


@lru_cache(maxsize=64)
def setting_of(article: Article) -> Setting:
    known = profile(article.language, article.text)
    reading = read(f"{article.title}. {article.text}" if article.title else article.text, known)
    published = article.published_at.date() if article.published_at else None
    years = _years(reading) | ({published.year} if published else set())
    return Setting(known, _names(reading), reading.places, frozenset(years), published)


def is_elsewhere(setting: Setting, witness: Witness, claim: LexicalReading) -> bool:
    """Whether all that a witness names is foreign to the article, or it spoke long before about a claim of today."""
    if not witness.passages:
        return False
    if not _years(claim) and _spoke_long_before(setting, witness):
        return True
    known = [p for p in witness.passages if profile(p.language, p.text) == setting.language]
    titled = {f"{p.title}. " if p.title else "" for p in known}
    if not known:
        return False
    reading = read(" ".join([*sorted(titled), *(p.text for p in known)]), setting.language)
    if not reading.places.isdisjoint(setting.places):
        return False
    named = _names(reading)
    return bool(named and setting.names) and named.isdisjoint(setting.names)


def is_of_another_year(setting: Setting, claim: LexicalReading, stretch: LexicalReading) -> bool:
    """Whether a stretch tells years, and none that the article or the claim tells."""
    years = _years(stretch)
    return bool(years) and years.isdisjoint(setting.years | _years(claim))


def _spoke_long_before(setting: Setting, witness: Witness) -> bool:
    published = witness.passages[0].published_at
    return bool(setting.published and published and setting.published - published.date() > _LONG_BEFORE)


def _names(lexical_reading: LexicalReading) -> frozenset[str]:
    return frozenset(term.root for term in lexical_reading.terms if term.name and not term.counts)


def _years(lexical_reading: LexicalReading) -> set[int]:
    return {int(number.value) for number in lexical_reading.numbers if number.is_year}
