"""What comes back from a page, and what from its redirects and statuses."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.errors import FetchError, FetchFailed, FetchReason, FetchRefused
from agent.fetch import Fetched, Fetcher, NotModified, PageGone, PostResponse, Validators, Wanted
from tests.fetch.conftest import Names
from tests.fetch.dialling import PUBLIC, Rerouted
from tests.support.endpoint import closed_port
from tests.support.raw_site import Site, redirect, respond


async def test_a_page_comes_with_what_its_headers_say(fetcher: Fetcher, site: Site) -> None:
    site.at(
        "/a", respond(b"<p>hello", content_type="Text/HTML; charset=Windows-1256", etag='"v1"', last_modified="Mon")
    )
    assert await fetcher.get(f"{site.url}/a#top") == Fetched(
        url=f"{site.url}/a#top",
        final_url=f"{site.url}/a",
        status=200,
        content_type="text/html",
        charset="cp1256",
        body=b"<p>hello",
        validators=Validators('"v1"', "Mon"),
    )


@pytest.mark.parametrize("told", ["text/html", "text/html; charset=no-such", "text/html; charset="])
async def test_an_encoding_that_is_none_is_not_told(told: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(b"x", content_type=told))
    page = await fetcher.get(f"{site.url}/")
    assert isinstance(page, Fetched)
    assert page.charset is None


async def test_the_user_agent_says_who_asks_and_whom_to_write_to(fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(b"x"))
    await fetcher.get(f"{site.url}/")
    for asked in site.asked:
        assert asked.headers["user-agent"].startswith("Isnad/")
        assert asked.headers["user-agent"].endswith("(+desk@paper.example)")


async def test_a_page_that_did_not_change_is_not_sent_again(fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(status="304 Not Modified", content_type="", content_length=""))
    answer = await fetcher.get(f"{site.url}/", validators=Validators('"v1"', "Mon, 02 Nov 2026 10:00:00 GMT"))
    assert answer == NotModified(f"{site.url}/", f"{site.url}/")
    assert site.asked[-1].headers["if-none-match"] == '"v1"'
    assert site.asked[-1].headers["if-modified-since"] == "Mon, 02 Nov 2026 10:00:00 GMT"


async def test_a_304_that_nobody_asked_for_is_a_failure(fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(status="304 Not Modified", content_type="", content_length=""))
    with pytest.raises(FetchFailed, match="304"):
        await fetcher.get(f"{site.url}/")


@pytest.mark.parametrize("etag", ['"a\r\nX-Sent: 1"', '"' + "e" * 5000 + '"', '"خبر"', ""])
async def test_validators_that_fit_in_no_header_are_left_out(etag: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(b"x"))
    await fetcher.get(f"{site.url}/", validators=Validators(etag))
    assert not {"if-none-match", "x-sent"} & site.asked[-1].headers.keys()


@pytest.mark.parametrize(("status", "code"), [("404 Not Found", 404), ("410 Gone", 410)])
async def test_a_page_that_is_gone_is_told_as_gone(status: str, code: int, fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(b"x", status=status))
    answer = await fetcher.get(f"{site.url}/")
    assert isinstance(answer, PageGone)
    assert answer.status == code


@pytest.mark.parametrize(
    "status", ["204 No Content", "206 Partial Content", "401 Unauthorized", "403 Forbidden", "451 X", "500 X"]
)
async def test_other_statuses_are_failures_with_their_number(status: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(status=status, content_length="" if status[0:3] == "204" else "0"))
    with pytest.raises(FetchFailed) as failed:
        await fetcher.get(f"{site.url}/")
    assert (failed.value.reason, failed.value.status) == (FetchReason.STATUS, int(status[:3]))
    assert site.paths == ["/"]


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
async def test_redirects_are_followed_and_the_last_address_is_told(status: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/a", redirect("b?c=d#e", status))
    site.at("/b?c=d", respond(b"<p>here"))
    page = await fetcher.get(f"{site.url}/a")
    assert isinstance(page, Fetched)
    assert (page.url, page.final_url) == (f"{site.url}/a", f"{site.url}/b?c=d")


async def test_a_redirect_loop_is_told_without_going_round_it(fetcher: Fetcher, site: Site) -> None:
    site.at("/a", redirect("/b"))
    site.at("/b", redirect("/a"))
    with pytest.raises(FetchFailed, match="circle") as failed:
        await fetcher.get(f"{site.url}/a")
    assert failed.value.reason is FetchReason.REDIRECTS
    assert site.paths == ["/a", "/b"]


async def test_the_sixth_redirect_is_not_followed(fetcher: Fetcher, site: Site) -> None:
    for n in range(20):
        site.at(f"/{n}", redirect(f"/{n + 1}"))
    with pytest.raises(FetchFailed, match=r"\b5\b") as failed:
        await fetcher.get(f"{site.url}/0")
    assert failed.value.reason is FetchReason.REDIRECTS
    assert len(site.paths) == 6


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", FetchReason.SCHEME),
        ("gopher://127.0.0.1:70/", FetchReason.SCHEME),
        ("http://169.254.169.254/latest/", FetchReason.PRIVATE),
        ("http://metadata.example/", FetchReason.PRIVATE),
        ("http://user:pass@news.example/", FetchReason.ADDRESS),
        ("http://0x7f.1/", FetchReason.ADDRESS),
        ("http://news.example:25/", FetchReason.PORT),
        ("http://[v1.x]/", FetchReason.REDIRECTS),
    ],
)
async def test_a_redirect_is_checked_like_any_other_url(
    location: str, reason: FetchReason, fetcher: Fetcher, names: Names, site: Site
) -> None:
    names.lead("metadata.example", ["169.254.169.254"])
    site.at("/", redirect(location))
    with pytest.raises(FetchError) as refused:
        await fetcher.get(f"{site.url}/")
    assert refused.value.reason is reason


async def test_a_redirect_from_a_public_host_into_this_machine_is_refused(
    outside: Fetcher, site: Site, names: Names, rerouted: Rerouted
) -> None:
    names.lead("news.example", [PUBLIC])
    names.lead("inside.example", ["127.0.0.1"])
    for location in ("http://127.0.0.1/", "http://[::1]/", "http://inside.example/", "http://10.0.0.1/"):
        site.at("/", redirect(location))
        with pytest.raises(FetchRefused) as refused:
            await outside.get("http://news.example/")
        assert refused.value.reason is FetchReason.PRIVATE
    assert set(site.paths) == {"/"}
    assert set(rerouted.addresses) == {PUBLIC}


async def test_a_name_that_turns_private_between_two_redirects_is_refused(
    outside: Fetcher, site: Site, names: Names, rerouted: Rerouted
) -> None:
    names.lead("news.example", [PUBLIC], ["127.0.0.1"])
    site.at("/robots.txt", respond(connection="close"))
    with pytest.raises(FetchRefused) as refused:
        await outside.get("http://news.example/")
    assert refused.value.reason is FetchReason.PRIVATE
    assert (site.paths, rerouted.addresses) == ([], [PUBLIC])


async def test_a_public_page_is_read_without_any_setting(outside: Fetcher, site: Site, names: Names) -> None:
    names.lead("news.example", [PUBLIC])
    site.at("/", respond(b"<p>here"))
    assert isinstance(await outside.get("http://news.example/"), Fetched)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(location=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
async def test_any_location_is_followed_or_refused(location: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/start", redirect(location))
    try:
        answer = await fetcher.get(f"{site.url}/start")
    except FetchError:
        return
    assert answer.final_url.startswith(site.url)


@pytest.mark.parametrize(
    ("kind", "told", "read"),
    [
        ("page", "text/html", True),
        ("page", "application/xhtml+xml; charset=utf-8", True),
        ("page", "text/plain", True),
        ("page", "", True),
        ("page", "application/pdf", True),
        ("any", "application/rtf", True),
        ("feed", "application/pdf", False),
        ("page", "application/zip", False),
        ("page", "image/png", False),
        ("page", "application/rss+xml", False),
        ("page", "application/octet-stream", False),
        ("feed", "application/rss+xml", True),
        ("feed", "application/atom+xml", True),
        ("feed", "TEXT/XML", True),
        ("feed", "application/feed+json", True),
        ("feed", "application/vnd.iptc.g2.newsitem+xml", True),
        ("feed", "text/html", True),
        ("feed", "video/mp4", False),
        ("any", "text/html", True),
        ("any", "application/xml", True),
        ("any", "application/zip", False),
    ],
)
async def test_content_of_another_kind_is_refused(
    kind: Wanted, told: str, read: bool, fetcher: Fetcher, site: Site
) -> None:
    site.at("/", respond(b"content", content_type=told))
    if read:
        assert isinstance(await fetcher.get(f"{site.url}/", kind=kind), Fetched)
        return
    with pytest.raises(FetchRefused) as refused:
        await fetcher.get(f"{site.url}/", kind=kind)
    assert refused.value.reason is FetchReason.CONTENT_TYPE


async def test_a_host_that_is_not_there_is_told_after_one_more_try(fetcher: Fetcher) -> None:
    with pytest.raises(FetchFailed, match=r"127\.0\.0\.1") as failed:
        await fetcher.get(f"http://127.0.0.1:{closed_port()}/")
    assert failed.value.reason is FetchReason.UNREACHABLE


async def test_no_cookie_and_no_referrer_is_sent_back(fetcher: Fetcher, site: Site) -> None:
    site.at("/a", respond(status="302 F", location="/b", set_cookie="id=1"))
    site.at("/b", respond(b"x", set_cookie="id=2"))
    await fetcher.get(f"{site.url}/a")
    await fetcher.get(f"{site.url}/b")
    assert not any({"cookie", "referer", "authorization"} & asked.headers.keys() for asked in site.asked)


async def test_a_callback_is_posted_once_and_any_answer_is_told(fetcher: Fetcher, site: Site) -> None:
    site.at("/hook", respond(b"later", status="503 Busy", retry_after="7"))
    answer = await fetcher.post(f"{site.url}/hook", b'{"done": true}', {"content-type": "application/json"})
    assert answer == PostResponse(f"{site.url}/hook", 503, b"later", 7.0)
    (asked,) = site.asked
    assert (asked.method, asked.body, asked.headers["content-type"]) == (
        "POST",
        b'{"done": true}',
        "application/json",
    )


async def test_a_callback_follows_no_redirect_and_reads_only_the_beginning_of_an_answer(
    fetcher: Fetcher, site: Site
) -> None:
    site.at("/moved", redirect("/elsewhere"))
    assert (await fetcher.post(f"{site.url}/moved", b"x")).status == 302
    site.at("/long", respond(b"x" * 3_000_000))
    assert len((await fetcher.post(f"{site.url}/long", b"x")).body) == 65536
    site.at("/packed", respond(b"not gzip at all", content_encoding="gzip"))
    assert (await fetcher.post(f"{site.url}/packed", b"x")).body == b""
    assert site.paths == ["/moved", "/long", "/packed"]
