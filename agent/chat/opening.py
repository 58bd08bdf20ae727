"""Chats as the settings want them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from agent.chat.deps import Listener, Render
from agent.chat.local_desk import LocalDesk, Tools
from agent.chat.memory import open_memory
from agent.chat.service_desk import Back, KeyPurse, ServiceDesk
from agent.chat.session import ChatSession, Rooms
from agent.chat.understanding.listening import Bottomless, ModelListener, Purse
from agent.config import Settings
from agent.coverage.retrieve import Coverage

# Whose threads are whose matters where there are keys; at one's own machine there is one person.
LOCAL = "local"


@asynccontextmanager
async def open_rooms(settings: Settings, render: Render) -> AsyncIterator[Rooms]:
    """The threads of all owners; `Rooms.of` gives those of one. Raises `StoreError`."""
    async with open_memory(settings) as memory:
        yield Rooms(memory, render, settings.max_article_chars)


@asynccontextmanager
async def open_listening(settings: Settings) -> AsyncIterator[Callable[[Purse], Listener] | None]:
    """What makes a listener for each purse, where a model is configured. Raises `ConfigurationError`."""
    if not settings.uses_model:
        yield None
        return
    from agent.llm import open_chat
    from agent.prompts import load_fence
    from agent.storage.answers import open_answers

    with open_answers(settings) as answers:
        async with open_chat(settings, answers) as chat:
            fence = load_fence(settings)
            yield lambda purse: ModelListener(chat, fence, purse)


@asynccontextmanager
async def open_desk(settings: Settings, who: str, coverage: Coverage | None = None) -> AsyncIterator[LocalDesk]:
    """The desk of this process, on a store of the caller's when one is given. Raises `ConfigurationError`,
    `StoreError`. `who` signs corrections."""
    from agent.coverage.opening import open_store
    from agent.fetch import open_fetcher
    from agent.storage.reports import open_reports
    from agent.verifier import open_verifier
    from agent.watch.opening import open_watch

    async with AsyncExitStack() as stack:
        store = coverage if coverage is not None else await stack.enter_async_context(open_store(settings))
        yield LocalDesk(
            Tools(
                verifier=await stack.enter_async_context(open_verifier(settings, store)),
                coverage=store,
                reports=stack.enter_context(open_reports(settings)),
                watch=await stack.enter_async_context(open_watch(settings, store)),
                fetcher=await stack.enter_async_context(open_fetcher(settings)),
                settings=settings,
                who=who,
            )
        )


@asynccontextmanager
async def open_chats(settings: Settings, render: Render, who: str = LOCAL) -> AsyncIterator[ChatSession]:
    """The chats of one person at this machine, with everything they need."""
    async with (
        open_rooms(settings, render) as rooms,
        open_listening(settings) as listening,
        open_desk(settings, who) as desk,
    ):
        yield rooms.of(LOCAL, desk, listening(Bottomless()) if listening else None)


class ServiceRooms:
    """The chats of a service: for each key its own threads, desk and purse."""

    def __init__(self, rooms: Rooms, back: Back, listening: Callable[[Purse], Listener] | None) -> None:
        self._rooms = rooms
        self._back = back
        self._listening = listening

    def of(self, owner: str, who: str) -> ChatSession:
        """`owner` is the id of a key; `who` signs what its people correct."""
        listener = self._listening(KeyPurse(self._back.purse, owner)) if self._listening else None
        return self._rooms.of(owner, ServiceDesk(self._back, owner, who), listener)


@asynccontextmanager
async def open_service_rooms(settings: Settings, render: Render, back: Back) -> AsyncIterator[ServiceRooms]:
    """Raises `StoreError`, `ConfigurationError`."""
    async with open_rooms(settings, render) as rooms, open_listening(settings) as listening:
        yield ServiceRooms(rooms, back, listening)
