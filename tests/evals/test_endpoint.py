"""The simulated model answers this project's prompts, so that what the bench times is the real path."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from agent.analyst import JudgementResult
from agent.analyst.model import ModelAnalyst
from agent.analyst.parts import cut_parts
from agent.budget import RunBudget
from agent.config import load_settings
from agent.errors import AnalystError
from agent.llm import open_chat
from agent.models import Claim, Document, Passage, Span, Stance, Witness
from agent.prompts import Fence
from agent.verify.claims import collect
from evals.bench.stories import DENIAL, Story, build_story
from evals.servers.endpoint import Pace, SimulatedModel
from tests.support.endpoint import run_endpoint

NO_WAIT = Pace(call_seconds=0, embedding_seconds=0)


@asynccontextmanager
async def simulated(
    tmp_path: Path, pace: Pace = NO_WAIT, idle_timeout: float = 240
) -> AsyncIterator[tuple[ModelAnalyst, SimulatedModel]]:
    model = SimulatedModel(pace)
    with run_endpoint() as endpoint:
        endpoint.behave(model.chat)
        model.record = endpoint.record
        settings = load_settings(
            data_dir=tmp_path, model="simulated", base_url=endpoint.url, idle_timeout=idle_timeout
        )
        async with open_chat(settings, None, sleep=_no_wait) as chat:
            yield ModelAnalyst(chat, Fence(b"salt"), embedder="none"), model


async def _no_wait(seconds: float) -> None: ...


async def extracted(analyst: ModelAnalyst, story: Story) -> tuple[Claim, ...]:
    parts = cut_parts(story.article, 5)
    read = await asyncio.gather(*(analyst.extract(story.article, part, RunBudget(None)) for part in parts))
    drafts = [(part, draft) for part, reading in zip(parts, read, strict=True) for draft in reading.drafts]
    return collect(story.article, drafts, 500).claims


def witness(document: Document) -> Witness:
    return Witness(origin="o1", passages=(Passage.of(document, Span(start=0, end=len(document.text))),))


@pytest.mark.parametrize("claims", [1, 7, 20])
async def test_every_sentence_becomes_one_claim_with_its_exact_words(tmp_path: Path, claims: int) -> None:
    story = build_story(claims, "shared")
    async with simulated(tmp_path) as (analyst, _):
        found = await extracted(analyst, story)
    assert len(found) == claims
    assert " ".join(claim.quote.rstrip(".") + "." for claim in found) == story.article.text


async def test_stances_are_those_of_the_story_with_quotes_from_the_document(tmp_path: Path) -> None:
    story = build_story(20, "shared")
    document = next(d for d in story.documents if DENIAL in d.text)
    async with simulated(tmp_path) as (analyst, _):
        claims = await extracted(analyst, story)
        hearing = await analyst.judge(story.article, witness(document), claims, RunBudget(None))
    for claim, judged in zip(claims, hearing.judgements, strict=True):
        code = next(word for word in claim.text.split() if word[:2].isupper())[:4]
        told = code in document.text
        assert (judged.stance is not Stance.UNRELATED) == told
        assert judged.quote in document.text
        assert (code in judged.quote) == told
        assert (judged.stance is Stance.CONTRADICTS) == (DENIAL in judged.quote)


async def test_faults_come_at_the_rates_that_were_asked_for_and_do_no_harm(tmp_path: Path) -> None:
    story = build_story(20, "shared")
    stormy = NO_WAIT.model_copy(update={"rate_limited": 0.2, "broken": 0.1, "malformed": 0.1, "hang_at": 2})
    # Read without faults: with three tries for each of a few parts, one may well fail.
    async with simulated(tmp_path) as (analyst, _):
        claims = await extracted(analyst, story)
    async with simulated(tmp_path, stormy, idle_timeout=8) as (analyst, model):
        heard = await asyncio.gather(
            *(analyst.judge(story.article, witness(d), claims, RunBudget(None)) for d in story.documents),
            return_exceptions=True,
        )
    failures = [told for told in heard if not isinstance(told, JudgementResult)]
    assert len(claims) == 20
    assert all(len(told.judgements) == 20 for told in heard if isinstance(told, JudgementResult))
    assert all(isinstance(failure, AnalystError) for failure in failures)
    assert len(failures) < 3
    assert model.stats().chats > len(story.documents)


def test_the_same_story_is_told_every_time() -> None:
    assert build_story(10, "own") == build_story(10, "own")
    assert build_story(10, "own", seed=2) != build_story(10, "own")
    assert len(build_story(10, "own").documents) == 60
