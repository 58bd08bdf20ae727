"""Additions to the coverage that go on in this process, whoever is looking: what was read of each file and address,
and what was refused and why."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from agent.coverage.index.entries import DocumentListing
from agent.coverage.intake.ingested import Ingested
from agent.errors import IsnadError
from agent.models import Document, Frozen
from agent.service.workspace import AddOutcome, Workspace
from agent.text.headline import listed_by

_MOST_OF_OWNER = 20
_log = logging.getLogger("isnad.web")


class ReadDocument(Frozen):
    """A document as it was read. `known`: it had been there before, as it is."""

    id: str
    title: str | None
    outlet: str | None
    published_at: str | None
    characters: int
    known: bool

    @classmethod
    def of(cls, document: Document, known: bool) -> "ReadDocument":
        return cls(
            id=document.id,
            title=document.title or listed_by(document.text),
            outlet=document.outlet,
            published_at=document.published_at.isoformat() if document.published_at else None,
            characters=len(document.text),
            known=known,
        )

    @classmethod
    def listed(cls, one: DocumentListing, known: bool) -> "ReadDocument":
        return cls(
            id=one.id,
            title=one.title or listed_by(one.beginning),
            outlet=one.outlet,
            published_at=one.published_at,
            characters=one.characters,
            known=known,
        )


class SourceOutcome(Frozen):
    """What came of one file or address. `followed`: it is looked at again from now on; `error`: why nothing could be
    had of it."""

    name: str
    total: Ingested = Ingested()
    documents: tuple[ReadDocument, ...] = ()
    followed: bool = False
    error: str | None = None


@dataclass
class IntakeProgress:
    """`changed` is set anew with everything that happens; `now` is what is being read."""

    id: str
    began_at: datetime
    of: int
    now: str | None = None
    total: Ingested = field(default_factory=Ingested)
    sources: list[SourceOutcome] = field(default_factory=list)
    problem: IsnadError | None = None
    ended: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    def reading(self, name: str) -> None:
        self.now = name
        self.note()

    def came(self, outcome: SourceOutcome) -> None:
        self.sources.append(outcome)
        self.note()

    async def follow(self) -> AsyncIterator[int]:
        """A number each time that something has happened, until it has ended; at once where it has happened."""
        number = 0
        while not self.ended:
            changed = self.changed
            number += 1
            yield number
            await changed.wait()


class NotingTaker:
    """Puts documents into a workspace and notes which they were. Implements `Taker`."""

    def __init__(self, space: Workspace, most: int = 500) -> None:
        self._space = space
        self._most = most
        self.documents: list[ReadDocument] = []

    async def add(self, documents: Sequence[Document]) -> AddOutcome:
        put = await self._space.add(documents)
        room = self._most - len(self.documents)
        self.documents += [ReadDocument.of(one, one.id in put.known) for one in documents[: max(room, 0)]]
        return put

    async def withdraw(self, ids: Sequence[str], reason: str) -> tuple[str, ...]:
        return await self._space.withdraw(ids, reason)

    async def standing_at(self, url: str) -> str | None:
        return await self._space.standing_at(url)


class Intakes:
    """Those of one process, the last few of every owner."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, IntakeProgress]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def get(self, owner: str, intake_id: str) -> IntakeProgress | None:
        return self._known.get(owner, {}).get(intake_id)

    def last(self, owner: str) -> list[IntakeProgress]:
        """The latest in front."""
        return list(self._known.get(owner, {}).values())[::-1]

    def begin(self, owner: str, of: int, doing: Callable[[IntakeProgress], Awaitable[None]]) -> IntakeProgress:
        """Does it to its end, whether or not somebody follows."""
        progress = IntakeProgress(secrets.token_hex(16), datetime.now(UTC), of)
        mine = self._known.setdefault(owner, {})
        mine[progress.id] = progress
        for old in [one.id for one in mine.values() if one.ended][: max(len(mine) - _MOST_OF_OWNER, 0)]:
            del mine[old]
        task = asyncio.create_task(self._do(progress, doing))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return progress

    def under_way(self, owner: str) -> int:
        return sum(not one.ended for one in self._known.get(owner, {}).values())

    async def stop(self) -> None:
        """What was told as added stays; the rest is added again by whoever wants it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _do(self, progress: IntakeProgress, doing: Callable[[IntakeProgress], Awaitable[None]]) -> None:
        try:
            await doing(progress)
        except IsnadError as err:
            _log.error("an addition to the coverage ended with %s: %s", type(err).__name__, err)
            progress.problem = err
        finally:
            progress.ended, progress.now = True, None
            progress.note()
