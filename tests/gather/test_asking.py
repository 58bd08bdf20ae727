"""Asking sources side by side: again what may pass, for as long as there is, and never against what one asks for."""

import asyncio
from collections.abc import Sequence

import pytest

from agent.errors import FetchFailed, FetchReason, FetchRefused
from agent.gather.asking import SourceAnswer, ask_all
from agent.gather.source import SearchQuestion, SourceError, SourceFault, SourceHit, SourceLimits, SourceName

QUESTIONS = [SearchQuestion(words=(word,), language="en") for word in ("one", "two", "three")]
Told = SourceHit | Exception


class ScriptedSource:
    """Answers as it is told, one after the other; the last one again and again."""

    def __init__(self, *told: Told, name: SourceName = SourceName.GDELT, pause: float = 0.0) -> None:
        self.name = name
        self.limits = SourceLimits(pause=pause)
        self.asked: list[str] = []
        self._told = list(told)

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        self.asked.append(question.text)
        told = self._told.pop(0) if len(self._told) > 1 else self._told[0]
        if isinstance(told, Exception):
            raise told
        return (told,)


class Slept:
    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


HIT = SourceHit(url="https://a.example/1", source=SourceName.GDELT)
BUSY = SourceError(SourceFault.BUSY, "busy", 7)
DOWN = SourceError(SourceFault.UNREACHABLE, "down")


async def _asked(*sources: ScriptedSource, seconds: float = 60, sleep: Slept | None = None) -> list[SourceAnswer]:
    return await ask_all([(one, QUESTIONS) for one in sources], seconds, lambda _: None, sleep or Slept())


async def test_each_source_gets_its_questions_with_its_pause_between() -> None:
    slept = Slept()
    (answer,) = await _asked(ScriptedSource(HIT, pause=5.5), sleep=slept)
    assert (answer.asked, answer.found, answer.trouble) == (3, 3, None)
    assert slept.seconds == [5.5, 5.5]


async def test_what_may_pass_is_asked_again_after_as_long_as_was_asked_for() -> None:
    slept = Slept()
    source = ScriptedSource(BUSY, BUSY, HIT)
    (answer,) = await _asked(source, sleep=slept)
    assert (answer.found, answer.trouble) == (3, None)
    assert slept.seconds == [7, 7]
    assert source.asked[:3] == ["one"] * 3


async def test_who_stays_busy_is_left_alone() -> None:
    source = ScriptedSource(BUSY)
    (answer,) = await _asked(source)
    assert (source.asked, answer.trouble) == (["one"] * 3, "busy")


async def test_who_asks_for_an_hour_is_not_asked_again() -> None:
    source = ScriptedSource(SourceError(SourceFault.BUSY, "an hour", 3600))
    (answer,) = await _asked(source)
    assert (source.asked, answer.trouble) == (["one"], "an hour")


@pytest.mark.parametrize("fault", [SourceFault.KEY, SourceFault.QUOTA, SourceFault.SETTING, SourceFault.MALFORMED])
async def test_what_does_not_pass_ends_the_asking(fault: SourceFault) -> None:
    source = ScriptedSource(HIT, SourceError(fault, "no"))
    (answer,) = await _asked(source)
    assert (source.asked, answer.found, answer.trouble) == (["one", "two"], 1, "no")


async def test_a_question_that_is_not_taken_costs_itself_alone() -> None:
    source = ScriptedSource(SourceError(SourceFault.QUESTION, "too short"), HIT)
    (answer,) = await _asked(source)
    assert (source.asked, answer.found, answer.trouble) == (["one", "two", "three"], 2, "too short")


async def test_what_the_network_says_is_told_without_where_a_source_stands() -> None:
    refused = FetchRefused(FetchReason.PRIVATE, "search.inner is not in the public network")
    down = FetchFailed(FetchReason.UNREACHABLE, "search.inner cannot be reached")
    first, second = ScriptedSource(refused), ScriptedSource(down)
    answers = await _asked(first, second)
    assert ["private" in str(one.trouble) for one in answers] == [True, False]
    assert "unreachable" in str(answers[1].trouble)
    assert not any("search.inner" in str(one.trouble) for one in answers)
    assert (len(first.asked), len(second.asked)) == (1, 3)


async def test_one_that_is_down_keeps_nobody_else_from_being_asked() -> None:
    answers = await _asked(ScriptedSource(DOWN), ScriptedSource(HIT))
    assert [one.found for one in answers] == [0, 3]


async def test_one_that_never_answers_is_given_up_when_the_time_is_over() -> None:
    class Silent(ScriptedSource):
        async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
            await asyncio.Event().wait()
            raise AssertionError

    told: list[list[str | None]] = []

    def note(answers: Sequence[SourceAnswer]) -> None:
        told.append([one.trouble for one in answers])

    asked = [(Silent(HIT), QUESTIONS), (ScriptedSource(HIT), QUESTIONS)]
    silent, spoken = await ask_all(asked, 0.01, note, Slept())
    assert (silent.found, spoken.found) == (0, 3)
    assert silent.trouble is not None
    assert told[-1] == [silent.trouble, None]
