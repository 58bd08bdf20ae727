"""A job that gathers: once, before its run begins, paid by its owner, and the same request as ever without it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from agent.analyst.lexical import LexicalAnalyst
from agent.app import open_store
from agent.config import Settings
from agent.events import Event, Gathering, RunFinished
from agent.fetch.protocol import NoFetcher
from agent.gather.options import GatherOptions, TellGathering
from agent.gather.queries import Subject
from agent.jobs.forgetting import Retention
from agent.jobs.handler import VerificationHandler
from agent.jobs.records import JobRequest, Task
from agent.models import Article, Usage, digest
from agent.storage.reports import open_reports
from agent.verify.keeping import ReportKeeper
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts
from tests.gather.test_gather_cli import ARTICLE

MODEL_CALL = Usage(calls=1, prompt_tokens=900, completion_tokens=100)
REQUEST = JobRequest(article=Article(text=ARTICLE, language="en"), gather=GatherOptions(limit=3))
TASK = Task(job_id="a" * 32, owner="desk", request=REQUEST)


@dataclass
class CountingPurse:
    spent: int = 0

    def left(self, key_id: str, /) -> int | None:
        return 5000 - self.spent

    def spend(self, key_id: str, tokens: int, /) -> None:
        self.spent += tokens

    def secrets(self, key_id: str, /) -> tuple[str, ...]:
        return ()


@dataclass
class Desk:
    purse: CountingPurse = field(default_factory=CountingPurse)
    gathered: list[tuple[str, int | None, int | None]] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)

    async def gather(
        self, subject: Subject, options: GatherOptions, tell: TellGathering, tokens: int | None, /
    ) -> Gathering:
        self.gathered.append((subject.article.text, options.limit, tokens))
        for one in (Gathering(usage=MODEL_CALL), Gathering(usage=MODEL_CALL, done=True)):
            tell(one)
        return one

    async def tell(self, event: Event) -> None:
        self.told.append(event)


@asynccontextmanager
async def _handler(settings: Settings, desk: Desk) -> AsyncIterator[VerificationHandler]:
    async with open_store(settings) as coverage, open_runs(settings) as runs:
        with open_reports(settings) as reports:
            analyst = LexicalAnalyst(embedder=coverage.embedder)
            parts = Parts(analyst, coverage, runs, ReportKeeper(reports, coverage))
            retention = Retention(reports, runs)
            yield VerificationHandler(parts, settings, NoFetcher(), desk.purse, retention, desk.gather)


async def test_a_job_gathers_before_its_run_and_pays_for_it_once(settings: Settings) -> None:
    desk = Desk()
    async with _handler(settings.model_copy(update={"embedder": "words"}), desk) as handler:
        await handler.verify(TASK, await handler.read(TASK), desk.tell)
    assert desk.gathered == [(ARTICLE, 3, 5000)]
    assert [one.type for one in desk.told[:3]] == ["gathering", "gathering", "run_started"]
    assert desk.purse.spent == MODEL_CALL.tokens


async def test_a_job_that_is_taken_up_again_asks_nobody_a_second_time(settings: Settings) -> None:
    desk = Desk()
    async with _handler(settings.model_copy(update={"embedder": "words"}), desk) as handler:
        article = await handler.read(TASK)
        first = await handler.verify(TASK, article, desk.tell)
        assert await handler.verify(TASK, article, desk.tell) == first
    assert len(desk.gathered) == 1
    assert sum(isinstance(one, RunFinished) for one in desk.told) == 2


def test_a_request_that_does_not_gather_is_the_same_as_before_there_was_such_a_thing() -> None:
    plain = JobRequest(article=REQUEST.article)
    assert plain.fingerprint == digest(plain.model_dump_json(exclude={"gather"}))
    assert plain.fingerprint != REQUEST.fingerprint
