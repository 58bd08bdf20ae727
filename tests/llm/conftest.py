"""Chats and embeddings against a scripted endpoint on loopback; waits between tries are noted, not waited for."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Protocol

import pytest
from pydantic import BaseModel, Field

from agent.budget import RunBudget
from agent.config import Settings, load_settings
from agent.llm import Chat, Embeddings, ModelAnswer, open_chat, open_embeddings
from agent.prompts import Prompt
from agent.storage.answers import AnswerCache, AnswerStore, open_answers
from evals.servers.wire import Hang
from evals.servers.wire_format import Reply
from tests.support.endpoint import ScriptedEndpoint, run_endpoint

KEY = "sk-test-very-secret"


def patience(fault: object) -> float:
    """Seconds after which an endpoint that is silent is given up: few only where it stays silent for good."""
    return 2.0 if isinstance(fault, Hang) or (isinstance(fault, Reply) and fault.hang_after is not None) else 240.0


class Word(BaseModel):
    word: str
    number: int = Field(ge=0)


GOOD = '{"word": "good", "number": 1}'


class Waits(list[float]):
    """The waits that were asked for; none of them takes any time."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


class OpenChat(Protocol):
    def __call__(self, answers: AnswerCache | None = None, **settings: object) -> Awaitable[Chat]: ...


class OpenEmbeddings(Protocol):
    def __call__(self, answers: AnswerCache | None = None, **settings: object) -> Awaitable[Embeddings]: ...


@pytest.fixture(scope="session")
def running() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as endpoint:
        yield endpoint


@pytest.fixture
def endpoint(running: ScriptedEndpoint) -> ScriptedEndpoint:
    running.reset()
    return running


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def settings_for(endpoint: ScriptedEndpoint, tmp_path: Path) -> Callable[..., Settings]:
    def build(**given: object) -> Settings:
        usual: dict[str, object] = {
            "data_dir": tmp_path,
            "model": "small",
            "embedding_model": "vectors",
            "base_url": endpoint.url,
            "api_key": KEY,
            "idle_timeout": 240.0,
        }
        return load_settings(**usual | given)

    return build


@pytest.fixture
async def chat_with(settings_for: Callable[..., Settings], waits: Waits) -> AsyncIterator[OpenChat]:
    async with AsyncExitStack() as stack:

        async def build(answers: AnswerCache | None = None, **given: object) -> Chat:
            return await stack.enter_async_context(open_chat(settings_for(**given), answers, sleep=waits))

        yield build


@pytest.fixture
async def embeddings_with(settings_for: Callable[..., Settings], waits: Waits) -> AsyncIterator[OpenEmbeddings]:
    async with AsyncExitStack() as stack:

        async def build(answers: AnswerCache | None = None, **given: object) -> Embeddings:
            return await stack.enter_async_context(open_embeddings(settings_for(**given), answers, sleep=waits))

        yield build


@pytest.fixture
def answers(tmp_path: Path) -> Iterator[AnswerStore]:
    with open_answers(Settings(data_dir=tmp_path, answer_cache_mb=16)) as opened:
        assert isinstance(opened, AnswerStore)
        yield opened


def a_prompt(user: str = "Say a word.") -> Prompt:
    return Prompt(name="word", system="You say words.", user=user, fingerprint="sha256:0")


async def ask(chat: Chat, user: str = "Say a word.", budget: RunBudget | None = None) -> ModelAnswer[Word]:
    return await chat.ask(a_prompt(user), Word, budget=budget or RunBudget(None))
