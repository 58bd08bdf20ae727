"""What a suite asks: a verifier as the settings want it, shared by the samples that run at the same time."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from agent.analyst import Analyst
from agent.app import open_analyst, open_embedder, open_store, open_verifier
from agent.budget import RunBudget
from agent.config import Settings, load_settings
from agent.models import Article, Budget, Document, Report


def settings_in(folder: Path, analyst: str, model: str | None) -> Settings:
    """The settings of the environment, for the analyst asked for, with everything kept in a folder of its own.

    Answers are not taken from a cache: what they take and cost is measured. A server that holds real coverage is
    left alone.
    """
    settings = load_settings(data_dir=folder, analyst=analyst, model=model, answer_cache_mb=0)
    return settings.model_copy(update={"chroma_url": None})


class SharedAnalyst:
    """The analyst of one suite: opened for the first sample, closed when the last one that runs is done.

    Samples that run together share its connections and its limits on them.
    """

    def __init__(self, analyst: str, model: str | None) -> None:
        self._analyst = analyst
        self._model = model
        self._lock = asyncio.Lock()
        self._users = 0
        self._stack = AsyncExitStack()
        self._opened: Analyst | None = None

    @asynccontextmanager
    async def use(self) -> AsyncIterator[Analyst]:
        async with self._lock:
            if self._opened is None:
                self._opened = await self._stack.enter_async_context(open_for(self._analyst, self._model))
            self._users += 1
        try:
            yield self._opened
        finally:
            async with self._lock:
                self._users -= 1
                if not self._users:
                    self._opened = None
                    await self._stack.aclose()


@asynccontextmanager
async def open_for(analyst: str, model: str | None) -> AsyncIterator[Analyst]:
    """The analyst that a verifier would read with, without a store: it embeds nothing."""
    with tempfile.TemporaryDirectory(prefix="isnad-eval-") as folder:
        settings = settings_in(Path(folder), analyst, model)
        async with open_embedder(settings) as embedder, open_analyst(settings, embedder.id) as opened:
            yield opened


def unlimited() -> Budget:
    return RunBudget(None)


async def verify_with(article: Article, coverage: Sequence[Document], analyst: str, model: str | None) -> Report:
    """The report on an article against some coverage, in a store of its own."""
    with tempfile.TemporaryDirectory(prefix="isnad-eval-") as folder:
        settings = settings_in(Path(folder), analyst, model)
        async with open_store(settings) as store:
            await store.add(coverage)
            async with open_verifier(settings, store) as verifier:
                return await verifier.verify(article)
