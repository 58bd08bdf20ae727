"""Google News as a feed, by language and country: `GET /rss/search`.

Its links lead to pages of its own, which ask programs to stay away. Older ones hold the address of the report itself;
of the others nothing is known but title and outlet, and so they are counted and not gone to.
"""

import asyncio
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from agent.coverage.intake.entries import Entry
from agent.coverage.intake.feeds import read_feed
from agent.coverage.intake.metadata import moment_of
from agent.errors import BadInput
from agent.fetch.service import ServiceClient
from agent.gather.answers import check_status, malformed, plain
from agent.gather.source import SearchQuestion, SourceHit, SourceLimits, SourceName
from agent.gather.wording import with_sites

_NAME = "Google News"
_ADDRESS = "https://news.google.com/rss/search"
_LIMITS = SourceLimits(pause=2.0, questions=6, dated=True, by_site=True)
_PLACES = ("articles", "read")
_LONGEST_NAME = 3000
# How an address begins within a name: two numbers of a record, and the mark of a text.
_MARK = b'\x08\x13"'


class GoogleNewsSource:
    """Implements `NewsSource`."""

    name = SourceName.GOOGLE_NEWS
    limits = _LIMITS

    def __init__(self, client: ServiceClient, address: str = _ADDRESS) -> None:
        self._client = client
        self._address = address

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        words = [with_sites(question.text, question.sites)]
        if question.since is not None and question.until is not None:
            # The last day is the one before the day that it wants.
            words.append(f"after:{question.since.isoformat()}")
            words.append(f"before:{(question.until + timedelta(days=1)).isoformat()}")
        asked = {"q": " ".join(words), "hl": question.language}
        if question.country is not None:
            asked |= {"gl": question.country, "ceid": f"{question.country}:{question.language}"}
        reply = await self._client.ask(
            "GET", f"{self._address}?{urlencode(asked)}", {"accept": "application/rss+xml"}
        )
        check_status(_NAME, reply)
        try:
            listing = await asyncio.to_thread(read_feed, reply.body, self._address, reply.charset)
        except BadInput as err:
            raise malformed(_NAME) from err
        return tuple(_hits(listing.entries))[: question.limit]


def _hits(entries: tuple[Entry, ...]) -> Iterator[SourceHit]:
    for entry in entries:
        title, _, outlet = plain(entry.title).rpartition(" - ")
        yield SourceHit(
            url=address_in(entry.url or ""),
            title=title or outlet,
            outlet=outlet if title else None,
            published_at=moment_of(entry.published_at, entry.order),
            source=SourceName.GOOGLE_NEWS,
        )


def address_in(link: str) -> str | None:
    """The address of a report that a link holds; None where it is hidden. A link to elsewhere is its own address."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.hostname != "news.google.com":
        return link or None
    *_, place, name = ("", "", *parts.path.split("/"))
    if place not in _PLACES or len(name) > _LONGEST_NAME:
        return None
    return _within(_decoded(name))


def _decoded(name: str) -> bytes:
    try:
        return urlsafe_b64decode(name + "=" * (-len(name) % 4))
    except ValueError:
        return b""


def _within(record: bytes) -> str | None:
    """The first text of a record, where that is an address. Its length stands before it, seven bits to a byte."""
    if not record.startswith(_MARK):
        return None
    length, at = 0, len(_MARK)
    for shift in (0, 7, 14):
        if at >= len(record):
            return None
        length |= (record[at] & 0x7F) << shift
        at += 1
        if not record[at - 1] & 0x80:
            break
    text = record[at : at + length].decode("utf-8", "replace")
    return text if text.startswith(("http://", "https://")) else None
