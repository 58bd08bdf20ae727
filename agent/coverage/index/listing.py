"""Which documents of a store are listed."""

from collections.abc import Iterator
from datetime import date

from agent.coverage.index.address import page_key
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.entries import DocumentListing
from agent.coverage.origins.grouping import Grouping
from agent.models import Article, Frozen
from agent.text.language import primary_language


class ListingFilter(Frozen):
    """`url` may be written in any way that leads to the same page. Without bounds any day will do, also none; a
    document without a date lies within no bounds.

    `origin` is that of a document, by its id. `kept`: also those that are kept and searched no more.
    """

    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    origin: str | None = None
    since: date | None = None
    until: date | None = None
    kept: bool = False

    def holds(self, one: DocumentListing) -> bool:
        """Whether it is wanted, whatever its origin."""
        if self.url is not None and page_key(one.url) != page_key(self.url):
            return False
        if self.outlet is not None and (one.outlet or "").casefold() != self.outlet.casefold():
            return False
        if self.language is not None and primary_language(one.language) != primary_language(self.language):
            return False
        return self._is_within(one.published_at)

    def _is_within(self, published_at: str | None) -> bool:
        if self.since is None and self.until is None:
            return True
        if published_at is None:
            return False
        day = date.fromisoformat(published_at[:10])
        return (self.since or date.min) <= day <= (self.until or date.max)


EVERYTHING = ListingFilter()


def listed_documents(catalogue: Catalogue, wanted: ListingFilter) -> list[DocumentListing]:
    """The documents, oldest addition first; those that are only kept come last."""
    found = [one for kept in (False, True)[: 1 + wanted.kept] for one in catalogue.listing(kept=kept)]
    return list(_of_origin(catalogue, wanted.origin, filter(wanted.holds, found)))


def _of_origin(
    catalogue: Catalogue, origin: str | None, found: Iterator[DocumentListing]
) -> Iterator[DocumentListing]:
    if origin is None:
        yield from found
        return
    some = list(found)
    origins = Grouping(catalogue, Article(text="")).of([one.id for one in some])
    yield from (one for one in some if one.id in origins and origins[one.id].id == origin)
