"""What a host answers."""

from dataclasses import dataclass
from typing import Literal

# What the caller is ready to read: a page, a feed, sitemap or export, or either.
Wanted = Literal["page", "feed", "any"]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a host called this version of a page (ETag, Last-Modified). It is sent along with the next request."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page. `body` is unpacked and whole; `charset` is what the header said, None where it said nothing.

    `content_type` is bare and in lower case, empty where the host told none. A file that is itself gzip
    (`sitemap.xml.gz`) is unpacked too.
    """

    url: str
    final_url: str
    status: int
    content_type: str
    charset: str | None
    body: bytes
    validators: Validators


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is the one that the validators belong to."""

    url: str
    final_url: str


@dataclass(frozen=True, slots=True)
class PageGone:
    """The host says that there is no such page (404), or none any more (410). A document may be withdrawn for
    that."""

    url: str
    final_url: str
    status: Literal[404, 410]


@dataclass(frozen=True, slots=True)
class PostResponse:
    """What a host answered to a POST. `body` is the beginning of its body; `retry_after` is in seconds."""

    url: str
    status: int
    body: bytes
    retry_after: float | None
