"""Coverage from the web: pages, feeds and sitemaps of a real server, taken politely and filed where they are."""

import re
from datetime import date

import pytest

from agent.app import open_web
from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.database import open_database
from agent.coverage.intake.ingested import Ingested
from agent.coverage.intake.kinds import FileKind
from agent.coverage.intake.metadata import RemarkCode
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import FetchTarget, IntakeOutcome
from agent.errors import ConfigurationError, InputFault
from agent.extras import install_command
from agent.models import DateSource, Document
from tests.support.newsstand import (
    RSS,
    XML,
    Newsstand,
    Served,
    item,
    page,
    rss,
    sitemap,
    story,
)
from tests.support.office_files import pdf

FULL = "".join(f"<p>{story(number)}</p>" for number in range(50, 54))


async def _take(
    settings: Settings, *urls: str, kind: FileKind | None = None, withdraw_gone: bool = False, **choice: object
) -> IntakeOutcome:
    async with open_web(settings) as web:
        wishes = [FetchTarget(url, kind) for url in urls]
        return await web.take(wishes, EntryFilter.model_validate(choice), withdraw_gone=withdraw_gone)


def _stored(settings: Settings, *, kept: bool = False) -> list[Document]:
    with open_database(settings) as database:
        catalogue = Catalogue(database)
        ids = [one.id for one in catalogue.listing(kept=kept)]
        found = catalogue.get(ids)
        return [found[one] for one in ids]


def _reasons(taken: IntakeOutcome) -> list[str]:
    return [one.reason for one in taken.total.rejected]


def _codes(taken: IntakeOutcome) -> list[RemarkCode | None]:
    return [one.code for one in taken.total.rejected]


async def test_a_page_is_filed_where_it_was_found_with_what_it_tells(stand: Newsstand, near: Settings) -> None:
    head = (
        '<meta property="og:site_name" content="Bay Agency"><meta name="author" content="Ada Pilot">'
        '<meta property="article:published_time" content="2016-03-14">'
    )
    url = stand.put("/a", page(story(1), "Ship one", head=head, language="en-GB"))
    assert (await _take(near, url)).total.added == 1
    (document,) = _stored(near)
    assert story(1) in document.text
    assert (document.url, document.title, document.author) == (url, "Ship one", "Ada Pilot")
    assert (document.outlet, document.language, f"{document.published_at:%F}") == (
        "Bay Agency",
        "en-GB",
        "2016-03-14",
    )


async def test_a_page_may_name_another_address_of_its_own_host(stand: Newsstand, near: Settings) -> None:
    url = stand.put("/a?print=1", page(story(1), head=f'<link rel="canonical" href="{stand.url}/a">'))
    await _take(near, url)
    assert [document.url for document in _stored(near)] == [stand.url + "/a"]


async def test_a_hostile_page_does_not_take_the_place_of_another_outlets(stand: Newsstand, either: Settings) -> None:
    victim = stand.put("/report", page(story(1), "The report"))
    forged = page(
        story(2), "Forged", head=f'<link rel="canonical" href="{victim}"><meta property="og:url" content="{victim}">'
    )
    stand.put("/forged", forged)
    await _take(either, victim)
    taken = await _take(either, stand.other + "/forged")
    assert (taken.total.added, taken.total.updated) == (1, 0)
    report, other = _stored(either)
    assert (report.url, report.title) == (victim, "The report")
    assert (other.url, other.canonical_url, other.outlet) == (stand.other + "/forged", victim, "localhost")


async def test_pages_that_name_the_front_page_as_theirs_stay_apart(stand: Newsstand, near: Settings) -> None:
    urls = [stand.put(f"/{n}", page(story(n), head=f'<link rel="canonical" href="{stand.url}/">')) for n in (1, 2)]
    assert (await _take(near, *urls)).total.updated == 0
    assert sorted(document.url or "" for document in _stored(near)) == urls


