"""Turns of conversations that go on in this process, whoever is looking: a page that is loaded anew takes them up."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from agent.chat import ChatEvent, TurnFailed
from agent.errors import IsnadError

_log = logging.getLogger("isnad.web")


@dataclass
class TurnProgress:
    """What has happened in a turn so far; `changed` is set anew with every event."""

    events: list[ChatEvent] = field(default_factory=list)
    ended: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, event: ChatEvent | None) -> None:
        if event is None:
            self.ended = True
        else:
            self.events.append(event)
        self.changed.set()
        self.changed = asyncio.Event()

    async def follow(self, after: int = 0) -> AsyncIterator[ChatEvent]:
        """The events after a number, those to come too."""
        seen = after
        while True:
            changed = self.changed
            for event in self.events[seen:]:
                seen += 1
                yield event
            if self.ended:
                return
            await changed.wait()


class ThreadTurns:
    """One turn at a time for each thread of an owner."""

    def __init__(self) -> None:
        self._turns: dict[tuple[str, str], TurnProgress] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def under_way(self, owner: str, thread_id: str) -> TurnProgress | None:
        return self._turns.get((owner, thread_id))

    def begin(self, owner: str, thread_id: str, events: AsyncIterator[ChatEvent]) -> TurnProgress:
        """Reads the events to their end, whether or not somebody follows them."""
        turn = self._turns[owner, thread_id] = TurnProgress()
        task = asyncio.create_task(self._read(owner, thread_id, turn, events))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return turn

    async def stop(self) -> None:
        """Lets go of what is under way: the threads know it, and it is taken up when they are looked at again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _read(self, owner: str, thread_id: str, turn: TurnProgress, events: AsyncIterator[ChatEvent]) -> None:
        try:
            async for event in events:
                turn.note(event)
        except IsnadError as err:
            _log.error("a turn ended with %s: %s", type(err).__name__, err)
            turn.note(TurnFailed(code="run", message=str(err)))
        finally:
            self._turns.pop((owner, thread_id), None)
            turn.note(None)
