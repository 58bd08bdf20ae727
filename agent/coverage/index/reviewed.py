"""The claims that stored documents check, as vectors in a space of their own: a claim under review is no coverage.

A key tells which review of which document it is, so that what stands in the space needs no table beside it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.document_statements import TELLING
from agent.coverage.index.entries import DocumentState, document_of, review_key
from agent.models import Document, Frozen, PublishedReview
from agent.storage import Database
from agent.text.language import primary_language

_READ_AT_ONCE = 500
_OF_SPACE = "-reviews"
_SEARCHED = (DocumentState.PENDING, DocumentState.READY)


class StoredReview(Frozen):
    """One review of a document that is searched."""

    document: Document
    number: int

    @property
    def review(self) -> PublishedReview:
        return self.document.provenance.reviews[self.number]

    @property
    def key(self) -> str:
        return review_key(self.document.id, self.number)

    @property
    def language(self) -> str:
        return primary_language(self.review.language)


def space_of_reviews(space: str) -> str:
    """The space beside that of a store's passages."""
    return f"{space}{_OF_SPACE}"


def reviews_of(documents: Iterable[Document]) -> Iterator[StoredReview]:
    for document in documents:
        for number in range(len(document.provenance.reviews)):
            yield StoredReview(document=document, number=number)


def reviews_from(database: Database, site: str) -> Iterator[StoredReview]:
    """The reviews that the publisher at a host has made, as far as they are searched; what came last is first. Read
    some at a time: there may be a hundred thousand."""
    named = json.dumps({"site": site}, ensure_ascii=False, separators=(",", ":"))[1:-1]
    pattern = "".join(f"\\{one}" if one in "%_\\" else one for one in named)
    last = 2**62
    while True:
        with database.reading() as connection:
            values = {"pattern": f"%{pattern}%", "before": last, "most": _READ_AT_ONCE}
            rows = connection.execute(TELLING, values).fetchall()
        yield from (one for one in reviews_of(document_of(row[1:]) for row in rows) if one.review.site == site)
        if len(rows) < _READ_AT_ONCE:
            return
        last = rows[-1][0]


def reviews_under(catalogue: Catalogue, keys: Sequence[str]) -> dict[str, StoredReview]:
    """The reviews that stand under some keys, without those of documents that left."""
    parted = {key: key.partition(":") for key in keys}
    ids = list(dict.fromkeys(document_id for document_id, _, _ in parted.values()))
    states, documents = catalogue.states(ids), catalogue.get(ids)
    found = {}
    for key, (document_id, _, number) in parted.items():
        document = documents.get(document_id)
        if document is not None and states[document_id] in _SEARCHED:
            found[key] = StoredReview(document=document, number=int(number))
    return found
