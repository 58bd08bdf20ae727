"""The store as the settings want it: with the endpoint's embedder, or with the built-in one."""

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
    """The endpoint's embedder when one is named, the built-in one otherwise."""
    if settings.uses_embedding_endpoint:
        from agent.answers import open_answers
        from agent.llm import open_embeddings

        with open_answers(settings) as answers:
            async with open_embeddings(settings, answers) as embeddings:
                yield embeddings
    else:
        from agent.coverage.hashed import HashedEmbedder

        yield HashedEmbedder()
