"""The workspace of a command: at the server that runs on the data folder, or else in this process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from agent.config import Settings
from agent.errors import ConfigurationError, IsnadError
from agent.service.address import wanted_address
from agent.storage.keys import LOCAL

if TYPE_CHECKING:
    from agent.service.remote import RemoteWorkspace
    from agent.service.workspace import Workspace


@asynccontextmanager
async def open_workspace(
    settings: Settings, who: str = LOCAL, *, analyst: str | None = None, is_ready: bool = False
) -> "AsyncIterator[Workspace]":
    """With an `analyst`, one that reads by it; `who` signs corrections. Raises `ConfigurationError`.

    What a local one works with is opened when it is first needed, or with `is_ready` at once.
    """
    async with _open_served(settings, who) as served:
        if served is not None:
            if analyst not in (None, "auto"):
                await _check_analyst(served, str(analyst))
            yield served
            return
    from agent.service.local import open_local

    async with open_local(settings, who, is_ready=is_ready) as workspace:
        yield workspace


@asynccontextmanager
async def _open_served(settings: Settings, who: str) -> "AsyncIterator[RemoteWorkspace | None]":
    """At the server that runs on the data folder; None where there is none, or it has gone without a word."""
    address = wanted_address(settings)
    if address is None:
        yield None
        return
    from agent.service.remote import open_remote

    async with open_remote(settings, address, who) as served:
        is_there = address.pid is None or await _answers(served)
        yield served if is_there else None


async def _answers(served: "RemoteWorkspace") -> bool:
    """Whether it is the server that has left its address: another program may listen there by now."""
    try:
        await served.server()
    except IsnadError:
        return False
    return True


async def _check_analyst(served: "RemoteWorkspace", wanted: str) -> None:
    reads = await served.server()
    if reads.analyst != wanted:
        named = f"the model {reads.model!r}" if reads.model else "the built-in analyst"
        raise ConfigurationError(
            f"the server that runs here reads by {named}. Leave --analyst out, or stop the server first."
        )
