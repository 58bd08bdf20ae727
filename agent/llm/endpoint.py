"""Opening and closing the way to an endpoint; what callers see of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from agent.config import Settings
from agent.coverage.embedding.embed import Purpose, Traits
from agent.llm.address import EndpointAddress
from agent.llm.exchange import EndpointVectors, ModelAnswer, T
from agent.llm.habits import CapabilitiesFile, KnownCapabilities, Mode
from agent.models import Budget
from agent.prompts import Prompt
from agent.storage.answers import AnswerCache, open_answers

_HABITS_FILE = "endpoints.json"


class Chat(Protocol):
    """One chat endpoint and model. Raises `AnalystError` when a call gives no usable answer."""

    @property
    def model(self) -> str: ...

    @property
    def mode(self) -> Mode:
        """How answers are held to their form, as far as it is known by now."""

    async def ask(
        self, prompt: Prompt, answer: type[T], *, budget: Budget, accept: Callable[[T], None] | None = None
    ) -> ModelAnswer[T]:
        """A validated answer, from the cache or from the endpoint.

        `accept` may raise `ValueError` on a value that has the right form and cannot be right: the model is
        shown why and asked once more, as it is for a malformed answer. Raises `StoreError` when the answer
        cannot be kept: it is kept before it is used.
        """


class Embeddings(Protocol):
    @property
    def id(self) -> str:
        """Which vectors these are: vectors of another id cannot be compared with them."""

    @property
    def traits(self) -> Traits: ...

    def warm(self) -> None: ...

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> EndpointVectors:
        """One row per text. Raises `AnalystError` or `StoreError`."""


@asynccontextmanager
async def open_chat(
    settings: Settings,
    answers: AnswerCache | None,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Chat]:
    """Raises `ConfigurationError` before anything is sent when the model, the key or the address is missing."""
    address = EndpointAddress.of_chat(settings)
    from agent.llm.chat import EndpointChat
    from agent.llm.line import CallLimiter, open_client
    from agent.llm.quota import open_quota

    forced = None if settings.structured_output == "auto" else settings.structured_output
    with open_quota(settings, _name(address)) as quota:
        async with open_client(address, settings) as client:
            line = CallLimiter(address, settings, quota=quota, sleep=sleep)
            yield EndpointChat(client, line, _acquaintance(address, settings, forced), settings, answers)


@asynccontextmanager
async def open_cached_chat(settings: Settings) -> AsyncIterator[Chat]:
    """With the answers that were had before. Raises as `open_chat`, and `StoreError`."""
    with open_answers(settings) as answers:
        async with open_chat(settings, answers) as chat:
            yield chat


@asynccontextmanager
async def open_cached_embeddings(settings: Settings) -> AsyncIterator[Embeddings]:
    """With the vectors that were had before. Raises as `open_embeddings`, and `StoreError`."""
    with open_answers(settings) as answers:
        async with open_embeddings(settings, answers) as embeddings:
            yield embeddings


@asynccontextmanager
async def open_embeddings(
    settings: Settings,
    answers: AnswerCache | None,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Embeddings]:
    """Raises `ConfigurationError` before anything is sent when the model, the key or the address is missing."""
    address = EndpointAddress.of_embeddings(settings)
    from agent.llm.embeddings import EndpointEmbeddings
    from agent.llm.line import CallLimiter, open_client
    from agent.llm.quota import open_quota

    with open_quota(settings, _name(address)) as quota:
        async with open_client(address, settings) as client:
            line = CallLimiter(address, settings, quota=quota, sleep=sleep)
            yield EndpointEmbeddings(client, line, _acquaintance(address, settings), settings, answers)


def _acquaintance(address: EndpointAddress, settings: Settings, forced: Mode | None = None) -> KnownCapabilities:
    return KnownCapabilities(CapabilitiesFile(settings.data_dir / _HABITS_FILE), _name(address), forced)


def _name(address: EndpointAddress) -> str:
    return f"{address} {address.model}"
