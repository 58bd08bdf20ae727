"""Of which day a claim is, and whether it tells a fact, after a person has worded it: by what its words say now."""

import re
from contextlib import suppress
from datetime import date

from agent.analyst.lexical.days import days_named
from agent.analyst.lexical.extract import read_statements
from agent.analyst.lexical.words import words
from agent.dates import UnreadDate, find_date
from agent.models import Article, Claim, Frozen, Kind
from agent.text.language import primary_language

_WRITTEN_OUT = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")


class WordingTells(Frozen):
    """What the words of a claim tell by themselves; no `day` where they name none, or none that can be read."""

    kind: Kind = Kind.FACT
    day: date | None = None


def dated_anew(claim: Claim, former: str, article: Article) -> Claim:
    """A claim whose kind and days were read from its `former` words: what its own words say otherwise holds."""
    if claim.text == former:
        return claim
    now, before = _tells(claim.text, article), _tells(former, article)
    fields: dict[str, object] = {}
    if now.kind is not before.kind:
        fields["kind"] = now.kind
    day = now.day
    if day is None and before.day is not None:
        # The person left the day out; the words that the claim rests on may still name it.
        day = _tells(claim.quote, article).day
    if day != before.day:
        fields |= {"event_date": day, "event_end": None}
    elif claim.event_end is not None and not _names(claim.text, claim.event_end, article):
        # Nor is it the last day still, where the person has put another in its place.
        fields |= {"event_end": None} if _names(former, claim.event_end, article) else {}
    return claim.model_copy(update=fields)


def _names(text: str, day: date, article: Article) -> bool:
    spoken = primary_language(article.language)
    return f"{day.month}-{day.day}" in days_named(words(text), spoken) or day.isoformat() in text


def _tells(text: str, article: Article) -> WordingTells:
    published = article.published_at.date() if article.published_at else None
    drafts = [one.draft for one in read_statements(text, article.language, published)]
    stated = (one.event_date for one in drafts if one.event_date is not None)
    kinds = [one.kind for one in drafts]
    return WordingTells(
        kind=next((kind for kind in kinds if kind is not Kind.FACT), Kind.FACT),
        day=_written_out(text) or next(stated, None) or _calendar_day(text, article.language),
    )


def _written_out(text: str) -> date | None:
    """The day behind "Tuesday (2016-03-15)", which claims are worded with."""
    for found in _WRITTEN_OUT.finditer(text):
        with suppress(ValueError):
            return date(*map(int, found.groups()))
    return None


def _calendar_day(text: str, language: str) -> date | None:
    """In languages that statements are not taken apart in."""
    if language in ("ar", "en"):
        return None
    try:
        found = find_date(text, language=language)
    except UnreadDate:
        return None
    return found.day if found else None