async def test_adding_again_asks_only_for_what_is_new(stand: Newsstand, either: Settings) -> None:
    stand.put("/1", page(story(1)))
    stand.put("/2", page(story(2)))
    feed = stand.put("/feed", rss(item("/1"), item("/2")), RSS)
    await _take(either, feed)
    stand.forget()
    stand.put("/2", page(story(2) + " It left on Tuesday."))
    total = (await _take(either, feed)).total
    assert (total.added, total.updated, total.unchanged) == (1, 1, 1)
    assert (stand.statuses("/1"), stand.statuses("/2")) == ([304], [200])
    assert ["Tuesday" in document.text for document in _stored(either)] == [False, True]
    assert ["Tuesday" in document.text for document in _stored(either, kept=True)] == [False]


async def test_what_was_taken_out_of_the_store_is_fetched_again(stand: Newsstand, either: Settings) -> None:
    url = stand.put("/1", page(story(1)))
    await _take(either, url)
    with open_database(either) as database:
        Catalogue(database).remove([document.id for document in _stored(either)])
    stand.forget()
    assert (await _take(either, url)).total.added == 1
    assert stand.statuses("/1") == [200]


@pytest.mark.parametrize("content_type", [RSS, "text/html", "text/plain", "application/octet-stream"])
async def test_a_feed_is_known_by_what_is_in_it(stand: Newsstand, near: Settings, content_type: str) -> None:
    stand.put("/1", page(story(1)))
    taken = await _take(near, stand.put("/feed", rss(item("/1")), content_type))
    assert [source.kind for source in taken.sources] == [FileKind.FEED]
    assert [document.url for document in _stored(near)] == [stand.url + "/1"]


async def test_a_feed_gives_date_and_outlet_where_its_pages_are_silent(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    await _take(near, stand.put("/feed", rss(item("/1", date="Mon, 14 Mar 2016 10:30:00 +0200")), RSS))
    (document,) = _stored(near)
    assert (document.outlet, f"{document.published_at:%F %R}") == ("Bay Agency", "2016-03-14 08:30")


async def test_an_impossible_date_of_a_feed_gives_way_to_that_of_the_page(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1), head='<meta property="article:published_time" content="2016-03-14">'))
    stand.put("/2", page(story(2)))
    dated = [item(path, date="Mon, 14 Mar 2099 10:30:00 GMT") for path in ("/1", "/2")]
    taken = await _take(near, stand.put("/feed", rss(*dated), RSS))
    days = {document.url: document.published_at for document in _stored(near)}
    assert f"{days[stand.url + '/1']:%F}" == "2016-03-14"
    assert days[stand.url + "/2"] is None
    assert any("is in the future" in one.reason for one in taken.total.cautions)


