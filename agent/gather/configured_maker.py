"""Which maker of queries the settings ask for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.config import Settings
from agent.gather.query_maker import LexicalQueryMaker, QueryMaker


@asynccontextmanager
async def open_query_maker(settings: Settings) -> AsyncIterator[QueryMaker]:
    """By a model where one is named, and by rules otherwise. Raises `ConfigurationError`."""
    if not settings.uses_model:
        yield LexicalQueryMaker()
        return
    from agent.gather.model_queries import ModelQueryMaker
    from agent.llm import open_cached_chat
    from agent.prompts import load_fence

    async with open_cached_chat(settings) as chat:
        yield ModelQueryMaker(chat, load_fence(settings))
