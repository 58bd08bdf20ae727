"""What the catalogue has of a document, as it is written and as it is told."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from agent.coverage.index.address import page_key
from agent.models import Document, Frozen, Provenance, Span

COLUMNS = "id url outlet title author canonical_url published_at language text provenance".split()


class DocumentState(StrEnum):
    """`pending`: acknowledged, but its passages may not be in the index. `superseded` (a newer version of its page
    came) and `withdrawn` documents are kept to be read, and are searched no more."""

    PENDING = "pending"
    READY = "ready"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Located(NamedTuple):
    """A passage's place: the `number`th of its document, from `start` to `end`. Passages of the same words have the
    same `key`. A search meets thousands, so that no more is made of each than it takes."""

    document_id: str
    number: int
    start: int
    end: int
    key: str

    @property
    def span(self) -> Span:
        return Span.checked(start=self.start, end=self.end)


# The fields of `Located`, before anything is made of them.
PlaceRow: TypeAlias = tuple[str, int, int, int, str]


class DocumentListing(Frozen):
    """One line of a listing: a document with no more than the beginning of its text. `reason` tells why it is
    superseded or withdrawn."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    published_at: str | None
    language: str
    characters: int
    passages: int
    state: DocumentState
    reason: str | None
    added_at: str
    beginning: str = ""


class Arrived(Frozen):
    """A document with its place in the order of arrival, which only grows."""

    seq: int
    document: Document


@dataclass(frozen=True, slots=True)
class DepartedDocuments:
    """Documents that are searched no more. `orphans` are the keys that no passage has any more, `reviews` those of
    the claims that they checked."""

    ids: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()


def is_older(one: Document, other: Document) -> bool:
    """Whether both are dated, and the one is of an earlier day or hour."""
    return bool(one.published_at and other.published_at and one.published_at < other.published_at)


def review_key(document_id: str, number: int) -> str:
    """What a review stands under in the index: the `number`th of its document."""
    return f"{document_id}:{number}"


def row_of(document: Document) -> dict[str, str | None]:
    """The values of `COLUMNS`, and by which page and day it is found."""
    moment = document.published_at
    return {
        "id": document.id,
        "url": document.url,
        "outlet": document.outlet,
        "title": document.title,
        "author": document.author,
        "canonical_url": document.canonical_url,
        "published_at": moment.isoformat() if moment else None,
        "language": document.language,
        "text": document.text,
        "provenance": document.provenance.model_dump_json(exclude_defaults=True),
        "page": page_key(document.url),
        "day": moment.astimezone(UTC).date().isoformat() if moment else None,
    }


def document_of(row: tuple[str, ...]) -> Document:
    """It was checked when it came in, and is not checked again."""
    document_id, url, outlet, title, author, canonical_url, at, language, text, provenance = row
    return Document.checked(
        id=document_id,
        text=text,
        title=title,
        author=author,
        url=url,
        canonical_url=canonical_url,
        outlet=outlet,
        published_at=datetime.fromisoformat(at) if at else None,
        language=language,
        provenance=_provenance(provenance),
    )


@lru_cache(maxsize=1024)
def _provenance(text: str) -> Provenance:
    return Provenance.model_validate_json(text)
