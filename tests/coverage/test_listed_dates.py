"""Dates in lines, saved feeds and feeds of the web: what may be two days is settled by the others of its source or
told, and the time of a change stands in only where nothing else tells a date."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.app import open_web
from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.database import open_database
from agent.coverage.intake.feeds import read_feed
from agent.coverage.intake.metadata import Caution, Item
from agent.coverage.intake.reading import read_coverage
from agent.coverage.intake.sitemaps import read_sitemap
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import FetchTarget
from agent.doors.api.posted_coverage import read_lines
from agent.models import DateSource, Document
from tests.support.newsstand import RSS, Newsstand, page, story

FULL = "".join(f"<p>{story(number)}</p>" for number in range(50, 54))
ATOM = "http://www.w3.org/2005/Atom"
BOTH = "may be 2024-03-05 or 2024-05-03"


def _days(items: Iterable[Item]) -> list[str | None]:
    return [f"{one.published_at:%F}" if one.published_at else None for one in items if isinstance(one, Document)]


def _told(items: Iterable[Item]) -> list[str]:
    return [one.reason for one in items if isinstance(one, Caution)]


def _jsonl(path: Path, *dates: object) -> Path:
    lines = [{"text": story(number), "published_at": date} for number, date in enumerate(dates)]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


@pytest.mark.parametrize("ambiguous", ["05/03/2024", "05/03/2024 19:30", "٠٥/٠٣/٢٠٢٤", "5-3-2024", "05.03.2024"])
def test_a_line_whose_date_may_be_two_days_is_kept_without_it_and_told(tmp_path: Path, ambiguous: str) -> None:
    items = list(read_coverage([_jsonl(tmp_path / "a.jsonl", ambiguous)]))
    assert _days(items) == [None]
    (reason,) = _told(items)
    assert reason == f"published_at {ambiguous!r} {BOTH}: kept without a date"


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["05/03/2024", "25/03/2024"], ["2024-03-05", "2024-03-25"]),
        (["05/03/2024", "03/25/2024"], ["2024-05-03", "2024-03-25"]),
        (["٠٥/٠٣/٢٠٢٤", "٢٥/٠٣/٢٠٢٤"], ["2024-03-05", "2024-03-25"]),
        (["05/03/2024", "Tue 06/02/2024", "03/04/2024"], ["2024-03-05", "2024-02-06", "2024-04-03"]),
        (["05/03/2024", "25/03/2024", "03/25/2024"], [None, "2024-03-25", "2024-03-25"]),
        (["05/03/2024", "2024-03-25", 1710401400], [None, "2024-03-25", "2024-03-14"]),
    ],
)
def test_the_other_dates_of_a_file_settle_it(tmp_path: Path, dates: list[object], days: list[str | None]) -> None:
    assert _days(read_coverage([_jsonl(tmp_path / "a.jsonl", *dates)])) == days
    array = tmp_path / "a.json"
    lines = [{"text": story(number), "published_at": date} for number, date in enumerate(dates)]
    array.write_text(json.dumps(lines), "utf-8")
    assert _days(read_coverage([array])) == days
    posted = [one.document for one in read_lines("\n".join(map(json.dumps, lines)).encode()) if one.document]
    assert _days(posted) == days


def test_lines_that_are_posted_are_told_of_a_date_that_may_be_two_days() -> None:
    (line,) = read_lines(json.dumps({"text": story(1), "published_at": "05/03/2024"}).encode())
    assert line.document is not None
    assert (line.document.published_at, line.cautions) == (
        None,
        (f"published_at '05/03/2024' {BOTH}: kept without a date",),
    )


def test_the_language_of_a_text_tells_what_its_zone_and_calendar_are(tmp_path: Path) -> None:
    arabic = "أعلن مكتب الميناء يوم الثلاثاء أن الرصيف الثاني سيفتح أمام السفن في نهاية الشهر بعد عام من العمل."
    persian = "دفتر بندر روز سه‌شنبه اعلام کرد که اسکله دوم پس از یک سال کار در پایان ماه برای کشتی‌ها باز می‌شود."
    told = [
        (arabic, "15 مارس 2016 12:30 AST"),
        (persian, "1394/12/25 16:00 IRST"),
        (story(1), "15 March 2016 12:30 AST"),
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(json.dumps({"text": text, "published_at": date}) for text, date in told), "utf-8")
    items = list(read_coverage([file]))
    assert [one.published_at for one in items if isinstance(one, Document)] == [
        datetime(2016, 3, 15, 9, 30, tzinfo=UTC),
        datetime(2016, 3, 15, 12, 30, tzinfo=UTC),
        datetime(2016, 3, 15, tzinfo=UTC),
    ]
    (reason,) = _told(items)
    assert "the zone 'AST' means several: only the day is kept" in reason


def _rss(*dates: str, namespaces: str = "") -> str:
    items = "".join(
        f"<item><title>{number}</title><link>https://bay.example/{number}</link>{date}"
        f"<content:encoded><![CDATA[<p>{number}</p>{FULL}]]></content:encoded></item>"
        for number, date in enumerate(dates)
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" {namespaces}>'
        f"<channel><title>Bay Agency</title><link>https://bay.example/</link>{items}</channel></rss>"
    )


def _published(*dates: str) -> str:
    return _rss(*(f"<pubDate>{date}</pubDate>" for date in dates))


def _saved(tmp_path: Path, feed: str) -> list[Item]:
    file = tmp_path / "feed.xml"
    file.write_text(feed, "utf-8")
    return list(read_coverage([file]))


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["05/03/2024 19:30", "٠٥/٠٣/٢٠٢٤"], [None, None]),
        (["05/03/2024 19:30", "25/03/2024 08:00"], ["2024-03-25", "2024-03-05"]),
        (["05/03/2024 7:30 PM", "03/25/2024 8:00 AM"], ["2024-05-03", "2024-03-25"]),
        (["Tue, 05/03/2024 19:30"], ["2024-03-05"]),
        (["05-03-2024", "2024-03-06"], ["2024-03-06", None]),
    ],
)
def test_numbers_in_a_feed_are_settled_by_its_other_dates_or_told(
    tmp_path: Path, dates: list[str], days: list[str | None]
) -> None:
    items = _saved(tmp_path, _published(*dates))
    assert _days(items) == days
    assert [BOTH in reason for reason in _told(items)] == [True] * days.count(None)


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Thu, 14 Mar 2024 12:30:00 MSK", "09:30"),
        ("Thu, 14 Mar 2024 12:30:00 EET", "10:30"),
        ("Thu, 14 Mar 2024 12:30:00 UTC+3", "09:30"),
        ("Thu, 14 Mar 2024 12:30:00 GMT+3", "09:30"),
        ("Sun, 14 Jul 2024 12:30:00 BST", "11:30"),
        ("Thu, 14 Mar 2024 12:30:00 EST", "17:30"),
        ("jeu., 14 mars 2024 12:30:00 +0100", "11:30"),
        ("الخميس، 14 مارس 2024 12:30:00 +0300", "09:30"),
    ],
)
def test_zones_of_a_feed_mean_what_a_person_means(tmp_path: Path, date: str, moment: str) -> None:
    (document,) = [one for one in _saved(tmp_path, _published(date)) if isinstance(one, Document)]
    assert f"{document.published_at:%R}" == moment
    assert document.provenance.date_from is DateSource.FEED


def _atom(path: str, dates: str) -> str:
    entry = f'<entry><title>Ship one</title><id>urn:bay:1</id><link href="{path}"/>{dates}</entry>'
    return f'<feed xmlns="{ATOM}"><title>Bay Agency</title><id>urn:bay</id>{entry}</feed>'


UPDATED = "<updated>2024-09-20T08:00:00Z</updated>"
PUBLISHED = "<published>2024-03-14T07:30:00Z</published>"
STATED = '<meta property="article:published_time" content="2024-03-14T09:30:00+02:00">'
MORNING = ("2024-03-14 07:30", DateSource.METADATA)


@pytest.mark.parametrize(
    ("feed", "path", "head", "expected"),
    [
        (_atom("{}", UPDATED), "/1", STATED, MORNING),
        (_atom("{}", UPDATED), "/1", "", ("2024-09-20 08:00", DateSource.FEED_UPDATED)),
        (_atom("{}", UPDATED), "/2024/03/14/1", "", ("2024-03-14 00:00", DateSource.ADDRESS)),
        (_atom("{}", UPDATED + PUBLISHED), "/1", "", ("2024-03-14 07:30", DateSource.FEED)),
        # The page knows its own time, and a feed may tell that of its copy.
        (_atom("{}", "<published>2024-03-14T11:00:00Z</published>"), "/1", STATED, MORNING),
        (
            json.dumps(
                {
                    "version": "https://jsonfeed.org/version/1.1",
                    "title": "Bay",
                    "items": [{"id": "1", "url": "{}", "date_modified": "2024-09-20T08:00:00Z"}],
                }
            ),
            "/1",
            STATED,
            MORNING,
        ),
    ],
)
async def test_a_time_of_change_is_no_date_of_publication(
    stand: Newsstand, near: Settings, feed: str, path: str, head: str, expected: object
) -> None:
    url = stand.put(path, page(story(1), head=head))
    address = stand.put("/feed", feed.replace("{}", url), RSS)
    async with open_web(near) as web:
        await web.take([FetchTarget(address, None)], EntryFilter())
    with open_database(near) as database:
        catalogue = Catalogue(database)
        (document,) = catalogue.get([one.id for one in catalogue.listing(kept=False)]).values()
    assert (f"{document.published_at:%F %R}", document.provenance.date_from) == expected


@pytest.mark.parametrize(
    ("date", "namespaces", "is_published"),
    [
        ("<dc:date>2024-03-14T07:30:00Z</dc:date>", "", True),
        ("<a:updated>2024-03-14T07:30:00Z</a:updated>", f'xmlns:a="{ATOM}"', False),
        ("<pubDate>Thu, 14 Mar 2024 07:30:00 GMT</pubDate>", f'xmlns:a="{ATOM}"', True),
    ],
)
def test_the_date_of_dublin_core_is_one_of_publication(date: str, namespaces: str, is_published: bool) -> None:
    (entry,) = read_feed(_rss(date, namespaces=namespaces).encode(), "https://bay.example/feed").entries
    assert (entry.published_at is not None, entry.changed_at is not None) == (is_published, not is_published)


def test_the_feed_of_a_page_that_is_not_to_be_had_tells_where_its_date_is_from(tmp_path: Path) -> None:
    entry = (
        f"<entry><title>1</title><id>urn:1</id>{{}}{UPDATED}<content type='html'><![CDATA[{FULL}]]></content></entry>"
    )
    links = ['<link href="https://bay.example/1"/>', '<link href="https://bay.example/2024/03/14/1"/>']
    feeds = [f'<feed xmlns="{ATOM}"><title>Bay</title><id>urn:bay</id>{entry.format(link)}</feed>' for link in links]
    items = [one for feed in feeds for one in _saved(tmp_path, feed) if isinstance(one, Document)]
    assert [one.provenance.date_from for one in items] == [DateSource.FEED_UPDATED, DateSource.ADDRESS]
    assert _days(items) == ["2024-09-20", "2024-03-14"]


def test_numbers_in_a_sitemap_of_news_are_settled_by_its_other_dates() -> None:
    dates = ("05/03/2024", "25/03/2024")
    news = "".join(
        f"<url><loc>https://bay.example/{day}</loc><n:news><n:publication_date>{day}</n:publication_date></n:news></url>"
        for day in dates
    )
    listing = read_sitemap(
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/'
        f'sitemap-news/0.9">{news}</urlset>'.encode(),
        "https://bay.example/news.xml",
    )
    assert {str(entry.order) for entry in listing.entries} == {"day_first"}
