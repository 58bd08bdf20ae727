"""Answers without end, sense or measure."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from functools import cache

import pytest

from agent.config import Settings
from agent.errors import FetchError, FetchFailed, FetchReason, FetchRefused
from agent.fetch import Fetched, Fetcher, open_fetcher
from tests.fetch.conftest import Time
from tests.support.raw_site import Answer, Site, open_site, redirect, respond

_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"
_ZEROS = b"\0" * 1_000_000


def _endless(head: bytes, piece: bytes, pause: float = 0) -> Answer:
    async def pieces() -> AsyncIterator[bytes]:
        yield head
        while True:
            yield piece
            await asyncio.sleep(pause)

    return pieces


@cache
def _bomb(megabytes: int, wbits: int = 31) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return b"".join(packer.compress(_ZEROS) for _ in range(megabytes)) + packer.flush()


def _packed(encoding: str, wbits: int = 31) -> Answer:
    """Packed when it is asked for: every process of the tests reads this file."""

    async def pieces() -> AsyncIterator[bytes]:
        yield respond(_bomb(60, wbits), content_encoding=encoding)

    return pieces


async def _refusal(fetcher: Fetcher, site: Site) -> FetchReason:
    with pytest.raises(FetchError) as refused:
        await fetcher.get(f"{site.url}/")
    assert "127.0.0.1" in str(refused.value)
    return refused.value.reason


TOO_LARGE: dict[str, Answer] = {
    "announced": _endless(_HEAD + b"content-length: 50000000\r\n\r\n", b"x" * 1000, 0.05),
    "not announced": _endless(_HEAD + b"\r\n", b"x" * 65536),
    "chunked": _endless(_HEAD + b"transfer-encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    "one byte chunks": _endless(_HEAD + b"transfer-encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 20_000),
    "gzip bomb": _packed("gzip"),
    "deflate bomb": _packed("deflate", 15),
    "raw deflate bomb": _packed("deflate", -15),
    # Empty stored blocks: bytes go on and on, and unpack to nothing.
    "gzip of nothing": _endless(
        _HEAD + b"content-encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\0\0\0\xff\xff" * 10_000
    ),
}


@pytest.mark.parametrize("answer", TOO_LARGE.values(), ids=TOO_LARGE.keys())
async def test_a_body_over_the_limit_is_refused(answer: Answer, fetcher: Fetcher, site: Site) -> None:
    site.at("/", answer)
    assert await _refusal(fetcher, site) is FetchReason.TOO_LARGE


async def test_a_page_of_the_largest_size_is_read(fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(gzip.compress(_ZEROS), content_encoding="x-gzip"))
    page = await fetcher.get(f"{site.url}/")
    assert isinstance(page, Fetched)
    assert page.body == _ZEROS


async def test_a_feed_may_be_five_times_as_large_and_comes_unpacked(fetcher: Fetcher, site: Site) -> None:
    site.at("/ok.gz", respond(gzip.compress(b"<a/>") + gzip.compress(_ZEROS * 4), content_type="application/gzip"))
    feed = await fetcher.get(f"{site.url}/ok.gz", kind="feed")
    assert isinstance(feed, Fetched)
    assert feed.body == b"<a/>" + _ZEROS * 4
    site.at("/bomb.gz", respond(_bomb(60), content_type="application/x-gzip"))
    with pytest.raises(FetchRefused) as refused:
        await fetcher.get(f"{site.url}/bomb.gz", kind="feed")
    assert refused.value.reason is FetchReason.TOO_LARGE


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"<a/>" * 99)[:-9], gzip.compress(b"<a/>" * 99)[:20] + b"?" * 99],
    ids=["cut short", "with other bytes"],
)
async def test_a_damaged_packed_file_is_refused(packed: bytes, fetcher: Fetcher, site: Site) -> None:
    site.at("/a.gz", respond(packed, content_type="application/gzip"))
    with pytest.raises(FetchRefused) as refused:
        await fetcher.get(f"{site.url}/a.gz", kind="feed")
    assert refused.value.reason is FetchReason.ENCODING


@pytest.mark.parametrize("packing", ["br", "zstd", "compress", "gzip, gzip", "gzip, deflate", "rot13"])
async def test_a_packing_that_was_not_asked_for_is_refused(packing: str, fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(b"x", content_encoding=packing))
    assert await _refusal(fetcher, site) is FetchReason.ENCODING
    assert site.asked[-1].headers["accept-encoding"] == "gzip, deflate"


async def test_a_body_that_is_not_what_its_packing_says_is_refused(fetcher: Fetcher, site: Site) -> None:
    site.at("/", respond(b"<p>plain", content_encoding="gzip"))
    assert await _refusal(fetcher, site) is FetchReason.ENCODING


SLOW: dict[str, Answer] = {
    "no answer": _endless(b"", b"", 0.05),
    "dripping head": _endless(_HEAD + b"x: ", b"x", 0.05),
    "heads before the head": _endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.02),
    "dripping body": _endless(_HEAD + b"content-length: 5000\r\n\r\n", b"x", 0.05),
    "dripping chunks": _endless(_HEAD + b"transfer-encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.05),
}


@pytest.mark.parametrize("answer", SLOW.values(), ids=SLOW.keys())
async def test_an_answer_that_drips_is_given_up(answer: Answer, inside: Settings, passing: Time, site: Site) -> None:
    site.at("/", answer)
    hurried = inside.model_copy(update={"fetch_timeout": 0.3})
    async with asyncio.timeout(240), open_fetcher(hurried, sleep=passing.sleep) as fetcher:
        assert await _refusal(fetcher, site) is FetchReason.TIMEOUT


MALFORMED = {
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    "no status": b"HTTP/1.1 OK\r\n\r\n",
    "header without a name": b"HTTP/1.1 200 OK\r\n: x\r\n\r\n",
    "header with a null": b"HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n",
    "negative length": _HEAD + b"content-length: -5\r\n\r\n",
    "two lengths": _HEAD + b"content-length: 5\r\ncontent-length: 6\r\n\r\nhello",
    "chunk without a size": _HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\nx",
    "head without end": _HEAD + b"x: " + b"x" * 200_000,
    "many headers": _HEAD + b"x: y\r\n" * 50_000,
}


@pytest.mark.parametrize("answer", MALFORMED.values(), ids=MALFORMED.keys())
async def test_an_answer_that_is_not_http_is_told_after_one_more_try(
    answer: bytes, fetcher: Fetcher, site: Site
) -> None:
    site.at("/", answer)
    assert await _refusal(fetcher, site) is FetchReason.MALFORMED
    assert site.paths == ["/", "/"]


async def test_a_body_that_breaks_off_is_not_taken_for_a_page(fetcher: Fetcher, site: Site) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield _HEAD + b"content-length: 5000\r\n\r\n<p>half a page"

    site.at("/", broken)
    assert await _refusal(fetcher, site) is FetchReason.MALFORMED


async def test_the_body_of_a_redirect_is_not_read(fetcher: Fetcher, site: Site) -> None:
    site.at("/a", _endless(redirect("/b").replace(b"content-length: 0\r\n", b""), b"x" * 65536))
    site.at("/b", respond(b"<p>here"))
    page = await fetcher.get(f"{site.url}/a")
    assert isinstance(page, Fetched)
    assert page.body == b"<p>here"


async def test_a_fetch_that_is_cancelled_leaves_the_fetcher_usable(fetcher: Fetcher, site: Site) -> None:
    site.at("/hangs", _endless(b"", b"", 0.05))
    site.at("/", respond(b"<p>here"))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await fetcher.get(f"{site.url}/hangs")
    assert isinstance(await fetcher.get(f"{site.url}/"), Fetched)


async def test_failures_leave_no_connection_behind(inside: Settings, passing: Time) -> None:
    """More hosts fail than there are connections: the last one is read all the same."""
    async with open_fetcher(inside, hosts_at_once=2, sleep=passing.sleep) as fetcher, open_site() as site:
        for n in range(6):
            site.at(f"/{n}", [*TOO_LARGE.values()][n])
            with pytest.raises(FetchError):
                await fetcher.get(f"{site.url}/{n}")
        site.at("/", respond(b"<p>here"))
        assert isinstance(await fetcher.get(f"{site.url}/"), Fetched)


async def test_a_timeout_is_no_refusal(inside: Settings, passing: Time, site: Site) -> None:
    site.at("/", SLOW["no answer"])
    async with open_fetcher(inside.model_copy(update={"fetch_timeout": 0.1}), sleep=passing.sleep) as fetcher:
        with pytest.raises(FetchFailed):
            await fetcher.get(f"{site.url}/")
