"""`kill -9` in the middle of a turn: it is taken up, and nothing that had been done is done again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.chat.session import ChatSession
from agent.chat.sessions import open_chat_sessions
from agent.config import Settings
from agent.doors.render.chat import render_export
from agent.models import Label
from agent.service.local import open_local
from agent.storage.reports import Correction, open_reports
from evals.bench.stories import build_story
from evals.servers.forked import Forked
from tests.support.endpoint import ScriptedEndpoint, run_endpoint
from tests.support.hanging import PATIENCE_SECONDS, AnswersThenHangs, kept_in_file, repeated
from tests.support.talk import ARTICLE, Talk, corrections_of

pytestmark = pytest.mark.waits


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as running:
        yield running


def _chat(settings: Settings, endpoint: ScriptedEndpoint, said: str, *arguments: str) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "ISNAD_DATA_DIR": str(settings.data_dir),
        "ISNAD_MODEL": "simulated",
        "ISNAD_BASE_URL": endpoint.url,
        "ISNAD_API_KEY": "none",
    }
    process = Forked[str](
        [sys.executable, "-m", "agent", "chat", "--json", *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(said)
    process.stdin.close()
    process.stdin = None
    return process


async def test_a_killed_turn_is_taken_up_and_repeats_no_call_that_had_ended(
    settings: Settings, endpoint: ScriptedEndpoint
) -> None:
    article = build_story(15, "shared").article.text
    first = AnswersThenHangs(answered=2)
    endpoint.reset()
    endpoint.behave(first)
    process = _chat(settings, endpoint, article)
    first.until_it_hangs(lambda: kept_in_file(settings.data_dir), alive=lambda: process.poll() is None)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE_SECONDS)
    assert len(first.answered) == 2

    everything = AnswersThenHangs(answered=10_000)
    endpoint.behave(everything)
    resumed = _chat(settings, endpoint, "", "--thread", "last")
    out, err = resumed.communicate(timeout=PATIENCE_SECONDS)
    assert resumed.returncode == 0, err
    assert '"type":"answered"' in out
    assert repeated(first, everything) == []
    with open_reports(settings) as reports:
        assert len(reports.listing()) == 1
    async with open_chat_sessions(settings, render_export) as sessions:
        (card,) = sessions.memory.threads.listing("local")
        assert card.run_id is not None


class Unplugged(BaseException):
    """As a kill: no step of ours catches it."""


async def test_a_correction_that_was_stored_before_the_plug_was_pulled_is_stored_once(newsroom: Settings) -> None:
    async with (
        open_chat_sessions(newsroom, render_export) as sessions,
        open_local(newsroom, "R. Reader") as workspace,
    ):
        chats: ChatSession = sessions.of("local", workspace)
        talk = Talk(chats, (await chats.begin()).id)
        await talk.say(ARTICLE)
        question = await talk.asked("/correct 5 unsourced a slip")
        correct = workspace.correct

        async def stored_and_unplugged(
            run_id: str, claim_id: str, label: Label, reason: str, **_: object
        ) -> Correction:
            await correct(run_id, claim_id, label, reason)
            raise Unplugged

        workspace.correct = stored_and_unplugged  # type: ignore[method-assign]  # the plug is pulled right behind it
        with pytest.raises(Unplugged):
            await talk.decide(question, yes=True)
        workspace.correct = correct  # type: ignore[method-assign]
        assert len(corrections_of(newsroom)) == 1
        assert (await chats.transcript(talk.thread)).under_way
        last = await talk.end(chats.resume(talk.thread))
        assert last is not None
        assert last.type == "answered"
        assert len(corrections_of(newsroom)) == 1
