"""The coverage of a running server, by its API."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from pydantic import BaseModel

from agent.config import Settings
from agent.coverage.index.entries import DocumentListing
from agent.coverage.index.listing import EVERYTHING, ListingFilter
from agent.coverage.index.stored import StoredDocument, UnknownDocument
from agent.coverage.intake.ingested import Ingested
from agent.coverage.search.found import Stats
from agent.coverage.web.followed import Followed
from agent.errors import BadInput, NotFound
from agent.fetch import open_fetcher
from agent.models import Document
from agent.service.intake import add_fetched, fetch_document
from agent.service.wire import ServerConnection
from agent.service.workspace import AddedPage, AddOutcome, Addresses, SearchResult, TakenAddresses, TellSum

_COVERAGE = "/v1/coverage"
_FOLLOWED = f"{_COVERAGE}/followed"
_A_PAGE = 5000
# Well under what a server takes at once, unless a document alone is larger.
_MOST_CHARS, _MOST_DOCUMENTS = 1_000_000, 1000


class _Sources(BaseModel):
    sources: tuple[str, ...]


class _Followed(BaseModel):
    followed: tuple[Followed, ...]


class _Documents(BaseModel):
    documents: tuple[DocumentListing, ...]
    total: int


class RemoteCoverage:
    """The methods of a workspace that are about coverage. What the server refuses raises the same errors as here."""

    def __init__(self, wire: ServerConnection, settings: Settings) -> None:
        self._wire = wire
        self._settings = settings

    async def sources(self) -> tuple[str, ...]:
        return (await self._wire.get(f"{_COVERAGE}/sources", _Sources)).sources

    async def search(self, query: str, limit: int, *, by_origin: bool = True) -> SearchResult:
        params = {"q": query, "limit": limit, "by_origin": by_origin}
        return await self._wire.get(f"{_COVERAGE}/search", SearchResult, params=params)

    async def add_page(self, url: str) -> AddedPage:
        async with open_fetcher(self._settings) as fetcher:
            return await add_fetched(self, await fetch_document(fetcher, url))

    async def add(self, documents: Sequence[Document], *, standing: bool = False) -> AddOutcome:
        total = AddOutcome()
        for some in _batches(documents):
            body = {"documents": [one.model_dump(mode="json") for one in some], "standing": standing}
            total = _sum(total, await self._wire.send("POST", f"{_COVERAGE}/documents", AddOutcome, json=body))
        return total

    async def take(self, addresses: Addresses, tell: TellSum) -> TakenAddresses:
        body = addresses.model_dump(mode="json")
        return await self._wire.outcome_of(f"{_COVERAGE}/urls", body, Ingested, tell, TakenAddresses)

    async def follow(self, url: str, every: int) -> Followed:
        return await self._wire.send("POST", _FOLLOWED, Followed, json={"url": url, "every": every})

    async def followed(self) -> tuple[Followed, ...]:
        return (await self._wire.get(_FOLLOWED, _Followed)).followed

    async def unfollow(self, urls: Sequence[str]) -> tuple[str, ...]:
        done = []
        for url in dict.fromkeys(urls):
            try:
                await self._wire.answer("DELETE", _FOLLOWED, params={"url": url})
            except NotFound:
                continue
            done.append(url)
        return tuple(done)

    async def listing(self, wanted: ListingFilter = EVERYTHING) -> tuple[DocumentListing, ...]:
        found: list[DocumentListing] = []
        while True:
            params = wanted.model_dump(mode="json", exclude_none=True) | {"offset": len(found), "limit": _A_PAGE}
            value = await self._wire.get(_COVERAGE, _Documents, params=params)
            found += value.documents
            if not value.documents or len(found) >= value.total:
                return tuple(found)

    async def document(self, name: str) -> StoredDocument:
        return await self._wire.get(_document(name), StoredDocument, missing=UnknownDocument)

    async def standing_at(self, url: str) -> str | None:
        found = await self.listing(ListingFilter(url=url))
        return found[-1].id if found else None

    async def withdraw(self, ids: Sequence[str], reason: str) -> tuple[str, ...]:
        return await self._each(ids, "POST", "/withdraw", {"reason": reason})

    async def restore(self, ids: Sequence[str]) -> tuple[str, ...]:
        return await self._each(ids, "POST", "/restore", None)

    async def remove(self, ids: Sequence[str]) -> tuple[str, ...]:
        return await self._each(ids, "DELETE", "", None)

    async def stats(self) -> Stats:
        return await self._wire.get(f"{_COVERAGE}/stats", Stats)

    async def _each(self, ids: Sequence[str], method: str, verb: str, body: dict[str, str] | None) -> tuple[str, ...]:
        """The ids of those with which it could be done; what is no id is one of none."""
        done = []
        for one in dict.fromkeys(ids):
            try:
                await self._wire.answer(method, f"{_document(one)}{verb}", missing=UnknownDocument, json=body)
            except (UnknownDocument, BadInput):
                continue
            done.append(one)
        return tuple(done)


def _document(name: str) -> str:
    return f"{_COVERAGE}/{quote(name, safe='')}"


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Some at a time: a server takes no more than so much at once."""
    batch: list[Document] = []
    size = 0
    for one in documents:
        if batch and (size + len(one.text) > _MOST_CHARS or len(batch) == _MOST_DOCUMENTS):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += len(one.text)
    if batch:
        yield batch


def _sum(one: AddOutcome, other: AddOutcome) -> AddOutcome:
    return AddOutcome(
        added=one.added + other.added,
        updated=one.updated + other.updated,
        unchanged=one.unchanged + other.unchanged,
        withdrawn=one.withdrawn + other.withdrawn,
        known=one.known | other.known,
    )
