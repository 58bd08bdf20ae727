"""A chat over a real service: its jobs, one key's own reports, its limits."""

from collections.abc import AsyncIterator

import pytest

from agent.chat.sessions import ServiceChats, open_service_chats
from agent.config import Settings
from agent.doors.api.service import Service, open_service
from agent.doors.render.chat import render_export
from agent.errors import AnalystError, UnknownRun
from agent.jobs import JobState
from agent.models import Article, Label
from agent.service.backend import Backend
from agent.service.caller import Caller
from agent.service.served import ServedWorkspace
from agent.service.stores import check_statement
from agent.storage.keys import Scope
from tests.support.talk import ARTICLE, Talk, labels_of, tells

SHORT = Article(text="The mayor said that the old bridge was shut on Monday.", language="en")


@pytest.fixture
async def service(newsroom: Settings) -> AsyncIterator[Service]:
    async with open_service(newsroom) as opened:
        yield opened


@pytest.fixture
def back(service: Service) -> Backend:
    return service.backend


def caller(name: str) -> Caller:
    return Caller(name.lower().replace(" ", "-"), name, frozenset({Scope.VERIFY}))


@pytest.fixture
async def sessions(back: Backend) -> AsyncIterator[ServiceChats]:
    async with open_service_chats(back.settings, render_export, back) as opened:
        yield opened


async def test_a_verification_said_in_a_chat_is_a_job_of_its_owner(service: Service, sessions: ServiceChats) -> None:
    chats = sessions.of(caller("Desk One"))
    talk = Talk(chats, (await chats.begin()).id)
    summary = await talk.say(ARTICLE)
    assert summary.run_id is not None
    job = await service.jobs.get(summary.run_id)
    assert (job.owner, job.state) == ("desk-one", JobState.SUCCEEDED)
    assert {"run_started", "article_split", "claim_labelled"} <= {one.event.type for one in talk.progress}
    assert "run_finished" not in {one.event.type for one in talk.progress}
    assert labels_of(summary)["c5"] is Label.CONTESTED
    question = await talk.asked("/correct 5 unsourced a slip")
    await talk.decide(question, yes=True)
    (kept,) = service.reports.corrections(summary.run_id)
    assert kept.who == "Desk One"
    assert tells(await talk.say("check 5 again"), "rechecked_same")
    found = await talk.say("search coverage for first group of warplanes left Hmeimim")
    assert any(one.citations for one in found.statements)


async def test_the_same_turn_is_one_job(back: Backend) -> None:
    desk = ServedWorkspace(back, caller("Desk One"))
    runs = [[event async for event in desk.verify(SHORT, key="thread-1")] for _ in range(2)]
    assert len({run[-1].report.run_id for run in runs if run[-1].type == "run_finished"}) == 1
    assert await back.jobs.count(*JobState, owner="desk-one") == 1


async def test_another_key_finds_no_report(back: Backend) -> None:
    mine, theirs = ServedWorkspace(back, caller("One")), ServedWorkspace(back, caller("Two"))
    report = await check_statement(mine, "The bridge was shut on Monday.", "en", key="thread-1")
    run_id = report.run_id
    assert (await mine.report(run_id)).run_id == run_id
    for attempt in (
        theirs.report(run_id),
        theirs.corrections(run_id),
        theirs.recheck(run_id, ("c1",)),
        theirs.correct(run_id, "c1", Label.CONTESTED, "a slip"),
        theirs.report("nobody"),
    ):
        with pytest.raises(UnknownRun):
            await attempt
    assert await mine.corrections(run_id) == ()


async def test_a_key_that_has_spent_its_tokens_verifies_no_more(service: Service, back: Backend) -> None:
    service.keys.create("poor", [Scope.VERIFY], daily_tokens=10)
    owner = service.keys.named("poor").id
    service.keys.spend(owner, 10)
    desk = ServedWorkspace(back, Caller(owner, "Poor", frozenset({Scope.VERIFY})))
    with pytest.raises(AnalystError, match="spent for today"):
        await check_statement(desk, "The bridge was shut on Monday.", "en", key="thread-1")
    assert await back.jobs.count(*JobState, owner=owner) == 0
