"""How hosts are treated: robots.txt, pauses, one thing at a time, and what a busy host asks for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from agent.config import Settings
from agent.errors import FetchFailed, FetchReason, FetchRefused
from agent.fetch import Fetched, Fetcher, open_fetcher
from agent.fetch.polite import PolitenessPolicy
from agent.fetch.robots import ROBOT
from tests.fetch.conftest import Time
from tests.support.endpoint import closed_port
from tests.support.raw_site import Site, open_site, redirect, respond

PAGE = respond(b"<p>here")


def _robots(text: str) -> bytes:
    return respond(text.encode(), content_type="text/plain")


async def test_what_robots_txt_denies_is_not_asked_for(fetcher: Fetcher, site: Site) -> None:
    site.at("/robots.txt", _robots("User-agent: *\nDisallow: /private\nAllow: /private/open\n"))
    site.at("/private/open", PAGE)
    for path in ("/private", "/private/a?b"):
        with pytest.raises(FetchRefused, match=r"robots\.txt") as refused:
            await fetcher.get(site.url + path)
        assert refused.value.reason is FetchReason.ROBOTS
    assert isinstance(await fetcher.get(f"{site.url}/private/open"), Fetched)
    assert site.paths == ["/private/open"]


async def test_robots_txt_can_speak_to_us_by_name(fetcher: Fetcher, site: Site) -> None:
    site.at("/robots.txt", _robots(f"User-agent: *\nDisallow:\n\nUser-agent: {ROBOT}\nDisallow: /\n"))
    with pytest.raises(FetchRefused):
        await fetcher.get(f"{site.url}/")


@pytest.mark.parametrize(
    ("told", "is_denied"),
    [
        ("User-agent: Isnad/1.2\nDisallow: /\n", True),
        ("User-agent : isnad (+https://isnad.example)\nDisallow : /\n", True),
        ("Useragent: Isnad # us\nDissallow: /\n", True),
        ("User-agent Isnad\nDisallow /\n", True),
        ("User-agent: Isnad/1.2\nCrawl-delay: 1\nUser-agent: Other\nDisalow: /\n", True),
        ("User-agent: Isnad-news\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /\nUser-agent: Isnad/1.2\nAllow: /\n", False),
    ],
)
async def test_our_name_is_known_however_it_is_written(
    told: str, is_denied: bool, fetcher: Fetcher, site: Site
) -> None:
    site.at("/robots.txt", _robots(told))
    site.at("/a", PAGE)
    if is_denied:
        with pytest.raises(FetchRefused):
            await fetcher.get(f"{site.url}/a")
    else:
        assert isinstance(await fetcher.get(f"{site.url}/a"), Fetched)


@pytest.mark.parametrize("between", ["", "Crawl-delay: 1\n", "Request-rate: 1/1\n", "Sitemap: http://x.example/\n"])
async def test_other_records_between_two_names_end_no_group(between: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/robots.txt", _robots(f"User-agent: {ROBOT}\n{between}User-agent: Other\nDisallow: /a\n"))
    site.at("/b", PAGE)
    with pytest.raises(FetchRefused):
        await fetcher.get(f"{site.url}/a")
    assert isinstance(await fetcher.get(f"{site.url}/b"), Fetched)


async def test_a_pause_for_all_is_no_name_for_what_is_denied_to_another(fetcher: Fetcher, site: Site) -> None:
    site.at("/robots.txt", _robots("User-agent: *\nCrawl-delay: 1\nUser-agent: Other\nDisallow: /\n"))
    site.at("/a", PAGE)
    assert isinstance(await fetcher.get(f"{site.url}/a"), Fetched)


async def test_robots_txt_is_asked_for_once_a_day(fetcher: Fetcher, site: Site, passing: Time) -> None:
    site.at("/", PAGE)
    for _ in range(3):
        await fetcher.get(f"{site.url}/")
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
    passing.now += 25 * 3600
    await fetcher.get(f"{site.url}/")
    assert [asked.path for asked in site.asked].count("/robots.txt") == 2


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"])
async def test_without_a_robots_txt_all_is_allowed(status: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/robots.txt", respond(b"User-agent: *\nDisallow: /", status=status))
    site.at("/", PAGE)
    assert isinstance(await fetcher.get(f"{site.url}/"), Fetched)


@pytest.mark.parametrize("status", ["500 Error", "503 Busy", "429 Too Many"])
async def test_a_host_that_cannot_say_what_is_allowed_is_not_read_until_it_can(
    status: str, fetcher: Fetcher, site: Site, passing: Time
) -> None:
    site.at("/robots.txt", respond(status=status), _robots("User-agent: *\nDisallow: /a\n"))
    site.at("/", PAGE)
    for _ in range(2):
        with pytest.raises(FetchFailed, match=r"robots\.txt") as failed:
            await fetcher.get(f"{site.url}/")
        assert failed.value.reason is FetchReason.ROBOTS
    assert failed.value.retry_after == pytest.approx(299, abs=2)
    assert [asked.path for asked in site.asked] == ["/robots.txt"]
    passing.now += 301
    assert isinstance(await fetcher.get(f"{site.url}/"), Fetched)


async def test_a_robots_txt_that_moved_is_followed_and_obeyed(fetcher: Fetcher, site: Site) -> None:
    site.at("/robots.txt", redirect("/real.txt"))
    site.at("/real.txt", _robots("User-agent: *\nDisallow: /\n"))
    with pytest.raises(FetchRefused):
        await fetcher.get(f"{site.url}/")


@pytest.mark.parametrize("location", ["/robots.txt", "http://169.254.169.254/", "file:///etc/passwd", "http://["])
async def test_a_robots_txt_that_leads_nowhere_is_none(location: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/robots.txt", redirect(location))
    site.at("/", PAGE)
    assert isinstance(await fetcher.get(f"{site.url}/"), Fetched)
    assert len(site.asked) <= 8


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffUser-agent: *\nDisallow: /\n",
        "User-agent: *\nDisallow: /\n" + "# more\n" * 200_000,
        "User-agent: *\nDisallow: /\n" + "Disallow: /*a*b*c*d*e$\n" * 20_000,
        "".join(f"User-agent: robot{n}\n" for n in range(20_000)) + "User-agent: *\nDisallow: /\n",
        "User-agent: *\nDisallow: /\n" + " \n" * 200_000,
        "User-agent: *\nDisallow: /\n" + " " * 400_000,
    ],
    ids=["byte order mark", "beyond what is read", "patterns", "names", "empty lines", "spaces"],
)
async def test_a_hostile_robots_txt_is_read_as_far_as_it_goes(text: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/robots.txt", _robots(text))
    with pytest.raises(FetchRefused):
        await fetcher.get(f"{site.url}/{'abcd' * 500}")


async def test_robots_txt_of_a_redirects_host_is_obeyed_too(fetcher: Fetcher, site: Site) -> None:
    async with open_site() as other:
        other.at("/robots.txt", _robots("User-agent: *\nDisallow: /\n"))
        site.at("/", redirect(f"{other.url}/a"))
        with pytest.raises(FetchRefused) as refused:
            await fetcher.get(f"{site.url}/")
        assert refused.value.reason is FetchReason.ROBOTS
        assert other.paths == []


async def test_one_host_is_asked_one_thing_at_a_time_with_a_pause_between(
    fetcher: Fetcher, site: Site, passing: Time
) -> None:
    site.at("/", PAGE)
    await asyncio.gather(*(fetcher.get(f"{site.url}/") for _ in range(5)))
    assert passing.waits == [1, 1, 1, 1]
    assert site.most_at_once == 1


@pytest.mark.parametrize(
    ("rule", "pause"),
    [("Crawl-delay: 7", 7), ("Crawl-delay: 0.1", 1), ("Request-rate: 1/9s", 9), ("Crawl-delay: x", 1)],
)
async def test_a_host_may_ask_for_longer_pauses(
    rule: str, pause: float, fetcher: Fetcher, site: Site, passing: Time
) -> None:
    site.at("/robots.txt", _robots(f"User-agent: *\n{rule}\n"))
    site.at("/", PAGE)
    await fetcher.get(f"{site.url}/")
    await fetcher.get(f"{site.url}/")
    assert passing.waits == [pause]


async def test_a_pause_beyond_the_longest_wait_is_told_and_not_sat_out(
    fetcher: Fetcher, site: Site, passing: Time
) -> None:
    site.at("/robots.txt", _robots("User-agent: *\nCrawl-delay: 86400\n"))
    site.at("/", PAGE)
    await fetcher.get(f"{site.url}/")
    with pytest.raises(FetchFailed, match=r"\b60 s") as failed:
        await fetcher.get(f"{site.url}/")
    assert failed.value.reason is FetchReason.RATE_LIMITED
    assert failed.value.retry_after == pytest.approx(86400, abs=1)
    assert (passing.waits, site.paths) == ([], ["/"])


@pytest.mark.parametrize("status", ["429 Too Many", "503 Busy"])
async def test_a_busy_host_is_asked_once_more_when_it_says(
    status: str, fetcher: Fetcher, site: Site, passing: Time
) -> None:
    site.at("/", respond(status=status, retry_after="30"), PAGE)
    assert isinstance(await fetcher.get(f"{site.url}/"), Fetched)
    assert passing.waits == [30]


async def test_a_host_that_stays_busy_is_asked_twice_and_no_more(fetcher: Fetcher, site: Site, passing: Time) -> None:
    site.at("/", respond(status="429 Too Many"))
    with pytest.raises(FetchFailed) as failed:
        await fetcher.get(f"{site.url}/")
    assert (failed.value.reason, failed.value.status) == (FetchReason.RATE_LIMITED, 429)
    assert (passing.waits, site.paths) == ([5], ["/", "/"])


async def test_a_host_that_wants_hours_is_left_alone_by_every_caller(
    fetcher: Fetcher, site: Site, passing: Time
) -> None:
    site.at("/", respond(status="503 Busy", retry_after="7200"))
    for _ in range(3):
        with pytest.raises(FetchFailed) as failed:
            await fetcher.get(f"{site.url}/")
        assert failed.value.retry_after == pytest.approx(7200, abs=1)
    assert (passing.waits, site.paths) == ([], ["/"])


async def test_hosts_are_read_side_by_side_and_no_more_of_them_than_is_set(inside: Settings, passing: Time) -> None:
    together = most = 0
    as_many_as_are_set = asyncio.Event()

    async def counted() -> AsyncIterator[bytes]:
        nonlocal together, most
        together += 1
        most = max(most, together)
        if together == 3:
            as_many_as_are_set.set()
        await as_many_as_are_set.wait()
        await asyncio.sleep(0.05)
        together -= 1
        yield PAGE

    async with AsyncExitStack() as stack:
        fetcher = await stack.enter_async_context(open_fetcher(inside, hosts_at_once=3, sleep=passing.sleep))
        sites = [await stack.enter_async_context(open_site()) for _ in range(9)]
        for site in sites:
            site.at("/", counted)
        async with asyncio.timeout(240):
            await asyncio.gather(*(fetcher.get(f"{site.url}/") for site in sites))
    assert most == 3


async def test_a_waiting_host_keeps_no_other_from_being_read(inside: Settings) -> None:
    """With one host at once, the pause of one is another's turn."""
    slowly = inside.model_copy(update={"fetch_delay": 30})
    async with open_fetcher(slowly, hosts_at_once=1) as fetcher, open_site() as slow, open_site() as other:
        slow.at("/", PAGE)
        other.at("/", PAGE)
        await fetcher.get(f"{slow.url}/")
        waiting = asyncio.create_task(fetcher.get(f"{slow.url}/"))
        await asyncio.sleep(0)
        # Well before the turn of the one that waits.
        async with asyncio.timeout(25):
            assert isinstance(await fetcher.get(f"{other.url}/"), Fetched)
        waiting.cancel()


async def test_two_pages_that_redirect_to_each_others_host_both_arrive(fetcher: Fetcher, site: Site) -> None:
    async with open_site() as other, asyncio.timeout(240):
        site.at("/a", redirect(f"{other.url}/b"))
        site.at("/b", PAGE)
        other.at("/a", redirect(f"{site.url}/b"))
        other.at("/b", PAGE)
        pages = await asyncio.gather(fetcher.get(f"{site.url}/a"), fetcher.get(f"{other.url}/a"))
    assert all(isinstance(page, Fetched) for page in pages)


async def test_a_host_that_is_not_there_is_tried_twice_with_a_pause(fetcher: Fetcher, passing: Time) -> None:
    with pytest.raises(FetchFailed):
        await fetcher.get(f"http://127.0.0.1:{closed_port()}/")
    assert passing.waits == [1]


async def test_hosts_are_not_remembered_for_ever(passing: Time) -> None:
    manners = PolitenessPolicy(pause=1, max_wait=60, hosts_at_once=8, clock=passing.clock, sleep=passing.sleep)
    for n in range(5000):
        async with manners.turn(f"host{n}.example"):
            passing.now += 0.01
    assert len(manners._hosts) <= 2048
