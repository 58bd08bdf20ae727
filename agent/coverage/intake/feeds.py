"""Feeds: RSS, Atom and RDF by feedparser, which has met every broken one; JSON Feed by its short specification."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from xml.sax import SAXParseException

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from agent.coverage.intake.entries import Entry, Listing, resolved
from agent.coverage.intake.feed_texts import Content, exported, whole
from agent.coverage.intake.markup import article_of_html, text_of_html
from agent.coverage.intake.metadata import Rejection
from agent.coverage.intake.safe_xml import missing, refuse_entities
from agent.coverage.intake.signed import author_of, joined
from agent.coverage.intake.wordpress import date_of_post, is_export, names_by_login, published, text_of_post
from agent.coverage.origins.naming import signs_news
from agent.dates import NumberOrder, order_shown
from agent.errors import BadInput, InputFault
from agent.text.decode import decode

if TYPE_CHECKING:
    from feedparser import FeedParserDict  # type: ignore[import-untyped]  # ships no types

# A feed of ten thousand entries has half of it, and takes some seconds.
_MOST_BYTES = 10_000_000
_LINK = re.compile(rb"<link\b[^<>]{1,1000}>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_FEED_TYPE = re.compile(rb"application/(rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HEAD_BYTES = 1 << 17
_DATES = ("published", "updated")
_ATOM = "http://www.w3.org/2005/Atom"
_DATED_BY_DUBLIN_CORE = ("rss090", "rss10")


def read_feed(data: bytes, url: str, charset: str | None = None) -> Listing:
    """What a feed lists, links resolved against its address; raises `BadInput` when it is none, or brings entities,
    and `ConfigurationError` without the packages for it."""
    if len(data) > _MOST_BYTES:
        raise BadInput(
            f"it is larger than {_MOST_BYTES // 1_000_000} MB: too much for a feed", InputFault.FILE_TOO_LARGE
        )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, url)
    try:
        import feedparser
    except ImportError as err:
        raise missing() from err
    refuse_entities(data)
    # The content type is ours: feeds served as text/html or text/plain are feeds all the same.
    fields = {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}
    found = feedparser.parse(
        io.BytesIO(data),
        response_headers={**fields, "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.entries and not found.get("version"):
        raise BadInput(
            f"it is not a feed: {found.get('bozo_exception') or 'nothing of one is in it'}", InputFault.NO_FEED
        )
    order = order_shown(_stated_date(one, name) for one in (found.feed, *found.entries) for name in _DATES)
    publishes = _updated_is_published(found)
    language, title = found.feed.get("language"), found.feed.get("title") or None
    # A feed that was saved has no address of its own.
    site = found.feed.get("link") or ""
    names = names_by_login(data) if any(map(is_export, found.entries)) else {}
    rejected: list[Rejection] = []
    entries = tuple(
        _entry(one, url, language, order, publishes, site, names) for one in published(found.entries, url, rejected)
    )
    return Listing(url=url, title=title, entries=entries, flaw=_flaw(found), rejected=tuple(rejected))


def _flaw(found: "FeedParserDict") -> str | None:
    problem = found.get("bozo_exception")
    if not isinstance(problem, SAXParseException):
        return None
    return f"it is not well-formed XML ({problem.getMessage()}): what could be read of it is taken"


def _updated_is_published(found: "FeedParserDict") -> bool:
    """Whether what the reader of feeds calls `updated` is the date of Dublin Core, by which RSS dates its items; in
    Atom, and in RSS that borrows from it, it is the time of the last change."""
    version = found.get("version") or ""
    return version in _DATED_BY_DUBLIN_CORE or (
        version.startswith("rss") and _ATOM not in (found.get("namespaces") or {}).values()
    )


def _entry(
    one: "FeedParserDict",
    url: str,
    language: str | None,
    order: NumberOrder | None,
    publishes: bool,
    site: str,
    names: Mapping[str, str],
) -> Entry:
    link = one.get("link")
    contents = [_content(part, is_post=is_export(one)) for part in one.get("content", ())]
    published, updated = (_stated_date(one, name) for name in _DATES)
    published = date_of_post(one, published) if is_export(one) else published
    author = author_of(one)
    return Entry(
        url=resolved(url or site, link),
        title=text_of_html(one.get("title", "")) or None,
        author=names.get(author or "", author),
        published_at=published or (updated if publishes else None),
        changed_at=None if publishes else updated,
        order=order,
        updated=updated or published,
        language=language or None,
        content=exported(contents) if is_export(one) else whole(contents),
        credits=_source(one),
    )


def _content(part: "FeedParserDict", *, is_post: bool) -> Content:
    value = part.get("value", "")
    if part.get("type") == "text/plain":
        return Content(value)
    return Content.of_html(value, text_of_post(value)) if is_post else _of_article(value)


def _of_article(html: str) -> Content:
    read = article_of_html(html)
    return Content.of_html(html, read.lines.text, read.behind)


def _source(one: "FeedParserDict") -> tuple[str, ...]:
    """The feed that an entry came from, where its title is an outlet's name: most are names of sections."""
    title = text_of_html(one.get("source", {}).get("title") or "")
    return (title,) if title and signs_news(title) else ()


def _stated_date(one: "FeedParserDict", name: str) -> str | None:
    """A date as it stands in the feed: the reader of feeds takes 05/03 for May, and any zone it does not know for
    UTC. Asked for what is not there, it answers with another date."""
    return (one[name] or None) if name in one else None


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
    author: _Author | None = None
    authors: tuple[_Author, ...] = ()
    items: tuple[object, ...] = ()

    @field_validator("version")
    @classmethod
    def _of_json_feed(cls, text: str) -> str:
        if "jsonfeed.org/" not in text:
            raise ValueError("is not that of a JSON Feed")
        return text


def _json_feed(data: bytes, url: str) -> Listing:
    try:
        feed = _JsonFeed.model_validate(json.loads(decode(data, url)))
    except ValidationError as err:
        raise BadInput(f"it is not a JSON Feed: {err.errors()[0]['loc']}: {err.errors()[0]['msg']}") from err
    except (ValueError, RecursionError) as err:
        raise BadInput(f"it is not JSON: {err}", InputFault.NOT_JSON) from err
    return Listing(url=url, title=feed.title, entries=tuple(_json_entries(feed, url)))


def _json_item(value: object) -> _JsonItem | None:
    try:
        return _JsonItem.model_validate(value)
    except ValidationError:
        return None


def _signed(signs: _JsonItem | _JsonFeed) -> list[str]:
    """The names of those who sign; an item that names nobody is signed by whoever signs the feed."""
    authors = signs.authors or ((signs.author,) if signs.author else ())
    return [one.name for one in authors if one.name]


def _json_entries(feed: _JsonFeed, url: str) -> Iterator[Entry]:
    items = [_json_item(value) for value in feed.items]
    order = order_shown(value for item in items if item for value in (item.date_published, item.date_modified))
    for item in items:
        if item is None:
            yield Entry(url=None, title="an item that is not a JSON Feed's")
            continue
        signed = _signed(item) or _signed(feed)
        yield Entry(
            url=resolved(url, item.url or item.external_url),
            title=item.title,
            author=joined(signed),
            published_at=item.date_published,
            changed_at=item.date_modified,
            order=order,
            updated=item.date_modified or item.date_published,
            language=item.language or feed.language,
            content=whole(
                [
                    Content(item.content_text or ""),
                    _of_article(item.content_html or ""),
                ]
            ),
        )