async def test_only_links_to_the_web_are_followed_and_the_others_are_told(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    bad = ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a.example/x", "mailto:a@b.example"]
    taken = await _take(near, stand.put("/feed", rss(*map(item, bad), item("/1"), item("1?utm_source=x")), RSS))
    assert len(_stored(near)) == 1
    assert _codes(taken) == [InputFault.NO_LINK] * len(bad)


async def test_entries_of_one_guid_are_told_apart_by_their_links(stand: Newsstand, near: Settings) -> None:
    for number in (1, 2):
        stand.put(f"/{number}", page(story(number)))
    feed = rss(item("/1", guid="same"), item("/2", guid="same"), item("/1", guid="other"))
    assert (await _take(near, stand.put("/feed", feed, RSS))).total.added == 2
    assert stand.statuses("/1") == [200]


async def test_of_ten_thousand_entries_as_many_are_taken_as_asked_for(stand: Newsstand, near: Settings) -> None:
    for number in (0, 1):
        stand.put(f"/{number}", page(story(number)))
    feed = rss(*[f"<item><link>/{number}</link></item>" for number in range(10_000)])
    taken = await _take(near, stand.put("/feed", feed, RSS), limit=2)
    assert sorted(document.url or "" for document in _stored(near)) == [stand.url + "/0", stand.url + "/1"]
    (caution,) = taken.total.cautions
    assert re.findall(r"[\d,]+", caution.reason) == ["9,998", "2"]


async def test_a_feed_that_never_ends_is_cut_and_told(stand: Newsstand, near: Settings) -> None:
    feed = stand.serve("/feed", Served((rss()[:-16] + item("/1") * 1000).encode(), RSS, endless=True))
    (reason,) = _reasons(await _take(near, feed))
    assert "MB" in reason


async def test_a_page_that_never_ends_is_told_and_the_others_are_taken(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    stand.serve("/endless", Served(b"<p>and so on</p>" * 5000, endless=True))
    taken = await _take(near, stand.put("/feed", rss(item("/endless"), item("/1")), RSS))
    assert [document.url for document in _stored(near)] == [stand.url + "/1"]
    assert "MB" in _reasons(taken)[0]


@pytest.mark.parametrize(
    ("entity", "use"),
    [
        ('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">', "&b;"),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
        ('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;', ""),
    ],
)
async def test_entities_in_a_feed_or_sitemap_are_refused(
    stand: Newsstand, near: Settings, entity: str, use: str
) -> None:
    feed = f"<!DOCTYPE rss [{entity}]>" + rss(item("/1", use)).partition("?>")[2]
    pages = f"<!DOCTYPE urlset [{entity}]>" + sitemap((f"/{use}", "2016-03-14"))
    taken = await _take(near, stand.put("/feed", feed, RSS), stand.put("/map", pages, XML))
    assert ["entities" in reason for reason in _reasons(taken)] == [True, True]


async def test_a_broken_feed_gives_what_can_be_read_of_it(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    feed = rss(item("/1", "Bed & <b>breakfast"), item("/2"))[:-40]
    await _take(near, stand.put("/feed", feed, RSS))
    assert [document.url for document in _stored(near)] == [stand.url + "/1"]


async def test_what_is_no_feed_is_told_when_it_is_said_to_be_one(stand: Newsstand, near: Settings) -> None:
    (reason,) = _reasons(await _take(near, stand.put("/1", page(story(1))), kind=FileKind.FEED))
    assert "not a feed" in reason


async def test_the_text_of_a_feed_stands_in_for_a_page_of_its_own_host_only(stand: Newsstand, near: Settings) -> None:
    own, foreign = item("/gone", content=FULL), item(f"{stand.other}/gone", "Forged", content=FULL)
    taken = await _take(near, stand.put("/feed", rss(own, foreign), RSS))
    (document,) = _stored(near)
    assert (document.url, document.outlet) == (stand.url + "/gone", "Bay Agency")
    assert story(53) in document.text
    assert len(_reasons(taken)) == 1
    assert [one.path for one in taken.total.cautions] == [stand.url + "/gone"]


async def test_a_summary_is_not_coverage(stand: Newsstand, near: Settings) -> None:
    taken = await _take(near, stand.put("/feed", rss(item("/gone", content="<p>A ship came in …</p>")), RSS))
    assert _stored(near) == []
    assert "404" in _reasons(taken)[0]


async def test_the_text_of_a_feed_does_not_take_the_place_of_the_page(stand: Newsstand, either: Settings) -> None:
    url = stand.put("/1", page(story(1)))
    feed = stand.put("/feed", rss(item("/1", content=FULL)), RSS)
    await _take(either, feed)
    stand.serve("/1", Served(status=500))
    taken = await _take(either, feed)
    assert "the text in store is kept" in _reasons(taken)[0]
    assert [story(1) in document.text for document in _stored(either)] == [True]
    assert _stored(either)[0].url == url


async def test_a_sitemap_gives_its_newest_pages_and_leaves_out_older_ones(stand: Newsstand, near: Settings) -> None:
    for number in range(1, 5):
        stand.put(f"/{number}", page(story(number)))
    days = [(f"{stand.url}/{number}", f"2016-03-1{number}") for number in range(1, 5)]
    stand.put("/map.xml", sitemap(*days), XML)
    index = f"<sitemapindex><sitemap><loc>{stand.url}/map.xml</loc></sitemap></sitemapindex>"
    taken = await _take(near, stand.put("/index.xml", index, XML), limit=2, since=date(2016, 3, 12))
    assert sorted(document.url or "" for document in _stored(near)) == [stand.url + "/3", stand.url + "/4"]
    assert (taken.total.older, taken.sources[0].kind) == (1, FileKind.SITEMAP)


async def test_a_news_sitemap_tells_title_and_date(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    news = (
        '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/1</loc><n:news><n:publication>'
        "<n:name>Bay Mail</n:name></n:publication><n:publication_date>2016-03-14T10:30:00Z</n:publication_date>"
        "<n:title>Ship one</n:title></n:news></url></urlset>"
    )
    await _take(near, stand.put("/news.xml", news, XML))
    (document,) = _stored(near)
    assert (document.outlet, f"{document.published_at:%F %R}") == ("Bay Mail", "2016-03-14 10:30")


async def test_an_index_that_leads_to_itself_ends(stand: Newsstand, near: Settings) -> None:
    index = f"<sitemapindex><sitemap><loc>{stand.url}/index.xml</loc></sitemap></sitemapindex>"
    assert (await _take(near, stand.put("/index.xml", index, XML))).total.listed == 0


async def test_a_page_read_before_a_day_asked_for_is_left_out(stand: Newsstand, near: Settings) -> None:
    url = stand.put("/1", page(story(1), head='<meta property="article:published_time" content="2015-01-01">'))
    assert (await _take(near, url, since=date(2016, 1, 1))).total.older == 1
    assert _stored(near) == []


async def test_a_removed_page_is_told_and_withdrawn_only_on_demand(stand: Newsstand, either: Settings) -> None:
    url = stand.put("/1", page(story(1)))
    await _take(either, url)
    stand.serve("/1", Served(status=410))
    told = (await _take(either, url)).total
    assert [(one.path, "410" in one.reason) for one in told.removed] == [(url, True)]
    assert len(_stored(either)) == 1
    await _take(either, url, withdraw_gone=True)
    assert _stored(either) == []
    stand.put("/1", page(story(1)))
    assert (await _take(either, url)).total.withdrawn == 1


async def test_two_texts_at_one_address_are_both_kept_and_the_later_is_current(
    stand: Newsstand, either: Settings
) -> None:
    stand.put("/a?x=1", page(story(1), head=f'<link rel="canonical" href="{stand.url}/a">'))
    stand.put("/a?x=2", page(story(2), head=f'<link rel="canonical" href="{stand.url}/a">'))
    first = (await _take(either, f"{stand.url}/a?x=1")).total
    second = (await _take(either, f"{stand.url}/a?x=2")).total
    assert (first.updated, second.updated) == (0, 1)
    assert [story(2) in document.text for document in _stored(either)] == [True]
    assert [story(1) in document.text for document in _stored(either, kept=True)] == [True]


async def test_a_page_in_windows_1256_is_read(stand: Newsstand, near: Settings) -> None:
    text = "أعلنت إدارة الميناء إعادة فتح الرصيف الثاني يوم الاثنين، وقالت إن الغواصين لم يجدوا ضرراً. " * 3
    urls = [
        stand.put("/header", page(text, language="ar").encode("cp1256"), "text/html; charset=windows-1256"),
        stand.put(
            "/meta", page(text, language="ar", head='<meta charset="windows-1256">').encode("cp1256"), "text/html"
        ),
        stand.put("/silent", page(text + " .", language="ar").encode("cp1256"), "text/html"),
    ]
    await _take(near, *urls)
    assert ["إعادة فتح الرصيف الثاني" in document.text for document in _stored(near)] == [True] * 3


async def test_a_page_in_utf_8_is_read_as_such_whatever_encoding_its_host_tells(
    stand: Newsstand, near: Settings
) -> None:
    text = "أعلنت إدارة الميناء إعادة فتح الرصيف الثاني يوم الاثنين، وقالت إن الغواصين لم يجدوا ضرراً. " * 3
    url = stand.put("/1", page(text, language="ar").encode(), "text/html; charset=windows-1256")
    await _take(near, url)
    assert ["إعادة فتح الرصيف الثاني" in document.text for document in _stored(near)] == [True]


async def test_a_page_that_led_to_another_one_for_a_while_is_read_when_it_is_back(
    stand: Newsstand, either: Settings
) -> None:
    """The other page's word that nothing has changed since is not this page's."""
    stand.serve("/other", Served(page(story(2)).encode(), headers={"etag": '"1"'}))
    url = stand.serve("/1", Served(status=302, headers={"location": "/other"}))
    feed = stand.put("/feed", rss(item("/1")), RSS)
    await _take(either, feed)
    stand.serve("/1", Served(page(story(1)).encode(), headers={"etag": '"1"'}))
    await _take(either, feed)
    assert {document.url: story(1) in document.text for document in _stored(either)} == {
        url: True,
        f"{stand.url}/other": False,
    }


async def test_a_page_that_names_a_slow_or_no_encoding_is_read_all_the_same(stand: Newsstand, near: Settings) -> None:
    urls = [
        stand.put(f"/{name}", page(story(number)), f"text/html; charset={name}")
        for number, name in enumerate(("punycode", "nonsense", "rot13"))
    ]
    assert (await _take(near, *urls)).total.added == 3


async def test_a_hostile_title_is_kept_on_one_line_without_its_markup(stand: Newsstand, near: Settings) -> None:
    feed = rss(item("/gone", "&lt;script&gt;x()&lt;/script&gt;&lt;b&gt;Ship&lt;/b&gt;\u202e\n one", content=FULL))
    await _take(near, stand.put("/feed", feed, RSS))
    assert [document.title for document in _stored(near)] == ["Ship\u202e one"]


async def test_a_json_feed_is_a_feed(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    feed = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Bay", "items": [5, {"id": "1", "url": "/1",'
        ' "date_published": "2016-03-14T10:30:00Z", "authors": [{"name": "Ada Pilot"}]}]}'
    )
    await _take(near, stand.put("/feed.json", feed, "application/feed+json"))
    (document,) = _stored(near)
    assert (document.author, document.outlet, f"{document.published_at:%F}") == ("Ada Pilot", "Bay", "2016-03-14")


async def test_one_unreachable_source_stops_no_other(stand: Newsstand, near: Settings) -> None:
    url = stand.put("/1", page(story(1)))
    taken = await _take(near, "http://nowhere.invalid/feed", "ftp://a.example", url, stand.url + "/none")
    assert (taken.total.added, len(_reasons(taken))) == (1, 3)


async def test_plain_text_on_the_web_is_a_document(stand: Newsstand, near: Settings) -> None:
    await _take(near, stand.put("/1.txt", story(1), "text/plain; charset=utf-8"))
    assert [document.text for document in _stored(near)] == [story(1)]


@pytest.mark.parametrize(
    ("path", "body", "content_type"),
    [
        ("/2016/03/15/quay.pdf", pdf([(60, 100, "The quay is shut since Tuesday.")]), "application/pdf"),
        ("/2016/03/15/quay", pdf([(60, 100, "The quay is shut since Tuesday.")]), "application/octet-stream"),
        ("/2016/03/15/quay.rtf", b"{\\rtf1 The quay is shut since Tuesday.}", "application/rtf"),
    ],
)
async def test_a_file_on_the_web_is_a_document(
    stand: Newsstand, near: Settings, path: str, body: bytes, content_type: str
) -> None:
    await _take(near, stand.put(path, body, content_type))
    (document,) = _stored(near)
    assert document.text == "The quay is shut since Tuesday."
    assert (document.url, document.outlet) == (stand.url + path, "127.0.0.1")
    assert f"{document.published_at:%Y-%m-%d}" == "2016-03-15"
    assert document.provenance.date_from is DateSource.ADDRESS


_TOLD = "Tue, 15 Mar 2016 10:00:00 +0000"


async def test_a_file_that_a_feed_lists_has_the_feeds_date_and_a_damaged_one_is_told(
    stand: Newsstand, near: Settings
) -> None:
    good = stand.put("/a.pdf", pdf([(60, 100, "The quay is shut.")]), "application/pdf")
    bad = stand.put("/b.pdf", b"%PDF-1.7 nothing", "application/pdf")
    taken = await _take(near, stand.put("/feed", rss(item(good, "Quay", date=_TOLD), item(bad, "Ferry")), RSS))
    (document,) = _stored(near)
    assert (document.title, document.outlet) == ("Quay", "Bay Agency")
    assert document.provenance.date_from is DateSource.FEED
    assert any("damaged" in reason for reason in _reasons(taken))


async def test_a_day_that_the_text_speaks_of_is_not_taken_for_its_date(stand: Newsstand, near: Settings) -> None:
    text = story(1) + " On 3 May 2014 the harbour had been shut.</p><footer>© 2019 Bay Agency</footer><p>"
    await _take(near, stand.put("/1", page(text)))
    assert [document.published_at for document in _stored(near)] == [None]


async def test_a_page_tells_the_hour_too(stand: Newsstand, near: Settings) -> None:
    head = '<meta property="article:published_time" content="2016-03-14T10:20:30+02:00">'
    await _take(near, stand.put("/1", page(story(1), head=head)))
    assert [f"{document.published_at:%F %T}" for document in _stored(near)] == ["2016-03-14 08:20:30"]


async def test_a_withdrawn_page_does_not_come_back_with_another_text(stand: Newsstand, either: Settings) -> None:
    url = stand.put("/1", page(story(1)))
    await _take(either, url)
    with open_database(either) as database:
        Catalogue(database).withdraw([document.id for document in _stored(either)], "a hoax")
    stand.put("/1", page(story(1) + " It left on Tuesday."))
    total = (await _take(either, url)).total
    assert (total.added, total.withdrawn) == (0, 1)
    assert _stored(either) == []


async def test_sitemaps_beyond_what_is_needed_are_left_out_and_told(stand: Newsstand, near: Settings) -> None:
    for number in (1, 2):
        stand.put(f"/{number}", page(story(number)))
        stand.put(f"/{number}.xml", sitemap((f"{stand.url}/{number}", f"2016-03-1{number}")), XML)
    maps = "".join(
        f"<sitemap><loc>/{number}.xml</loc><lastmod>2016-03-1{number}</lastmod></sitemap>" for number in (1, 2)
    )
    taken = await _take(near, stand.put("/index.xml", f"<sitemapindex>{maps}</sitemapindex>", XML), limit=1)
    assert [document.url for document in _stored(near)] == [stand.url + "/2"]
    assert any("1 further sitemaps" in one.reason for one in taken.total.cautions)


async def test_without_the_packages_nothing_is_fetched_and_the_way_to_get_them_is_told(
    stand: Newsstand, near: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.extras.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=re.escape(install_command("web"))):
        await _take(near, stand.put("/1", page(story(1))))
    assert stand.answered == []


async def test_of_a_front_page_the_feed_is_told_that_it_names(stand: Newsstand, near: Settings) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    taken = await _take(near, stand.put("/", f"<html><head>{link}</head><body><img src='a.png'></body></html>"))
    assert f"{stand.url}/feed" in _reasons(taken)[0]


async def test_every_page_is_told_when_it_is_done(stand: Newsstand, near: Settings) -> None:
    links = [item(f"/{number}") for number in range(4)]
    for number in range(4):
        stand.put(f"/{number}", page(story(number)))
    sums: list[Ingested] = []
    async with open_web(near) as web:
        await web.take([FetchTarget(stand.put("/feed", rss(*links), RSS))], EntryFilter(), tell=sums.append)
    assert {1, 2, 3} < {one.visited for one in sums if not one.added}
    assert sums[-1].visited == sums[-1].listed == 4


async def test_what_a_broken_feed_still_tells_is_taken_and_the_flaw_is_told(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    whole = rss(item("/1"), item("/2"))
    taken = await _take(near, stand.put("/feed", whole[: whole.index("/2")], RSS))
    assert taken.total.added == 1
    assert any("not well-formed" in one.reason for one in taken.total.cautions)


async def test_of_a_front_page_that_was_added_the_feed_is_told(stand: Newsstand, near: Settings) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    for path in ("/", "/1"):
        stand.put(path, page(story(1) + path, head=link))
    front, article = await _take(near, stand.url + "/"), await _take(near, stand.url + "/1")
    assert [f"{stand.url}/feed" in one.reason for one in front.total.cautions] == [True]
    assert (article.total.added, article.total.cautions) == (1, ())
