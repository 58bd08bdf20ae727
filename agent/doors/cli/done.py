"""Having something done for a command: by the server that runs on its data folder, or else in this process."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from agent.service.workspace import Workspace

T = TypeVar("T")


def done(run: "Callable[[Workspace], Awaitable[T]]") -> T:
    """What comes of it. Raises `IsnadError`s."""

    async def opened() -> T:
        from agent.config import load_settings
        from agent.service.workspaces import open_workspace

        async with open_workspace(load_settings()) as workspace:
            return await run(workspace)

    return asyncio.run(opened())
