"""Several things asked for in one turn, and claims that are meant by words: what is done, what is asked first."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from agent.chat.actions import Action, ActionName, Understood
from agent.chat.records import AnswerGiven, Asking, ChatAnswer, ChatEvent, TurnFailed
from agent.chat.understanding.enveloped import Files, held_back
from agent.config import Settings
from agent.models import Label
from evals.servers.wire_format import Asked, Reply
from tests.chat.test_listening import NOTHING, choice, with_model
from tests.support.endpoint import ScriptedEndpoint, json_reply, run_endpoint
from tests.support.talk import ARTICLE, corrections_of, labels_of, open_talk, tells, text_of

PAGE = "http://127.0.0.1:9/page"


@pytest.fixture(scope="module")
def running() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as endpoint:
        yield endpoint


@pytest.fixture
def endpoint(running: ScriptedEndpoint) -> ScriptedEndpoint:
    running.reset()
    return running


@pytest.fixture
async def thread(newsroom: Settings) -> str:
    """A thread in which the article of the example is checked."""
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        return talk.thread


def several(*actions: Mapping[str, object]) -> Reply:
    return json_reply({"actions": [{**NOTHING, "claim": None, **one} for one in actions]})


def answers(events: list[ChatEvent]) -> list[ChatAnswer]:
    assert all(isinstance(event, AnswerGiven) for event in events), events
    return [event.answer for event in events if isinstance(event, AnswerGiven)]


async def test_each_thing_is_answered_in_its_order(newsroom: Settings, thread: str) -> None:
    async with open_talk(newsroom) as talk:
        talk.thread = thread
        why, export = answers(await talk.all("why is 5 contested? Then export as md"))
        assert labels_of(why) == {"c5": Label.CONTESTED}
        assert [one.name.rpartition(".")[2] for one in export.exports] == ["md"]
        kept = (await talk.chats.transcript(thread)).messages
        assert [one.answer for one in kept[-2:]] == [why, export]


async def test_a_model_chooses_several_and_it_means_the_claim_spoken_of_before(
    newsroom: Settings, thread: str, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(several({"action": "why", "numbers": [5]}, {"action": "original"}, {"action": "note"}))
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        talk.thread = thread
        why, original, note = answers(await talk.all("explain five, show its words and draft a note"))
        assert why.claim_ids == original.claim_ids == ("c5",)
        assert len(note.claim_ids) == 16
        assert len(endpoint.chats) == 1


async def test_more_actions_than_are_allowed_are_no_answer(
    newsroom: Settings, thread: str, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(several(*({"action": "help"} for _ in range(5))))
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        talk.thread = thread
        (told,) = answers(await talk.all("only the contested ones"))
        assert tells(told, "model_failed")
        assert told.claim_ids == ("c5", "c10")


async def test_one_that_fails_loses_none_of_the_others(
    newsroom: Settings, thread: str, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(several({"action": "why", "numbers": [5]}, {"action": "add"}, {"action": "claims"}))
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        talk.thread = thread
        why, asking = await talk.all(f"why 5, then add {PAGE}, and list the claims")
        assert isinstance(why, AnswerGiven)
        assert isinstance(asking, Asking)
        failed, listed = [event async for event in talk.chats.decide(thread, asking.question.id, True)]
        assert isinstance(failed, TurnFailed)
        assert isinstance(listed, AnswerGiven)
        assert len(listed.answer.claim_ids) == 16
        kept = (await talk.chats.transcript(thread)).messages[-4:]
        assert [_kind(one) for one in kept] == ["answer", "question", "failure", "answer"]


def _kind(message: Any) -> str:
    return next(name for name in ("said", "answer", "question", "failure") if getattr(message, name) is not None)


async def test_each_change_is_asked_about_by_itself_and_a_no_holds_for_one(
    newsroom: Settings, thread: str, endpoint: ScriptedEndpoint
) -> None:
    wrong = {"action": "correct", "label": "unsourced", "words": "a slip"}
    endpoint.script(several({**wrong, "numbers": [5]}, {**wrong, "numbers": [10]}, {"action": "delete"}))
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        talk.thread = thread
        (first,) = await talk.all("5 and 10 should be unsourced, a slip; then forget all this")
        assert isinstance(first, Asking)
        assert corrections_of(newsroom) == []
        declined, second = [event async for event in talk.chats.decide(thread, first.question.id, False)]
        assert isinstance(declined, AnswerGiven)
        assert isinstance(second, Asking)
        assert second.question.id != first.question.id
        _, third = [event async for event in talk.chats.decide(thread, second.question.id, True)]
        assert [one.claim_id for one in corrections_of(newsroom)] == ["c10"]
        assert isinstance(third, Asking)
        assert third.question.kind == "delete"
        # A yes to one question is none to the next, and what is said instead withdraws all that was left.
        stale = [event async for event in talk.chats.decide(thread, second.question.id, True)]
        assert tells(stale[-1].answer, "nothing_waits")  # type: ignore[union-attr]  # it is answered
        assert [one.answer is not None for one in (await talk.chats.transcript(thread)).messages[-1:]] == [False]
        await talk.say("/help")
        assert (await talk.chats.transcript(thread)).question is None


async def test_nothing_is_done_after_the_thread_is_deleted(
    newsroom: Settings, thread: str, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(several({"action": "delete"}, {"action": "claims"}))
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        own, talk.thread = talk.thread, thread
        (asking,) = await talk.all("forget this and list the claims")
        assert isinstance(asking, Asking)
        (deleted,) = [event async for event in talk.chats.decide(thread, asking.question.id, True)]
        assert isinstance(deleted, AnswerGiven)
        assert tells(deleted.answer, "deleted")
        assert [card.id for card in await talk.chats.threads()] == [own]


async def test_two_statements_are_two_runs(newsroom: Settings, thread: str, endpoint: ScriptedEndpoint) -> None:
    one, other = "A first group of Russian warplanes left Hmeimim.", "The base stays open."
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        talk.thread = thread
        endpoint.behave(_choosing(several({"action": "check", "words": one}, {"action": "check", "words": other})))
        first, second = answers(await talk.all(f"check {one} and {other}"))
        assert first.run_id is not None
        assert first.run_id != second.run_id


def _choosing(chosen: Reply) -> Any:
    def behave(asked: Asked) -> Reply:
        return chosen if "fill in the form" in asked.system else json_reply({"claims": []})

    return behave


def test_words_that_came_with_a_file_in_them_change_nothing_whatever_else_they_ask() -> None:
    told = Understood(action=Action(name=ActionName.CLAIMS), then=(Action(name=ActionName.DELETE),))
    held = held_back(told, Files(within=True))
    assert (held.action.name, held.then) == (ActionName.HELP, ())
    assert held_back(told, Files(within=False)) == told


class Finder:
    """Chooses `why` for the claim that is named, and finds it in the list by a word that only the list has."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = numbers
        self.lists: list[str] = []

    def __call__(self, asked: Asked) -> Reply:
        if "which claims of a list" in asked.system:
            self.lists.append(asked.user)
            return json_reply({"numbers": list(self.numbers)})
        assert "نغادر" not in asked.user
        return choice("why", claim="the one about not leaving")


