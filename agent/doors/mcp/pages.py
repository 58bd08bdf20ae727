"""Pages that a caller names: read as the article under check, or put into the coverage."""

import asyncio
from typing import Protocol

from agent.article import About, read_article
from agent.chat.desk import AddedPage
from agent.coverage.filling import Added
from agent.coverage.formats.page import Known, read_page
from agent.coverage.formats.told import Rejection
from agent.errors import BadInput
from agent.fetch import Fetched, Fetcher
from agent.models import Article, Document


class Shelf(Protocol):
    async def add(self, documents: list[Document], *, standing: bool = False) -> Added: ...


class Pages:
    def __init__(self, fetcher: Fetcher, shelf: Shelf, max_article_chars: int) -> None:
        self._fetcher = fetcher
        self._shelf = shelf
        self._max_chars = max_article_chars

    async def read(self, url: str) -> Article:
        """Raises `BadInput` or a `FetchError`."""
        page = await self._page(url)
        suffix = ".txt" if page.content_type == "text/plain" else ".html"
        name = page.final_url + suffix
        return await asyncio.to_thread(read_article, page.body, name, About(url=page.final_url), self._max_chars)

    async def add(self, url: str) -> AddedPage:
        """Raises `BadInput`, a `FetchError` or a `StoreError`."""
        page = await self._page(url)
        found = await asyncio.to_thread(_document, page)
        added = await self._shelf.add([found], standing=True)
        if added.withdrawn:
            raise BadInput("this page was withdrawn from the coverage; whoever did so can restore it")
        return AddedPage(document=found, known=not added.added)

    async def _page(self, url: str) -> Fetched:
        page = await self._fetcher.get(url)
        if not isinstance(page, Fetched):
            raise BadInput("there is no page at this address")
        return page


def _document(page: Fetched) -> Document:
    for item in read_page(page.body, page.url, Known(url=page.final_url, charset=page.charset)):
        if isinstance(item, Document):
            return item
        if isinstance(item, Rejection):
            raise BadInput(item.reason)
    raise BadInput("there is no article in this page")
