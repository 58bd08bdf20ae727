"""Threads last, belong to one owner, and are gone when they are deleted."""

import pytest

from agent.chat.records import UnknownThread
from agent.chat.sessions import open_chat_sessions
from agent.config import Settings
from agent.doors.render.chat import render_export
from agent.errors import BadInput, UnknownRun
from agent.service.local import open_local
from tests.support.talk import ARTICLE, Talk, open_talk, tells


async def test_a_thread_is_there_after_a_restart_with_all_that_was_said(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        question = await talk.asked("/correct 5 unsourced a slip")
        thread = talk.thread
    async with open_talk(newsroom) as talk:
        talk.thread = thread
        told = await talk.chats.transcript(thread)
        assert [bool(one.said) for one in told.messages] == [True, False, True, False]
        assert told.messages[0].said == ARTICLE
        assert told.question == question
        assert told.summary.title.startswith("أعلن الرئيس الروسي")
        assert tells(await talk.decide(question, yes=True), "corrected_now", number=5)
        assert (await talk.say("why is it contested?")).claim_ids == ("c5",)


async def test_threads_are_listed_renamed_and_deleted(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        first = talk.thread
        await talk.say("/help")
        second = await talk.chats.begin("Second")
        await talk.say("/help")
        assert [card.id for card in await talk.chats.threads()] == [first, second.id]
        assert (await talk.chats.rename(first, "  A \n title ")).title == "A title"
        assert tells(await talk.say("/rename Renamed here"), "renamed", title="Renamed here")
        assert tells(await talk.say("/threads"), "thread", title="Renamed here")
        with pytest.raises(BadInput):
            await talk.chats.rename(first, " ")
        await talk.chats.delete(second.id)
        assert [card.title for card in await talk.chats.threads()] == ["Renamed here"]
        question = await talk.asked("/delete")
        await talk.decide(question, yes=True)
        assert await talk.chats.threads() == ()
        with pytest.raises(UnknownThread):
            await talk.chats.transcript(first)
        with pytest.raises(UnknownThread):
            await talk.say("/help")


async def test_two_people_never_see_each_others_threads(newsroom: Settings) -> None:
    async with (
        open_chat_sessions(newsroom, render_export) as sessions,
        open_local(newsroom, "R. Reader") as workspace,
    ):
        mine, theirs = sessions.of("mine", workspace), sessions.of("theirs", workspace)
        talk = Talk(mine, (await mine.begin("Secret")).id)
        await talk.say("/help")
        assert await theirs.threads() == ()
        stranger = Talk(theirs, talk.thread)
        for attempt in (
            stranger.say("/help"),
            theirs.transcript(talk.thread),
            theirs.rename(talk.thread, "Taken"),
            theirs.delete(talk.thread),
            stranger.end(theirs.resume(talk.thread)),
            stranger.end(theirs.decide(talk.thread, "q1", True)),
        ):
            with pytest.raises(UnknownThread):
                await attempt
        assert [card.title for card in await mine.threads()] == ["Secret"]
        assert len((await mine.transcript(talk.thread)).messages) == 2


async def test_a_turn_that_nobody_heard_to_its_end_is_taken_up_once(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        turn = talk.chats.say(talk.thread, ARTICLE)
        first = await anext(turn)
        await turn.aclose()  # type: ignore[attr-defined]  # an async generator behind the protocol
        assert (await talk.chats.transcript(talk.thread)).under_way
        last = await talk.end(talk.chats.resume(talk.thread))
        assert last is not None
        assert last.type == "answered"
        told = await talk.chats.transcript(talk.thread)
        assert [bool(one.said) for one in told.messages] == [True, False]
        assert first.type == "progress"
        assert first.event.type == "run_started"
        assert told.summary.run_id == first.event.run_id
        assert await talk.end(talk.chats.resume(talk.thread)) is None


async def test_a_thread_of_a_report_that_is_not_there_is_not_begun(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        before = await talk.chats.threads()
        with pytest.raises(UnknownRun):
            await talk.chats.begin(run_id="nobody")
        assert await talk.chats.threads() == before
