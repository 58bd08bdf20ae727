"""Keeping what was paid for."""

import asyncio
from collections.abc import Mapping

from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_fixed

from agent.errors import StoreError
from agent.llm.line import Sleep
from agent.storage.answers import AnswerCache

_PAUSE_SECONDS = 1.0
_TRIES = 30
# Where nothing refuses and nothing answers, a try alone takes many seconds.
_LONGEST_SECONDS = 60.0


async def keep(answers: AnswerCache, values: Mapping[bytes, bytes], sleep: Sleep) -> None:
    """While the database is started again the answers are held here: otherwise they would be paid for a second time.

    Raises `StoreError` when it does not come back.
    """
    retrying = AsyncRetrying(
        sleep=sleep,
        retry=retry_if_exception_type(StoreError),
        wait=wait_fixed(_PAUSE_SECONDS),
        stop=stop_after_attempt(_TRIES) | stop_after_delay(_LONGEST_SECONDS),
        reraise=True,
    )
    await retrying(asyncio.to_thread, answers.put_many, values)
