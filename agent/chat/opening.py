"""Chats as the settings want them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from agent.chat.deps import Listener, Render
from agent.chat.local_desk import LocalDesk, Tools
from agent.chat.memory import open_memory
from agent.chat.session import ChatSession, Rooms
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
async def open_listener(
    settings: Settings, spend: Callable[[int], None] = lambda _: None
) -> AsyncIterator[Listener | None]:
    """The model that understands free questions, where one is configured. Raises `ConfigurationError`."""
    if not settings.uses_model:
        yield None
        return
    from agent.answers import open_answers
    from agent.chat.understanding.listening import ModelListener
    from agent.llm import open_chat
    from agent.prompts import Fence, load_salt

    with open_answers(settings) as answers:
        async with open_chat(settings, answers) as chat:
            yield ModelListener(chat, Fence(load_salt(settings)), spend)


@asynccontextmanager
async def open_desk(settings: Settings, who: str, coverage: Coverage | None = None) -> AsyncIterator[LocalDesk]:
    """The desk of this process, on a store of the caller's when one is given. Raises `ConfigurationError`,
    `StoreError`. `who` signs corrections."""
    from agent.coverage.opening import open_store
    from agent.fetch import open_fetcher
    from agent.reports import open_reports
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
        open_listener(settings) as listener,
        open_desk(settings, who) as desk,
    ):
        yield rooms.of(LOCAL, desk, listener)
