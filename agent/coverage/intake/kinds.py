"""What has come from an address or a file, by what is in it: hosts name their content types as they like."""

import re
from enum import StrEnum

_HEAD_BYTES = 4096
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_COMMENT = re.compile(rb"<!--.*?(-->|\Z)", re.DOTALL)
# PDF, rich text and office files, whatever their host calls them.
_FILES = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/')


class FileKind(StrEnum):
    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    NEWSML = "newsml"
    NITF = "nitf"
    JSON = "json"
    OTHER = "other"


_BY_ROOT = {
    "html": FileKind.PAGE,
    "rss": FileKind.FEED,
    "rdf": FileKind.FEED,
    "feed": FileKind.FEED,
    "urlset": FileKind.SITEMAP,
    "sitemapindex": FileKind.SITEMAP,
    "newsitem": FileKind.NEWSML,
    "newsmessage": FileKind.NEWSML,
    "packageitem": FileKind.NEWSML,
    "nitf": FileKind.NITF,
}


def kind_of(data: bytes, content_type: str = "") -> FileKind:
    """By the first element of XML, by the shape of JSON; what tells nothing of itself is what its host says it is."""
    head = _narrow(data[:_HEAD_BYTES])
    if head.startswith(_FILES):
        return FileKind.OTHER
    if head.startswith((b"{", b"[")):
        return FileKind.FEED if _JSON_FEED.search(_narrow(data[: 1 << 16])) else FileKind.JSON
    root = _ROOT.search(_COMMENT.sub(b"", head))
    if root is not None and (kind := _BY_ROOT.get(root[1].decode("ascii").lower())):
        return kind
    if root is not None and (b"<!doctype html" in head.lower() or "html" in content_type):
        return FileKind.PAGE
    return FileKind.OTHER


def _narrow(data: bytes) -> bytes:
    """UTF-16 without its zero bytes, for what is looked for is ASCII."""
    return data.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