async def test_a_claim_is_found_by_words_in_another_language(
    newsroom: Settings, thread: str, endpoint: ScriptedEndpoint
) -> None:
    finder = Finder(5)
    endpoint.behave(finder)
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        talk.thread = thread
        why = await talk.say("why is the one about not leaving disputed?")
        assert labels_of(why) == {"c5": Label.CONTESTED}
        (shown,) = finder.lists
        (fifth,) = [line for line in shown.splitlines() if line.startswith("5. ")]
        assert "نحن لا نغادر سوريا" in fifth
        assert "the one about not leaving" in shown


async def test_a_number_that_no_claim_has_is_asked_for_once_more_and_then_not_taken(
    newsroom: Settings, thread: str, endpoint: ScriptedEndpoint
) -> None:
    finder = Finder(99)
    endpoint.behave(finder)
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        talk.thread = thread
        why = await talk.say("why is the one about not leaving disputed?")
        assert why.claim_ids == ()
        assert len(finder.lists) == 2


async def test_words_that_stand_in_one_claim_alone_need_no_second_call(
    newsroom: Settings, thread: str, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(choice("why", claim="نحن لا نغادر سوريا"))
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        talk.thread = thread
        assert (await talk.say("لماذا نحن لا نغادر سوريا متنازع عليه؟")).claim_ids == ("c5",)
        assert len(endpoint.chats) == 1


async def test_a_correction_of_a_named_claim_still_asks_first(
    newsroom: Settings, thread: str, endpoint: ScriptedEndpoint
) -> None:
    correct = choice("correct", claim="the one about leaving", label="unsourced", words="a slip")
    endpoint.behave(lambda asked: json_reply({"numbers": [5]}) if "of a list" in asked.system else correct)
    async with open_talk(with_model(newsroom, endpoint.url)) as talk:
        talk.thread = thread
        question = await talk.asked("the one about leaving should be unsourced: a slip")
        assert tells(question, "ask_correct_named", number=5, label=Label.UNSOURCED, given=Label.CONTESTED)
        assert "نحن لا نغادر سوريا" in question.text
        assert corrections_of(newsroom) == []


@pytest.mark.parametrize("said", ["/recheck 99", "check claims 5 and 99", "/correct 99 unsourced a slip"])
async def test_a_number_that_is_not_there_is_told_and_nothing_is_done(
    newsroom: Settings, thread: str, said: str
) -> None:
    async with open_talk(newsroom) as talk:
        talk.thread = thread
        await talk.say("only the contested ones")
        (told,) = answers(await talk.all(said))
        assert tells(told, "no_claim", number=99, count=16)


async def test_words_that_name_no_claim_recheck_nothing(newsroom: Settings, thread: str) -> None:
    async with open_talk(newsroom) as talk:
        talk.thread = thread
        told = await talk.say("check «bananas of the moon» again")
        assert tells(told, "no_such_words")


async def test_whoever_writes_a_language_without_a_file_is_answered_in_english_and_told_why_once(
    newsroom: Settings, thread: str
) -> None:
    async with open_talk(newsroom) as talk:
        talk.thread = thread
        first = await talk.say("دعویٰ ۵ پر اختلاف کیوں ہے؟ یہ ٹھیک ہے؟")
        again = await talk.say("اور دعویٰ ۳ کا ذریعہ کیا ہے؟")
        assert first.language == again.language == "en"
        assert "انگریزی" in text_of(first)
        assert "انگریزی" not in text_of(again)
        assert (await talk.say("لماذا الرقم ٥ متنازع عليه؟")).language == "ar"
        assert (await talk.say("چرا ادعای ۵ مورد مناقشه است؟")).language == "fa"
        assert (await talk.say("5 neden tartışmalı?")).language == "en"
        assert (await talk.say("pourquoi 5 est-il contesté ?")).language == "fr"
