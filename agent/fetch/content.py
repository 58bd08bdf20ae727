"""Which kinds of content are read, up to which size, and how they are unpacked within that size."""

import codecs
import zlib

import httpx2

from agent.errors import FetchReason, FetchRefused
from agent.fetch.fetched import Wanted

_MEGABYTE = 1_000_000
# The sitemap protocol lets a file have 50 MB: five times what is enough for a page.
_FEED_SHARE = 5

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
# Whoever reads them knows a file by its beginning.
_DOCUMENTS = (
    "application/pdf",
    "application/rtf",
    "text/rtf",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
_PACKED = ("application/gzip", "application/x-gzip")
# Many hosts send a feed as text/html or text/plain, and files with unusual endings as octets.
_FEEDS = (
    "application/xml",
    "text/xml",
    "application/json",
    "text/json",
    "application/x-ndjson",
    "application/octet-stream",
    *_PACKED,
)
_FEED_ENDINGS = ("+xml", "+json")
ACCEPT: dict[Wanted, str] = {
    "page": "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, application/pdf;q=0.5",
    "feed": "application/atom+xml, application/rss+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.1",
    "any": (
        "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, application/pdf;q=0.5,"
        " */*;q=0.1"
    ),
}
# Only what the decoder is known to unpack piece by piece. Whoever sends another one was not asked for it.
ACCEPT_ENCODING = "gzip, deflate"
_ENCODINGS = {"": "identity", "identity": "identity", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}


def size_limit(kind: Wanted, page_mb: int) -> int:
    """How many bytes an answer may have after unpacking, where a page may have `page_mb` megabytes."""
    return page_mb * _MEGABYTE * (1 if kind == "page" else _FEED_SHARE)


def content_type(headers: httpx2.Headers) -> str:
    """The content type without its parameters, in small letters. Empty where the host names none."""
    return headers.get("content-type", "").partition(";")[0].strip().casefold()


def charset(response: httpx2.Response) -> str | None:
    """The encoding that the header names. None where it names none, or one that does not exist."""
    charset_encoding = response.charset_encoding
    try:
        return codecs.lookup(charset_encoding).name if charset_encoding else None
    except (LookupError, ValueError):
        return None


def is_wanted(text: str, kind: Wanted) -> bool:
    """Whether a content type is one that was asked for. Without a content type, the host is taken to send what was
    asked for."""
    if not text or text in _PAGES:
        return True
    if kind != "feed" and text in _DOCUMENTS:
        return True
    return kind != "page" and (text in _FEEDS or text.endswith(_FEED_ENDINGS))


def encoding(headers: httpx2.Headers) -> str:
    """The compression of a body: one known method at most, because a small body that is compressed twice costs more
    work than its size bounds. Raises `FetchRefused` for anything else."""
    text = headers.get("content-encoding", "").strip().casefold()
    if text not in _ENCODINGS:
        raise FetchRefused(FetchReason.ENCODING, f"the answer is packed as {text[:40]!r}, which was not asked for")
    return _ENCODINGS[text]


def is_packed(text: str, body: bytes) -> bool:
    return body.startswith(b"\x1f\x8b") and (text in _PACKED or text == "application/octet-stream")


def unpacked(body: bytes, limit: int) -> bytes:
    """The content of a gzip file. Raises `FetchRefused` where it is damaged or has more than `limit` bytes."""
    content = bytearray()
    while body:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            content += member.decompress(body, limit + 1 - len(content))
        except zlib.error as err:
            raise FetchRefused(FetchReason.ENCODING, f"the file is damaged: {err}") from err
        if len(content) > limit:
            raise too_large(limit)
        if not member.eof:
            raise FetchRefused(FetchReason.ENCODING, "the file is damaged: its end is missing")
        body = member.unused_data.lstrip(b"\0")
    return bytes(content)


def too_large(limit: int) -> FetchRefused:
    """The error for a body of more than `limit` bytes."""
    return FetchRefused(FetchReason.TOO_LARGE, f"it has more than {limit / _MEGABYTE:g} MB")
