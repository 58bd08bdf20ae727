"""Followed feeds: looked at when due, asked only for what is new, tried later and later while they fail."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.app import open_store, open_web
from agent.config import Settings
from agent.coverage.index.database import open_database
from agent.coverage.intake.kinds import FileKind
from agent.coverage.web.followed import Followed, Follows, begin
from agent.coverage.web.following import begin_following, follow, keep_refreshing, refresh
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import FetchTarget, IntakeOutcome
from evals.servers.forked import Forked
from tests.support.newsstand import RSS, Newsstand, Served, item, page, rss, story

QUARTER = 900
NOON = datetime(2016, 3, 14, 12, tzinfo=UTC)


async def _follow(settings: Settings, url: str) -> list[Followed]:
    async with open_web(settings) as web:
        return follow(web, await web.take([FetchTarget(url)], EntryFilter()), QUARTER, jitter=lambda: 0.0)


async def _refresh(settings: Settings, moment: datetime | None = None) -> IntakeOutcome:
    async with open_web(settings) as web:
        return await refresh(web, EntryFilter(), moment=moment or _later(1), jitter=lambda: 0.0)


def _later(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


def _followed(settings: Settings) -> Followed:
    with open_database(settings) as database:
        (one,) = Follows(database).all()
    return one


async def test_a_feed_is_looked_at_when_it_is_due_and_not_before(stand: Newsstand, either: Settings) -> None:
    stand.put("/1", page(story(1)))
    await _follow(either, stand.put("/feed", rss(item("/1")), RSS))
    stand.forget()
    assert (await _refresh(either, datetime.now(UTC))).sources == []
    stand.put("/2", page(story(2)))
    stand.put("/feed", rss(item("/2"), item("/1")), RSS)
    assert (await _refresh(either)).total.added == 1
    assert (stand.statuses("/1"), stand.statuses("/2")) == ([], [200])


@pytest.mark.parametrize(
    "spelling",
    [
        "https://bay.example/feed?a=1",
        "http://www.bay.example/feed?a=1",
        "HTTP://BAY.example:80/%66eed?%61=1#top",
        "http://bay.example./feed?a=1",
    ],
)
def test_what_differs_in_its_spelling_alone_is_followed_once(either: Settings, spelling: str) -> None:
    either.data_dir.mkdir()
    with open_database(either) as database:
        follows = Follows(database)
        follows.put(begin("http://bay.example/feed?a=1", FileKind.FEED, QUARTER, "Bay"))
        follows.put(begin(spelling, FileKind.FEED, QUARTER, "Bay"))
        assert [one.url for one in follows.all()] == [spelling]
        assert follows.remove(("http://bay.example/feed?a=1",)) == ["http://bay.example/feed?a=1"]
        assert follows.all() == []


@pytest.mark.parametrize("other", ["/feed%2Fa", "/feed/a?b", "/Feed/a", "/feed/a%20b"])
def test_other_addresses_are_other_feeds(either: Settings, other: str) -> None:
    either.data_dir.mkdir()
    with open_database(either) as database:
        follows = Follows(database)
        follows.put(begin("http://bay.example/feed/a", FileKind.FEED, QUARTER, None))
        follows.put(begin(f"http://bay.example{other}", FileKind.FEED, QUARTER, None))
        assert len(follows.all()) == 2


async def test_a_feed_is_followed_once_whatever_leads_to_it(stand: Newsstand, either: Settings) -> None:
    stand.put("/1", page(story(1)))
    feed = stand.put("/feed", rss(item("/1")), RSS)
    moved = stand.serve("/old", Served(status=301, headers={"location": "/feed"}))
    await _follow(either, feed)
    assert [one.url for one in await _follow(either, stand.url + "/%66eed#latest")] == [feed]
    assert [one.url for one in await _follow(either, moved)] == [feed]
    async with open_web(either) as web:
        assert (await begin_following(web, moved, 2 * QUARTER)).url == feed
    assert (_followed(either).url, _followed(either).every) == (feed, 2 * QUARTER)


async def test_an_address_that_works_takes_the_place_of_one_that_fails(stand: Newsstand, either: Settings) -> None:
    feed = stand.put("/feed", rss(), RSS)
    await _follow(either, moved := stand.serve("/old", Served(status=302, headers={"location": "/feed"})))
    assert _followed(either).url == moved
    stand.serve("/old", Served(status=500))
    await _refresh(either)
    assert _followed(either).failures == 1
    with open_database(either) as database:
        Follows(database).put(begin(feed + "#", FileKind.FEED, QUARTER, None).model_copy(update={"failures": 3}))
        Follows(database).remove((moved,))
    await _follow(either, feed)
    assert (_followed(either).url, _followed(either).failures) == (feed, 0)


async def test_a_feed_that_redirects_in_a_circle_or_to_a_page_is_not_followed(
    stand: Newsstand, near: Settings
) -> None:
    stand.put("/1", page(story(1)))
    circle = stand.serve("/a", Served(status=302, headers={"location": "/b"}))
    stand.serve("/b", Served(status=302, headers={"location": "/a"}))
    to_page = stand.serve("/c", Served(status=301, headers={"location": "/1"}))
    nowhere = stand.serve("/d", Served(status=301, headers={"location": "http://[::1"}))
    assert await _follow(near, circle) == []
    assert await _follow(near, to_page) == []
    assert await _follow(near, nowhere) == []


async def test_a_feed_that_moves_on_is_read_where_it_leads_now(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    stand.put("/new", rss(item("/1")), RSS)
    await _follow(near, stand.put("/feed", rss(), RSS))
    stand.serve("/feed", Served(status=301, headers={"location": "/new"}))
    assert (await _refresh(near)).total.added == 1
    stand.serve("/feed", Served(status=301, headers={"location": "/gone"}))
    await _refresh(near, _later(3))
    assert (_followed(near).failures, "404" in (_followed(near).error or "")) == (1, True)
    stand.serve("/feed", Served(status=302, headers={"location": "/feed"}))
    await _refresh(near, _later(30))
    assert (_followed(near).failures, _followed(near).error is not None) == (2, True)


async def test_a_feed_that_has_not_changed_is_not_sent_again(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    await _follow(near, stand.put("/feed", rss(item("/1")), RSS))
    stand.forget()
    assert (await _refresh(near)).total.rejected == ()
    assert stand.answered == [("/robots.txt", 404), ("/feed", 304)]


async def test_a_page_that_its_feed_marks_as_changed_is_asked_for_again(stand: Newsstand, either: Settings) -> None:
    stand.put("/1", page(story(1)))
    await _follow(either, stand.put("/feed", rss(item("/1", date="Mon, 14 Mar 2016 10:00:00 GMT")), RSS))
    stand.put("/1", page(story(1) + " It left on Tuesday."))
    stand.put("/feed", rss(item("/1", date="Mon, 14 Mar 2016 11:00:00 GMT")), RSS)
    total = (await _refresh(either)).total
    assert (total.added, total.updated) == (1, 1)


async def test_a_feed_that_stays_the_same_is_read_again_for_its_pages(stand: Newsstand, either: Settings) -> None:
    stand.put("/1", page(story(1)))
    await _follow(either, stand.put("/feed", rss(item("/1")), RSS))
    stand.put("/1", page(story(1) + " It left on Tuesday."))
    assert (await _refresh(either)).total.updated == 0
    async with open_web(either) as web:
        due = EntryFilter(recheck=timedelta(microseconds=1))
        assert (await refresh(web, due, moment=_later(2))).total.updated == 1


async def test_while_a_page_is_missing_the_feed_is_read_again(stand: Newsstand, near: Settings) -> None:
    stand.serve("/1", Served(status=500))
    await _follow(near, stand.put("/feed", rss(item("/1")), RSS))
    stand.put("/1", page(story(1)))
    assert (await _refresh(near)).total.added == 1


async def test_a_failing_feed_is_told_and_tried_later_and_later_until_it_works(
    stand: Newsstand, either: Settings
) -> None:
    stand.put("/1", page(story(1)))
    url = stand.put("/feed", rss(item("/1")), RSS)
    await _follow(either, url)
    stand.serve("/feed", Served(status=500))
    pauses = []
    for _ in range(3):
        moment = _followed(either).due_at
        taken = await _refresh(either, moment)
        assert "500" in taken.total.rejected[0].reason
        pauses.append((_followed(either).due_at - moment).total_seconds())
    assert pauses == [2 * QUARTER, 4 * QUARTER, 8 * QUARTER]
    assert (_followed(either).failures, "500" in (_followed(either).error or "")) == (3, True)
    stand.put("/feed", rss(item("/1")), RSS)
    await _refresh(either, _followed(either).due_at)
    assert (_followed(either).failures, _followed(either).error) == (0, None)


@pytest.mark.parametrize(
    ("failures", "jitter", "retry_after", "seconds"),
    [(0, 0.0, None, 900), (0, 1.0, None, 810), (0, 0.0, 3600.0, 3600), (40, 0.0, None, 86400), (0, 0.0, 1e9, 86400)],
)
def test_pauses_spread_obey_the_host_and_are_a_day_at_most(
    failures: int, jitter: float, retry_after: float | None, seconds: int
) -> None:
    one = begin("https://bay.example/feed", FileKind.FEED, QUARTER, None).model_copy(update={"failures": failures})
    assert one.pause(jitter, retry_after).total_seconds() == seconds


async def test_a_single_page_is_not_followed(stand: Newsstand, near: Settings) -> None:
    assert await _follow(near, stand.put("/1", page(story(1)))) == []


async def test_what_is_no_longer_followed_does_not_come_back_with_a_look_under_way(either: Settings) -> None:
    either.data_dir.mkdir()
    with open_database(either) as database:
        follows = Follows(database)
        one = begin("https://bay.example/feed", FileKind.FEED, QUARTER, "Bay")
        follows.put(one)
        assert follows.remove((one.url,)) == [one.url]
        follows.update(one)
        assert follows.all() == []


async def test_the_store_is_free_while_pages_are_on_their_way(stand: Newsstand, near: Settings) -> None:
    may_come = threading.Event()
    stand.serve("/1", Served(page(story(1)).encode(), held=may_come))
    async with open_web(near) as web:
        taking = asyncio.create_task(web.take([FetchTarget(stand.url + "/1")], EntryFilter()))
        await asyncio.sleep(0.2)
        async with open_store(near) as store:
            assert store.stats().documents == 0
        may_come.set()
        assert (await taking).total.added == 1


async def test_a_store_in_use_is_waited_for(stand: Newsstand, near: Settings) -> None:
    url = stand.put("/1", page(story(1)))
    async with open_web(near) as web:
        async with open_store(near):
            taking = asyncio.create_task(web.take([FetchTarget(url)], EntryFilter()))
            await asyncio.sleep(0.3)
            assert not taking.done()
        assert (await taking).total.added == 1


async def test_a_store_that_stays_in_use_is_told_and_the_feed_stays_due(stand: Newsstand, near: Settings) -> None:
    stand.put("/1", page(story(1)))
    await _follow(near, stand.put("/feed", rss(), RSS))
    stand.put("/feed", rss(item("/1")), RSS)
    with open_database(near) as database:
        Follows(database).put(_followed(near).model_copy(update={"due_at": NOON}))
    stop = asyncio.Event()
    came = keep_refreshing(lambda: open_web(near, 0.1), EntryFilter(), 0.05, stop, jitter=lambda: 0.0)
    async with open_store(near):
        first = await anext(came)
    assert "in use" in str(first)
    later = await anext(came)
    assert isinstance(later, IntakeOutcome)
    assert later.total.added == 1
    stop.set()
    with suppress(StopAsyncIteration):
        await anext(came)


async def test_following_stops_at_once_in_the_middle_of_a_look(stand: Newsstand, near: Settings) -> None:
    await _follow(near, stand.put("/feed", rss(), RSS))
    stand.serve("/feed", Served(rss().encode(), RSS, wait=20, headers={"etag": '"new"'}))
    with open_database(near) as database:
        Follows(database).put(_followed(near).model_copy(update={"due_at": NOON, "etag": None}))
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.3, stop.set)
    async with asyncio.timeout(15):
        assert [came async for came in keep_refreshing(lambda: open_web(near), EntryFilter(), 60, stop)] == []


def test_the_command_ends_cleanly_when_it_is_told_to(tmp_path: Path) -> None:
    environment = {**os.environ, "ISNAD_DATA_DIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "agent", "coverage", "refresh", "--every", "15m"]
    with Forked[str](command, env=environment, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert "every 15m" in running.stderr.readline()
        running.send_signal(signal.SIGTERM)
        assert running.stderr.read().endswith("Stopped.\n")
    assert running.returncode == 0
