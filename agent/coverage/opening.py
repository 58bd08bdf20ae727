"""The store as the settings want it, with the embedder that they name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.config import Settings
from agent.coverage.embed import Embedder
from agent.coverage.retrieve import Coverage, open_coverage


@asynccontextmanager
async def open_store(settings: Settings, *, any_embedder: bool = False) -> AsyncIterator[Coverage]:
    """The coverage store with the configured embedder; see `open_coverage` for what it raises."""
    async with open_embedder(settings) as embedder:
        with open_coverage(settings, embedder, any_embedder=any_embedder) as coverage:
            yield coverage


@asynccontextmanager
async def open_embedder(settings: Settings) -> AsyncIterator[Embedder]:
    """The embedder that the settings name; the endpoint's when only its model is named, else the built-in one.

    Raises `ConfigurationError` when it is not installed, or nothing tells where the endpoint is.
    """
    if settings.uses_embedding_endpoint:
        from agent.llm import open_embeddings
        from agent.storage.answers import open_answers

        with open_answers(settings) as answers:
            async with open_embeddings(settings, answers) as embeddings:
                yield embeddings
    elif settings.embedder == "words":
        from agent.coverage.hashed import HashedEmbedder

        yield HashedEmbedder()
    elif settings.embedder == "e5":
        from agent.coverage.e5 import E5Embedder

        yield E5Embedder()
    else:
        from agent.coverage.built_in import BuiltInEmbedder

        yield BuiltInEmbedder()
