"""Where threads are remembered: LangGraph checkpoints in a place of their own, beside the list of threads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from langgraph.checkpoint.base import BaseCheckpointSaver

from agent import envelopes, models
from agent.chat import actions, records, state
from agent.chat.threads import Threads, open_threads
from agent.chat.understanding import enveloped
from agent.config import Settings
from agent.coverage import archive
from agent.storage import reports
from agent.storage.checkpoints import CheckpointLocation, open_saver
from agent.storage.locks import Locks, open_locks

# What is pruned and resumed among runs is never a chat.
_PLACE = CheckpointLocation("chats.sqlite", schema="isnad_chats")
_MODULES = (models, reports, actions, records, state, enveloped, envelopes, archive)


@dataclass(frozen=True)
class ChatMemory:
    """Opened with `open_memory`. What was said in a thread is found by its owner and its id together."""

    saver: BaseCheckpointSaver[str]
    threads: Threads
    locks: Locks


@asynccontextmanager
async def open_memory(settings: Settings) -> AsyncIterator[ChatMemory]:
    """Raises `StoreError`."""
    with open_threads(settings) as threads:
        async with open_saver(settings, _MODULES, _PLACE) as saver, open_locks(settings) as locks:
            yield ChatMemory(saver, threads, locks)
