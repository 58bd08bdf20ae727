"""The analyst as the settings want it: a model, or the built-in one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.analyst import Analyst
from agent.config import Settings
from agent.llm import open_chat
from agent.prompts import load_fence
from agent.storage.answers import open_answers


@asynccontextmanager
async def open_analyst(settings: Settings, embedder: str) -> AsyncIterator[Analyst]:
    """The model when one is named, the built-in analyst otherwise. Raises `ConfigurationError`."""
    if settings.uses_model:
        from agent.analyst.model import ModelAnalyst

        with open_answers(settings) as answers:
            async with open_chat(settings, answers) as chat:
                yield ModelAnalyst(chat, load_fence(settings), embedder=embedder)
    else:
        from agent.analyst.lexical import LexicalAnalyst

        yield LexicalAnalyst(embedder=embedder)
