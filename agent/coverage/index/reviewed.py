"""The claims that stored documents check, as vectors in a space of their own: a claim under review is no coverage.

A key tells which review of which document it is, so that what stands in the space needs no table beside it.
"""

from collections.abc import Iterable, Iterator, Sequence

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.entries import DocumentState, review_key
from agent.models import Document, Frozen, PublishedReview
from agent.text.language import primary_language

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
