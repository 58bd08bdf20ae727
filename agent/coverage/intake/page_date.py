"""When the article of a page was published, and how that is known.

The page's own word comes first: what it states for machines, then the date line that its readers see. Then what a
feed tells of it, then a day in its address, and last, where nothing else tells any, the time of a change.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from agent.coverage.intake.date_address import day_in_address
from agent.coverage.intake.date_choice import DateCandidate, PageDate, chosen, finest, first_of, read_candidate
from agent.coverage.intake.date_line import DateLine, date_lines, shown_dates
from agent.coverage.intake.date_metadata import stated_dates
from agent.coverage.intake.json_ld import StructuredData, structured_data
from agent.coverage.intake.listed import ListedDates
from agent.coverage.intake.metadata import possible, read_published
from agent.coverage.intake.page_identity import Identity, identity_of
from agent.dates import DateReading, NumberOrder, UnreadDate, find_date, order_shown
from agent.models import DateSource, LeftOut

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_UNREAD = LeftOut(what="a block of its structured data", why="is not JSON: it was not read")
_MENDED = "comments, commas and escapes in its structured data, which was not JSON"
_A_DAY = timedelta(days=1)
# What is quoted of a date in what is told.
_QUOTED = 80


_NOTHING = ListedDates()


def date_of_page(
    page: str, addresses: Sequence[str | None], language: str | None, listed: ListedDates = _NOTHING
) -> PageDate:
    """The date of the article in an HTML page. The first of its `addresses` is the one that it is known by."""
    tree = _parsed(page)
    if tree is None:
        return date_of_entry(addresses[0], language, listed)
    data = structured_data(tree)
    identity = identity_of(tree, addresses)
    order = order_shown(shown_dates(tree))
    words = [
        *_stated(tree, data, identity, language),
        *_shown(tree, identity, language, order),
        *_listed(addresses[0], language, listed),
    ]
    mended = (_MENDED,) if data.mended else ()
    return chosen([read_candidate(word, order) for word in words], (_UNREAD,) * min(data.unread, 1), mended)


def date_of_entry(address: str | None, language: str | None, listed: ListedDates) -> PageDate:
    """The same of what a feed lists, where the page itself is not to be had."""
    return chosen([read_candidate(word, None) for word in _listed(address, language, listed)])


def _parsed(page: str) -> "HtmlElement | None":
    from lxml.etree import ParserError  # type: ignore[import-untyped]  # ships no types
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(page.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError):
        return None


def _stated(
    tree: "HtmlElement", data: StructuredData, identity: Identity, language: str | None
) -> Iterator[DateCandidate]:
    for one in stated_dates(tree, data, identity):
        yield DateCandidate(
            f"{one.where} {one.written[:_QUOTED]!r}", one.source, partial(read_published, one.written, language)
        )


def _shown(
    tree: "HtmlElement", identity: Identity, language: str | None, order: NumberOrder | None
) -> Iterator[DateCandidate]:
    """The date line: of those that are marked most plainly, and only where they agree about the day."""
    for lines in date_lines(tree, identity, language):
        for marked in dict.fromkeys(line.marked for line in lines):
            words = [_line_word(line, language) for line in lines if line.marked is marked]
            if known := [word for word in words if read_candidate(word, order).days]:
                yield _one_of(known, order)
                return


def _line_word(line: DateLine, language: str | None) -> DateCandidate:
    text = f"its date line {(line.text or ' '.join(line.clocks))[:_QUOTED]!r}"
    return DateCandidate(text, DateSource.VISIBLE_LINE, partial(_of_line, line, language))


def _of_line(line: DateLine, language: str | None, order: NumberOrder | None) -> DateReading:
    """What an element tells. Its value for machines knows the zone, unless it is of another time than its words, such
    as that of a change; the words that it stands among may add the time of day."""
    for_machines, problems = _attempted([partial(read_published, clock, language, order) for clock in line.clocks])
    words = [partial(find_date, text, language=language, order=order) for text in (line.text, line.around)]
    for_people, further = _attempted(words)
    if for_machines and for_people and abs(for_machines[0].day - for_people[0].day) > _A_DAY:
        return finest(for_people)
    if readings := [*for_machines, *for_people]:
        return finest(readings)
    raise next((err for err in (*problems, *further) if err.days), UnreadDate("is not a date"))


def _attempted(attempts: Iterable[Callable[[], DateReading | None]]) -> tuple[list[DateReading], list[UnreadDate]]:
    readings, problems = [], []
    for attempt in attempts:
        try:
            if (reading := attempt()) is not None:
                readings.append(possible(reading))
        except UnreadDate as err:
            problems.append(err)
    return readings, problems


def _one_of(words: Sequence[DateCandidate], order: NumberOrder | None) -> DateCandidate:
    """The one that tells most, of several the earliest; an unreadable word where they tell several days."""
    readings = {id(word): one.reading for word in words if (one := read_candidate(word, order)).reading is not None}
    known = [reading for reading in readings.values() if reading is not None]
    if len({reading.day for reading in known}) > 1:
        text = " and ".join(word.written for word in words[:3])
        return DateCandidate(text, DateSource.VISIBLE_LINE, partial(_refused, tuple(reading for reading in known)))
    best = first_of(known) if known else None
    return next((word for word in words if readings.get(id(word)) is best), words[0])


def _refused(readings: Sequence[DateReading], _: NumberOrder | None) -> DateReading:
    raise UnreadDate("do not tell one day", {reading.day for reading in readings})


def _listed(address: str | None, language: str | None, listed: ListedDates) -> Iterator[DateCandidate]:
    """What is told of a page from outside."""
    if listed.published_at:
        yield _feed_word("the date in its feed", listed.published_at, DateSource.FEED, language, listed.order)
    if (day := day_in_address(address, language)) is not None:
        yield DateCandidate(
            f"the day {day} in its address", DateSource.ADDRESS, partial(read_published, str(day), None)
        )
    if listed.changed_at:
        text = "the time of a change in its feed"
        yield _feed_word(text, listed.changed_at, DateSource.FEED_UPDATED, language, listed.order)


def _feed_word(
    what: str, text: str, source: DateSource, language: str | None, shown: NumberOrder | None
) -> DateCandidate:
    """Numbers of a feed are read in the order that its other dates show."""

    def read(order: NumberOrder | None) -> DateReading:
        return read_published(text, language, shown or order)

    return DateCandidate(f"{what} {text[:_QUOTED]!r}", source, read)
