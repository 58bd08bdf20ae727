"""Feeds: RSS, Atom and RDF by feedparser, which has met every broken one; JSON Feed by its short specification."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.sax import SAXParseException

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from agent.coverage.formats.entries import Entry, Listing, resolved
from agent.coverage.formats.feed_texts import whole
from agent.coverage.formats.markup import text_of_html
from agent.coverage.formats.safe_xml import MISSING, refuse_entities
from agent.coverage.formats.told import Rejection
from agent.coverage.formats.wordpress import is_export, published, text_of_post
from agent.decode import decode
from agent.errors import BadInput, ConfigurationError

if TYPE_CHECKING:
    from feedparser import FeedParserDict  # type: ignore[import-untyped]  # ships no types

# A feed of ten thousand entries has half of it, and takes some seconds.
_MOST_BYTES = 10_000_000
_LINK = re.compile(rb"<link\b[^<>]{1,1000}>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_FEED_TYPE = re.compile(rb"application/(rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HEAD_BYTES = 1 << 17


def read_feed(data: bytes, url: str, charset: str | None = None) -> Listing:
    """What a feed lists, links resolved against its address; raises `BadInput` when it is none, or brings entities,
    and `ConfigurationError` without the packages for it."""
    if len(data) > _MOST_BYTES:
        raise BadInput(f"it is larger than {_MOST_BYTES // 1_000_000} MB: too much for a feed")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, url)
    try:
        import feedparser
    except ImportError as err:
        raise ConfigurationError(MISSING) from err
    refuse_entities(data)
    # The content type is ours: feeds served as text/html or text/plain are feeds all the same.
    told = {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}
    found = feedparser.parse(
        io.BytesIO(data),
        response_headers={**told, "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.entries and not found.get("version"):
        raise BadInput(f"it is not a feed: {found.get('bozo_exception') or 'nothing of one is in it'}")
    rejected: list[Rejection] = []
    language = found.feed.get("language")
    entries = tuple(_entry(one, url, language) for one in published(found.entries, url, rejected))
    title = found.feed.get("title") or None
    return Listing(url=url, title=title, entries=entries, flaw=_flaw(found), rejected=tuple(rejected))


def _flaw(found: "FeedParserDict") -> str | None:
    problem = found.get("bozo_exception")
    if not isinstance(problem, SAXParseException):
        return None
    return f"it is not well-formed XML ({problem.getMessage()}): what could be read of it is taken"


def _entry(one: "FeedParserDict", url: str, language: str | None) -> Entry:
    link = one.get("link")
    text_of_markup = text_of_post if is_export(one) else text_of_html
    contents = [
        part.get("value", "") if part.get("type") == "text/plain" else text_of_markup(part.get("value", ""))
        for part in one.get("content", ())
    ]
    return Entry(
        url=resolved(url, link),
        title=text_of_html(one.get("title", "")) or None,
        author=one.get("author") or None,
        published_at=_moment(one, "published") or _moment(one, "updated"),
        updated=(one.updated if "updated" in one else one.get("published")) or None,
        language=language or None,
        content=whole(contents),
    )


def _moment(one: "FeedParserDict", name: str) -> str | None:
    if name not in one:
        return None
    parsed = one.get(f"{name}_parsed")
    if parsed is not None:
        try:
            year, month, day, hour, minute, second = parsed[:6]
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC).isoformat()
        except ValueError:
            return None
    return one.get(name) or None


def named_feed(page: bytes, url: str) -> str | None:
    """The address of the first feed that an HTML page says it has."""
    for link in _LINK.findall(page[:_HEAD_BYTES]):
        href = _HREF.search(link)
        if href is not None and b"alternate" in link.lower() and _FEED_TYPE.search(link):
            return resolved(url, href[1].decode("utf-8", "replace"))
    return None


class _Author(BaseModel):
    name: str | None = None


class _JsonItem(BaseModel):
    model_config = ConfigDict(extra="ignore")

    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    language: str | None = None
    author: _Author | None = None
    authors: tuple[_Author, ...] = ()


class _JsonFeed(BaseModel):
    model_config = ConfigDict(extra="ignore")

    version: str
    title: str | None = None
    language: str | None = None
    items: tuple[object, ...] = ()

    @field_validator("version")
    @classmethod
    def _of_json_feed(cls, told: str) -> str:
        if "jsonfeed.org/" not in told:
            raise ValueError("is not that of a JSON Feed")
        return told


def _json_feed(data: bytes, url: str) -> Listing:
    try:
        feed = _JsonFeed.model_validate(json.loads(decode(data, url)))
    except ValidationError as err:
        raise BadInput(f"it is not a JSON Feed: {err.errors()[0]['loc']}: {err.errors()[0]['msg']}") from err
    except (ValueError, RecursionError) as err:
        raise BadInput(f"it is not JSON: {err}") from err
    return Listing(url=url, title=feed.title, entries=tuple(_json_entries(feed, url)))


def _json_entries(feed: _JsonFeed, url: str) -> Iterator[Entry]:
    for told in feed.items:
        try:
            item = _JsonItem.model_validate(told)
        except ValidationError:
            yield Entry(url=None, title="an item that is not a JSON Feed's")
            continue
        author = next(iter(item.authors), item.author)
        yield Entry(
            url=resolved(url, item.url or item.external_url),
            title=item.title,
            author=author.name if author else None,
            published_at=item.date_published,
            updated=item.date_modified or item.date_published,
            language=item.language or feed.language,
            content=whole([item.content_text or "", text_of_html(item.content_html or "")]),
        )
