"""The article in an HTML page, by trafilatura."""

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from agent.coverage.index.address import host_of, page_key
from agent.coverage.intake.access import Access, access_of
from agent.coverage.intake.claim_review import ReviewPlace
from agent.coverage.intake.fragments import is_whole_page, read_fragment
from agent.coverage.intake.left_out import report_on
from agent.coverage.intake.listed import ListedDates
from agent.coverage.intake.metadata import Item, Rejection, document, is_web_address
from agent.coverage.intake.page_body import article_in
from agent.coverage.intake.page_credits import page_credits
from agent.coverage.intake.page_date import date_of_entry, date_of_page
from agent.coverage.intake.page_identity import title_of
from agent.coverage.intake.page_reviews import PageReviews, reviews_in_page
from agent.coverage.intake.review_feed import record_of
from agent.errors import InputFault
from agent.extras import needs
from agent.models import Frozen
from agent.text.decode import decode
from agent.text.language import language_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_LANGUAGE = re.compile(r"<html[^>]*\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.IGNORECASE)
# Encodings of Python that no browser reads, and that a hostile page could name to make its reader slow.
_NOT_OF_PAGES = frozenset("idna mbcs oem punycode raw-unicode-escape undefined unicode-escape utf-7".split())
# The quickest that the reader can be asked for: the date that it finds is not used.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}
_NOTHING_IN_IT = "there is no article in this page"
# Finding the article in a page takes seconds a megabyte when the page is made to be slow; no article is this long.
_MOST_BYTES = 5_000_000
# A long page with its menus has some ten thousand; what takes the reader its time is the nesting of many more.
_MOST_TAGS = 60_000


class KnownMetadata(Frozen):
    """What is known about a page before it is read. `url` is where it was fetched from: the page cannot change it to
    one of another host. The rest stands in where the page is silent; to its date, a list may add the time of day."""

    url: str | None = None
    charset: str | None = None
    listed: ListedDates = ListedDates()
    title: str | None = None
    author: str | None = None
    outlet: str | None = None


_NOTHING = KnownMetadata()


def read_page(data: bytes, path: str, known: KnownMetadata = _NOTHING) -> Iterator[Item]:
    """The page's main text with its title, author, addresses, outlet and date; or a rejection, when there is none."""
    try:
        from trafilatura import load_html
    except ImportError:
        yield Rejection(path=path, reason=needs("reading HTML", "html"))
        return
    if len(data) > _MOST_BYTES:
        yield _too_large(path, f"larger than {_MOST_BYTES // 1_000_000} MB")
        return
    page = _decoded(data, path, known.charset)
    if page.count("<") > _MOST_TAGS:
        yield _too_large(path, f"more than {_MOST_TAGS:,} tags")
    elif known.url is None and not is_whole_page(page):
        yield from _fragment(page, path, known)
    elif (root := load_html(page)) is None:
        yield Rejection(path=path, reason=_NOTHING_IN_IT, code=InputFault.NO_ARTICLE)
    else:
        yield from _whole_page(root, page, path, known)


def _too_large(path: str, why: str) -> Rejection:
    return Rejection(path=path, reason=f"{why}: not the page of an article", code=InputFault.FILE_TOO_LARGE)


def _whole_page(root: "HtmlElement", page: str, path: str, known: KnownMetadata) -> Iterator[Item]:
    from trafilatura import extract_metadata

    found = extract_metadata(root, date_config=_DATES)
    title = title_of(root, found.title)
    access = access_of(root)
    canonical = urljoin(known.url or "", found.url) if found.url else None
    address = own_address(known.url, canonical)
    outlet = _site(found.sitename, canonical) or known.outlet or host_of(known.url) or found.hostname
    stated = _LANGUAGE.search(page[:_HEAD_BYTES])
    language = stated[1] if stated else None
    checked = reviews_in_page(root, ReviewPlace(url=address, publisher=outlet, language=language))
    # This consumes the tree.
    body = article_in(root, restricted=access is not Access.FREE)
    if body is None:
        yield from _without_article(path, checked)
        return
    report = report_on(body, withheld=access is Access.WITHHELD)
    credits = page_credits(page, author=found.author, canonical=canonical or known.url, outlet=outlet)
    dated = date_of_page(page, (address, known.url, canonical), language_of(body.text, language), known.listed)
    yield from document(
        path,
        None,
        body.text,
        url=address,
        canonical_url=canonical if known.url else None,
        title=title or known.title,
        author=credits.author or known.author,
        outlet=outlet,
        credits=credits.names,
        published_at=dated.moment,
        date_from=dated.source,
        language=language,
        left_out=(*dated.left_out, *report.left_out),
        cautions=(*dated.cautions, *report.cautions, *checked.refused),
        mended=dated.mended,
        reviews=checked.reviews,
    )


def _without_article(path: str, checked: PageReviews) -> Iterator[Item]:
    """A page whose article cannot be read may still say in its markup what it checked."""
    for review in checked.reviews:
        yield from record_of(review, path)
    if not checked.reviews:
        yield Rejection(path=path, reason=_NOTHING_IN_IT, code=InputFault.NO_ARTICLE)


def _fragment(page: str, path: str, known: KnownMetadata) -> Iterator[Item]:
    """A piece of HTML: all of it is the article, and nothing in it tells of an address, an outlet or a date."""
    piece = read_fragment(page)
    if not any(map(str.isalnum, piece.body.text)):
        yield Rejection(path=path, reason=_NOTHING_IN_IT, code=InputFault.NO_ARTICLE)
        return
    report = report_on(piece.body)
    dated = date_of_entry(known.url, language_of(piece.body.text, None), known.listed)
    yield from document(
        path,
        None,
        piece.body.text,
        url=known.url,
        title=known.title or piece.title,
        author=known.author,
        outlet=known.outlet or host_of(known.url),
        published_at=dated.moment,
        date_from=dated.source,
        left_out=(*dated.left_out, *report.left_out),
        cautions=(*dated.cautions, *report.cautions),
    )


def own_address(fetched: str | None, canonical: str | None) -> str | None:
    """The address by which a page is known. It may name another one on its own host only, or a hostile page could
    take the place of another outlet's; and not the front page, which careless sites name on every page."""
    if fetched is None or canonical is None:
        return fetched or canonical
    if not is_web_address(canonical) or not same_host(fetched, canonical):
        return fetched
    if urlsplit(canonical).path in ("", "/") and page_key(canonical) != page_key(fetched):
        return fetched
    return canonical


def _site(text: str | None, canonical: str | None) -> str | None:
    """The site's name. Where it tells none, the reader puts in the host of the canonical address, which may be
    another outlet's: a host is no name."""
    return None if text is None or host_of(canonical) == host_of(f"//{text}") else text


def same_host(one: str, other: str) -> bool:
    """By name and port, `www.` aside."""
    return bool(place := _place(one)) and place == _place(other)


def _place(url: str) -> str:
    try:
        return urlsplit(url).netloc.casefold().removeprefix("www.")
    except ValueError:
        return ""


def _decoded(data: bytes, path: str, charset: str | None) -> str:
    """A host or a page may say which encoding it is in; it is believed where the bytes do not prove it wrong. UTF-8
    proves it: text in another encoding that has letters beyond ASCII does not come out as UTF-8 by chance."""
    if not data.isascii():
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    meta = _CHARSET.search(data[:_HEAD_BYTES])
    for name in (charset, meta[1].decode("ascii") if meta else None):
        if name is None:
            continue
        try:
            encoding = codecs.lookup(name).name
            if encoding not in _NOT_OF_PAGES:
                return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return decode(data, path)
