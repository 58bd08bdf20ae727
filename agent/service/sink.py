"""What is taken from the web here and kept at a server that runs on the same data folder."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.filling import FillOutcome
from agent.coverage.web.web import Web
from agent.models import Document
from agent.service.address import wanted_address
from agent.service.remote import open_remote
from agent.service.workspace import Workspace
from agent.storage.keys import LOCAL


class ServedSink:
    """A `DocumentSink` on the workspace of a server; what is known already is read from the catalogue beside it."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue

    async def add(self, documents: Sequence[Document]) -> FillOutcome:
        return await self._workspace.add(documents, standing=True)

    async def withdraw(self, ids: Sequence[str], reason: str) -> list[str]:
        return list(await self._workspace.withdraw(ids, reason))

    def page(self, url: str) -> Document | None:
        return self._catalogue.page(url)


@asynccontextmanager
async def open_web_beside(settings: Settings) -> AsyncIterator[Web]:
    """The way to coverage on the web, whether or not a server of this machine has the store."""
    from agent.app import open_web

    address = wanted_address(settings)
    if address is None or address.pid is None:
        async with open_web(settings) as web:
            yield web
        return
    async with (
        open_remote(settings, address, LOCAL) as served,
        open_web(settings, take_in=lambda catalogue: ServedSink(served, catalogue)) as web,
    ):
        yield web
