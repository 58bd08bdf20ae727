"""Asks several sources at the same time. Each gets its questions one after the other, with the pauses that it
wants."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from agent.errors import FetchError, FetchFailed
from agent.gather.source import NewsSource, SearchQuestion, SourceError, SourceFault, SourceHit

_log = logging.getLogger("isnad.gather")
Sleep = Callable[[float], Awaitable[None]]
_TRIES = 3
# Whoever wants to be left alone for longer is asked another time.
_LONGEST_WAIT = 30.0
_PASSING = (SourceFault.BUSY, SourceFault.UNREACHABLE)
_backing_off = wait_random_exponential(multiplier=1, max=10)


@dataclass
class SourceAnswer:
    """What one source was asked and answered. `hits` are by question. `trouble` is what kept it from answering
    more."""

    source: NewsSource
    asked: int = 0
    hits: list[tuple[SourceHit, ...]] = field(default_factory=list)
    trouble: str | None = None

    @property
    def found(self) -> int:
        return sum(map(len, self.hits))


async def ask_all(
    asked: Sequence[tuple[NewsSource, Sequence[SearchQuestion]]],
    seconds: float,
    tell: Callable[[Sequence[SourceAnswer]], None],
    sleep: Sleep = asyncio.sleep,
) -> list[SourceAnswer]:
    """Asks every source, for at most so long altogether. Calls `tell` whenever one has answered. What a source raises
    is part of its answer."""
    answers = [SourceAnswer(source) for source, _ in asked]

    async def ask(answer: SourceAnswer, questions: Sequence[SearchQuestion]) -> None:
        try:
            async with asyncio.timeout(seconds):
                await _ask_one(answer, questions, lambda: tell(answers), sleep)
        except TimeoutError:
            answer.trouble = f"after {seconds:g} s it had answered {answer.asked} of {len(questions)} questions"
            tell(answers)

    async with asyncio.TaskGroup() as group:
        for answer, (_, questions) in zip(answers, asked, strict=True):
            group.create_task(ask(answer, questions))
    return answers


async def _ask_one(
    answer: SourceAnswer, questions: Sequence[SearchQuestion], tell: Callable[[], None], sleep: Sleep
) -> None:
    pause = answer.source.limits.pause
    for number, question in enumerate(questions):
        if number and pause:
            await sleep(pause)
        try:
            answer.hits.append(await _answered(answer.source, question, sleep))
            answer.asked += 1
        except SourceError as err:
            answer.trouble = str(err)
            if err.fault is not SourceFault.QUESTION:
                return
        finally:
            tell()


async def _answered(source: NewsSource, question: SearchQuestion, sleep: Sleep) -> tuple[SourceHit, ...]:
    trying = AsyncRetrying(
        retry=retry_if_exception(_is_passing),
        stop=stop_after_attempt(_TRIES),
        wait=_wait,
        sleep=sleep,
        reraise=True,
    )
    return await trying(_asked, source, question)


async def _asked(source: NewsSource, question: SearchQuestion) -> tuple[SourceHit, ...]:
    try:
        return await source.search(question)
    except FetchError as err:
        # Where a source of one's own stands is nothing for everybody: its address is in the log, if anywhere.
        _log.info("%s: %s", source.name, err)
        if isinstance(err, FetchFailed):
            text = f"it cannot be asked now ({err.reason})"
            raise SourceError(SourceFault.UNREACHABLE, text, err.retry_after) from err
        raise SourceError(SourceFault.SETTING, f"it is not asked on principle ({err.reason})") from err


def _is_passing(err: BaseException) -> bool:
    return isinstance(err, SourceError) and err.fault in _PASSING and (err.retry_after or 0) <= _LONGEST_WAIT


def _wait(state: RetryCallState) -> float:
    """What the source asked for, else longer each time."""
    err = state.outcome.exception() if state.outcome else None
    asked_for = err.retry_after if isinstance(err, SourceError) else None
    return _backing_off(state) if asked_for is None else asked_for
