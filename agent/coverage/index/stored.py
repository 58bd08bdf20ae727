"""A stored document as it will be judged: its text, what is known of it and from where, and whom it goes back to."""

import re
from collections.abc import Iterator

from pydantic import AwareDatetime, Field

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.entries import DocumentState
from agent.coverage.origins.grouping import Grouping
from agent.coverage.origins.roots import root_of
from agent.errors import NotFound
from agent.models import Article, Bond, CopyLink, Document, Frozen, Origin

_ID = re.compile("d[0-9a-f]{0,20}")
_MOST_NAMED = 5
_MOST_TELLINGS = 100


class UnknownDocument(NotFound):
    """No document has this id, or several have ids that begin so."""


class Credit(Frozen):
    """Who counts as its source: an agency that it credits or is, a house of outlets, or the outlet itself."""

    id: str = Field(examples=["agency:reuters"])
    name: str | None = Field(None, examples=["Reuters"])


class CopyTelling(Frozen):
    """One document of a report that is told several times: why it belongs to it, of which one it is a copy, and what
    it tells otherwise than the first."""

    document_id: str
    outlet: str | None = None
    title: str | None = None
    published_at: AwareDatetime | None = None
    why: Bond
    of: str | None = None
    shared: float | None = None
    changed: tuple[str, ...] = ()


class CopyGroup(Frozen):
    """The report that it is one telling of. `first` is the document that is heard for all of them; `why` tells how
    this one belongs to it, and of which one it is a copy."""

    id: str = Field(examples=["o9f2c41e0a7b6"])
    articles: int = Field(examples=[3])
    first: str = Field(examples=["d9f2c41e0a7b6d5c4e3f2"])
    first_outlet: str | None = Field(None, examples=["Bay Agency"])
    why: Bond
    of: str | None = None
    shared: float | None = Field(None, description="The part of the shorter text that stands in the other one.")
    changed: tuple[str, ...] = Field((), description="What it tells otherwise than the first one.")
    tellings: tuple[CopyTelling, ...] = Field(
        (), description="All documents of it, the first one in front; `articles` may be more than there are here."
    )


class StoredDocument(Document):
    """A document with its place in the store. `reason`: why it was withdrawn, or the id of the version that took its
    place; `origin` is null while it is not searched."""

    state: DocumentState
    reason: str | None = None
    added_at: AwareDatetime
    credit: Credit | None = None
    origin: CopyGroup | None = None


def stored_document(catalogue: Catalogue, name: str) -> StoredDocument:
    """The document with this id, or the only one whose id begins so. Raises `UnknownDocument`."""
    ids = catalogue.beginning_with(name, _MOST_NAMED + 1) if _ID.fullmatch(name) else []
    if len(ids) > 1 and name not in ids:
        shown = ", ".join(ids[:_MOST_NAMED]) + (" …" if len(ids) > _MOST_NAMED else "")
        raise UnknownDocument(f"several documents have ids that begin with {name!r}: {shown}")
    if not ids:
        raise UnknownDocument(f"there is no document {name!r}")
    document_id = name if name in ids else ids[0]
    document, listed = catalogue.get([document_id])[document_id], catalogue.listed(document_id)
    root = root_of(document)
    return StoredDocument(
        **dict(document),
        state=listed.state,
        reason=listed.reason,
        added_at=listed.added_at,
        credit=Credit(id=root.id, name=root.name) if root else None,
        origin=_group(catalogue, document),
    )


def _group(catalogue: Catalogue, document: Document) -> CopyGroup | None:
    origin: Origin | None = Grouping(catalogue, Article(text="")).of([document.id]).get(document.id)
    if origin is None:
        return None
    link: CopyLink | None = next((one for one in origin.links if one.document_id == document.id), None)
    return CopyGroup(
        id=origin.id,
        articles=origin.articles,
        first=origin.witness.id,
        first_outlet=origin.witness.outlet,
        why=link.why if link else Bond.FIRST,
        of=link.of if link else None,
        shared=link.shared if link else None,
        changed=link.changed if link else (),
        tellings=tuple(_tellings(origin)),
    )


def _tellings(origin: Origin) -> Iterator[CopyTelling]:
    links = {one.document_id: one for one in origin.links}
    for one in origin.documents[:_MOST_TELLINGS]:
        link = links.get(one.id)
        yield CopyTelling(
            document_id=one.id,
            outlet=one.outlet,
            title=one.title,
            published_at=one.published_at,
            why=link.why if link else Bond.FIRST,
            of=link.of if link else None,
            shared=link.shared if link else None,
            changed=link.changed if link else (),
        )
