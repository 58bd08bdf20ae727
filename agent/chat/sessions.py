"""Opens chats as the settings ask for them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from agent.chat.deps import Listener, Render
from agent.chat.memory import open_memory
from agent.chat.session import ChatSession, ChatSessions
from agent.chat.understanding.listening import ModelListener, TokenAllowance, UnlimitedAllowance
from agent.config import Settings
from agent.service.backend import Backend
from agent.service.budget import CallerBudget
from agent.service.caller import Caller
from agent.service.served import ServedWorkspace
from agent.service.workspaces import open_workspace
from agent.storage.keys import LOCAL


@asynccontextmanager
async def open_chat_sessions(settings: Settings, render: Render) -> AsyncIterator[ChatSessions]:
    """The threads of all owners; `ChatSessions.of` gives those of one. Raises `StoreError`."""
    async with open_memory(settings) as memory:
        yield ChatSessions(memory, render, settings.max_article_chars)


@asynccontextmanager
async def open_listening(settings: Settings) -> AsyncIterator[Callable[[TokenAllowance], Listener] | None]:
    """A function that makes a listener for one allowance of tokens; None where no model is configured. Raises
    `ConfigurationError`."""
    if not settings.uses_model:
        yield None
        return
    from agent.llm import open_cached_chat
    from agent.prompts import load_fence

    async with open_cached_chat(settings) as chat:
        fence = load_fence(settings)
        yield lambda purse: ModelListener(chat, fence, purse)


@asynccontextmanager
async def open_chats(
    settings: Settings, render: Render, who: str = LOCAL, *, analyst: str | None = None
) -> AsyncIterator[ChatSession]:
    """The chats of one person at this machine, with everything that they need. Where a server runs on this data
    folder it does the work."""
    async with (
        open_chat_sessions(settings, render) as sessions,
        open_listening(settings) as listening,
        open_workspace(settings, who, analyst=analyst, is_ready=True) as workspace,
    ):
        yield sessions.of(LOCAL, workspace, listening(UnlimitedAllowance()) if listening else None)


class ServiceChats:
    """The chats of a service. Each caller has threads, a workspace and an allowance of tokens of its own."""

    def __init__(
        self, sessions: ChatSessions, backend: Backend, listening: Callable[[TokenAllowance], Listener] | None
    ) -> None:
        self._sessions = sessions
        self._backend = backend
        self._listening = listening

    def of(self, caller: Caller) -> ChatSession:
        """The chats of one caller. What its people correct is signed with the name of the caller."""
        listener = self._listening(CallerBudget(self._backend.budget, caller.id)) if self._listening else None
        return self._sessions.of(caller.id, ServedWorkspace(self._backend, caller), listener)


@asynccontextmanager
async def open_service_chats(settings: Settings, render: Render, backend: Backend) -> AsyncIterator[ServiceChats]:
    """Opens the chats of a service over its stores. Raises `StoreError`, `ConfigurationError`."""
    async with open_chat_sessions(settings, render) as sessions, open_listening(settings) as listening:
        yield ServiceChats(sessions, backend, listening)
