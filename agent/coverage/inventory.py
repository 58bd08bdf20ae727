"""What the coverage store holds, as the catalogue has it: documents, their passages, and what left."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import ParamSpec, TypeVar

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.departed import Departed, departed_of
from agent.coverage.index.entries import DocumentListing
from agent.coverage.index.listing import (
    HeldCounts,
    ListedPage,
    ListingFilter,
    held_counts,
    listed_among,
    listed_documents,
    listed_page,
)
from agent.coverage.index.stored import StoredDocument, stored_document
from agent.models import Document, Passage

Asking = ParamSpec("Asking")
T = TypeVar("T")


class Inventory:
    """Every method raises `StoreError` when the catalogue fails."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def documents(self, *, kept: bool = False) -> Iterator[DocumentListing]:
        """The documents that are searched; or those that are only `kept`: superseded and withdrawn ones."""
        return self._catalogue.listing(kept=kept)

    async def listed(self, wanted: ListingFilter) -> list[DocumentListing]:
        """See `listed_documents`."""
        return await asyncio.to_thread(self._at_once, listed_documents, self._catalogue, wanted)

    async def listed_page(
        self, wanted: ListingFilter, offset: int, limit: int, *, newest_first: bool = False
    ) -> ListedPage:
        """See `listed_page`."""
        return await asyncio.to_thread(
            self._at_once, listed_page, self._catalogue, wanted, offset, limit, newest_first=newest_first
        )

    async def listed_among(self, wanted: ListingFilter, ids: Collection[str]) -> frozenset[str]:
        """See `listed_among`."""
        return await asyncio.to_thread(self._at_once, listed_among, self._catalogue, wanted, ids)

    async def held_counts(self, *, kept: bool = False) -> HeldCounts:
        """See `held_counts`."""
        return await asyncio.to_thread(self._at_once, held_counts, self._catalogue, kept=kept)

    async def stored(self, name: str) -> StoredDocument:
        """See `stored_document`."""
        return await asyncio.to_thread(self._at_once, stored_document, self._catalogue, name)

    def page(self, url: str) -> Document | None:
        """The document that stands at an address now."""
        return self._catalogue.page(url)

    async def standing_at(self, url: str) -> str | None:
        """The id of the document that stands at an address now."""
        standing = await asyncio.to_thread(self.page, url)
        return standing.id if standing is not None else None

    async def newest(self) -> int:
        """The number of the indexed document that came last; 0 when there is none."""
        return await asyncio.to_thread(self._catalogue.newest)

    async def departed(self, ids: Iterable[str]) -> dict[str, Departed]:
        """Those of some documents that are kept and searched no more, and why."""
        return await asyncio.to_thread(departed_of, self._catalogue.database, list(ids))

    async def passages(self, document_ids: Iterable[str]) -> dict[str, list[Passage]]:
        """The passages of the searched ones of these documents, in order."""
        return await asyncio.to_thread(self._passages, list(document_ids))

    def _passages(self, document_ids: Sequence[str]) -> dict[str, list[Passage]]:
        places = self._catalogue.passages_of(document_ids)
        documents = self._catalogue.get(places)
        return {i: [Passage.of(documents[i], place.span) for place in some] for i, some in places.items()}

    def _at_once(self, search: Callable[Asking, T], *asked: Asking.args, **how: Asking.kwargs) -> T:
        """What other processes add and remove meanwhile is seen by the next search."""
        with self._catalogue.database.snapshot():
            return search(*asked, **how)
