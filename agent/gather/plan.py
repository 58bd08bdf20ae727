"""Which questions a source is asked: the queries that it understands, around the event, before the article, and of
the sites that are trusted."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from agent.gather.queries import SearchQuery, SearchSetting, Subject
from agent.gather.source import SearchQuestion, SourceLimits
from agent.models import Frozen

# So many queries are asked once more for what was told first, and of trusted sites.
_ASKED_AGAIN = 2
_SITES_AT_ONCE = 10


class Days(Frozen):
    """Days to look at, first and last; `before` is the last one on which the article was not out yet."""

    since: date | None = None
    until: date | None = None
    before: date | None = None


def days_of(subject: Subject, window_days: int, today: date | None = None) -> Days:
    """Around the event and the article, nothing from days to come; no days where neither tells one."""
    today = today or datetime.now(UTC).date()
    out = subject.article.published_at.astimezone(UTC).date() if subject.article.published_at else None
    days = [day for claim in subject.claims for day in (claim.event_date, claim.event_end) if day is not None]
    known = [day for day in (*days, out) if day is not None and day <= today]
    if not known:
        return Days()
    # What an article tells of long ago is not what it is about.
    window = timedelta(days=window_days)
    near = [day for day in known if out is None or abs(day - out) <= window] or known
    return Days(since=_moved(min(near), -window), until=min(_moved(max(near), window), today), before=out)


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def questions_for(
    limits: SourceLimits, queries: Sequence[SearchQuery], setting: SearchSetting, days: Days, sites: Sequence[str]
) -> tuple[SearchQuestion, ...]:
    """In the order in which they are asked; the most important first, as there may be no time for all."""
    spoken = [query for query in queries if limits.speaks in (None, query.language)]
    asked = [_question(query, days) for query in spoken]
    if limits.speaks is not None:
        asked += _written_in(asked[:1], limits.speaks, setting)
    if limits.dated and days.before is not None:
        again = [
            one.model_copy(update={"until": days.before, "earliest_first": True}) for one in asked[:_ASKED_AGAIN]
        ]
        asked[_ASKED_AGAIN:_ASKED_AGAIN] = again
    if limits.by_site and sites:
        again = [one.model_copy(update={"sites": tuple(sites[:_SITES_AT_ONCE])}) for one in asked[:1]]
        asked[1:1] = again
    return tuple(asked[: limits.questions])


def _question(query: SearchQuery, days: Days) -> SearchQuestion:
    return SearchQuestion(
        words=query.words, language=query.language, country=query.country, since=days.since, until=days.until
    )


def _written_in(asked: Sequence[SearchQuestion], speaks: str, setting: SearchSetting) -> Iterator[SearchQuestion]:
    """Once more for each language of the place: there the answer to all would be crowded out."""
    for one in asked:
        for language in setting.languages:
            if language != speaks:
                yield one.model_copy(update={"written_in": language})
