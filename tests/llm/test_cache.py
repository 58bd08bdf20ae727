"""What was answered once is not asked again, by this process or the next one."""

from collections.abc import Mapping

import pytest

from agent.budget import RunBudget
from agent.coverage.embedding.embed import Purpose
from agent.errors import AnalystError, StoreError
from agent.models import Usage
from agent.storage.answers import AnswerCache, AnswerStore
from evals.servers.wire_format import Reply
from tests.llm.conftest import GOOD, OpenChat, OpenEmbeddings, Waits, Word, a_prompt, ask
from tests.support.endpoint import ScriptedEndpoint


async def test_a_question_asked_before_costs_nothing(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answers: AnswerCache
) -> None:
    endpoint.script(Reply(GOOD))
    first = await ask(await chat_with(answers))
    again = await ask(await chat_with(answers), budget=RunBudget(0))
    assert again.value == first.value
    assert again.usage == Usage()
    assert len(endpoint.chats) == 1


async def test_without_a_cache_every_question_is_asked(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply(GOOD))
    chat = await chat_with()
    await ask(chat)
    await ask(chat)
    assert len(endpoint.chats) == 2


@pytest.mark.parametrize("change", [{"model": "large"}, {"temperature": 0.5}, {"max_output_tokens": 99}])
async def test_another_model_or_parameter_is_another_question(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answers: AnswerCache, change: dict[str, object]
) -> None:
    endpoint.script(Reply(GOOD))
    await ask(await chat_with(answers))
    await ask(await chat_with(answers, **change))
    assert len(endpoint.chats) == 2


async def test_other_words_or_another_form_are_another_question(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answers: AnswerCache
) -> None:
    class Longer(Word):
        language: str = "en"

    endpoint.script(Reply('{"word": "good", "number": 1, "language": "ar"}'))
    chat = await chat_with(answers)
    await ask(chat, "one")
    await ask(chat, "two")
    await chat.ask(a_prompt("two"), Longer, budget=RunBudget(None))
    assert len(endpoint.chats) == 3


async def test_a_repaired_answer_is_kept_and_a_failure_is_not(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answers: AnswerCache
) -> None:
    endpoint.script(Reply(refusal="no"), Reply("bad"), Reply(GOOD))
    chat = await chat_with(answers)
    with pytest.raises(AnalystError):
        await ask(chat)
    await ask(chat)
    assert (await ask(chat)).usage.calls == 0
    assert len(endpoint.chats) == 3


async def test_a_kept_answer_that_is_not_acceptable_any_more_is_asked_for_again(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answers: AnswerCache
) -> None:
    def refuse_one(value: Word) -> None:
        if value.number == 1:
            raise ValueError("one is not allowed now")

    endpoint.script(Reply(GOOD), Reply('{"word": "new", "number": 2}'))
    chat = await chat_with(answers)
    await ask(chat)
    answer = await chat.ask(a_prompt(), Word, budget=RunBudget(None), accept=refuse_one)
    assert answer.value.word == "new"


async def test_an_answer_that_cannot_be_kept_is_not_used(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answers: AnswerStore
) -> None:
    endpoint.script(Reply(GOOD))
    chat = await chat_with(answers)
    with answers._database.reading() as connection:
        connection.execute("PRAGMA query_only=ON")
    with pytest.raises(StoreError, match="answer cache"):
        await ask(chat)


async def test_an_answer_outlives_a_database_that_is_away_for_a_while(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answers: AnswerCache, waits: Waits
) -> None:
    endpoint.script(Reply(GOOD))
    chat = await chat_with(AwayFor(3, answers))
    assert (await ask(chat)).value.word == "good"
    assert len(waits) == 3
    assert (await ask(chat)).usage == Usage()
    assert len(endpoint.chats) == 1


class AwayFor:
    """Answers that cannot be kept the first few times."""

    def __init__(self, times: int, answers: AnswerCache) -> None:
        self._times = times
        self._answers = answers
        self.get, self.get_many = answers.get, answers.get_many

    def put(self, key: bytes, value: bytes) -> None:
        self.put_many({key: value})

    def put_many(self, values: Mapping[bytes, bytes]) -> None:
        if self._times:
            self._times -= 1
            raise StoreError("the database is starting up")
        self._answers.put_many(values)


async def test_each_text_is_embedded_once(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings, answers: AnswerCache
) -> None:
    first = await (await embeddings_with(answers)).embed(["a", "b"], purpose=Purpose.PASSAGE, budget=RunBudget(None))
    again = await (await embeddings_with(answers)).embed(
        ["b", "c", "a"], purpose=Purpose.PASSAGE, budget=RunBudget(None)
    )
    assert endpoint.embedded == [["a", "b"], ["c"]]
    assert [again.rows[2], again.rows[0]] == first.rows
    assert again.usage.calls == 1
