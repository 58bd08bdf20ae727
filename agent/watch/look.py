"""One look: what came since the last one, which earlier claims it touches, and what becomes of them."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from agent.coverage.embedding.embed import Purpose
from agent.coverage.index.entries import Arrived
from agent.coverage.index.passages import search_text
from agent.coverage.index.reviewed import reviews_of
from agent.coverage.search.selection import Window
from agent.errors import IsnadError
from agent.models import Document, Frozen, Usage
from agent.storage.reports import Recorded
from agent.storage.turns import WorkTurns
from agent.text.language import primary_language
from agent.watch.bench import WatchDeps
from agent.watch.gathering import Gathered, gather
from agent.watch.ledger import AffectedClaim, Past, Watched
from agent.watch.rehearing import Judged, Missed, Rejudging

_DOCUMENTS_AT_ONCE = 64
_REPORTS_GATHERED = 64
_REPORTS_AT_ONCE = 8

Tell = Callable[[Recorded], None]


class WatchOutcome(Frozen):
    """What one look found. `claims` were judged anew; `missed` ones could not be, and wait for another look, as do
    `postponed` ones that failed before and were not tried.

    `started_over` reports had been looked at with another coverage store: all of this one is new to them.
    """

    documents: int = 0
    claims: int = 0
    changes: tuple[Recorded, ...] = ()
    missed: tuple[Missed, ...] = ()
    postponed: int = 0
    started_over: int = 0
    usage: Usage = Usage()


def silent(_: Recorded) -> None: ...


class Watch:
    """Looks for coverage that touches earlier findings; one look at a time, of all processes. Opened with
    `open_watch`.

    What was seen is noted before it is judged, and a new version and the end of the wait for it stand together: a
    process that is killed repeats only what was not stored.
    """

    def __init__(self, bench: WatchDeps) -> None:
        self._bench = bench
        self._turns = WorkTurns(bench.ledger.database)

    async def look(self, tell: Tell = silent, *, run_id: str | None = None) -> WatchOutcome:
        """Judges what new coverage touches; `tell` gets every change as soon as it is stored. With a `run_id`, of
        that report alone: what touches others is noted, and waits.

        A document that cannot be heard leaves the claims as they are. Raises `StoreError`, and `AnalystError` when
        nothing can be looked for or judged at all; what was told before stands, the rest waits for the next look.
        """
        async with self._turns.take():
            return await self._look(tell, run_id)

    async def _look(self, tell: Tell, run_id: str | None) -> WatchOutcome:
        ledger, shelf = self._bench.ledger, self._bench.shelf
        started_over = await asyncio.to_thread(ledger.start_over, shelf.name)
        watched = await asyncio.to_thread(ledger.watched)
        await self._bench.claims.sync()
        await self._note_departed()
        documents, looked_to = 0, watched.looked_to
        while looked_to is not None and (arrived := await shelf.arrived_since(looked_to, _DOCUMENTS_AT_ONCE)):
            await self._note(watched, arrived)
            documents, looked_to = documents + len(arrived), arrived[-1].seq
        postponed = await asyncio.to_thread(ledger.postponed, self._bench.clock())
        judged = await self._judge(tell, run_id)
        return WatchOutcome(
            documents=documents,
            claims=sum(one.claims for one in judged),
            changes=tuple(change for one in judged for change in one.changes),
            missed=tuple(missed for one in judged for missed in one.missed),
            postponed=postponed,
            started_over=started_over,
            usage=sum((one.usage for one in judged), start=Usage()),
        )

    async def _note_departed(self) -> None:
        rests = await asyncio.to_thread(self._bench.ledger.rests)
        departed = await self._bench.shelf.departed(rests)
        reasons = {document_id: one.description for document_id, one in departed.items()}
        await asyncio.to_thread(self._bench.ledger.note_departed, reasons)

    async def _note(self, watched: Watched, arrived: Sequence[Arrived]) -> None:
        """Writes down which claims these documents may bear on."""
        passages = await self._bench.shelf.passages([one.document.id for one in arrived])
        asked = [passage for some in passages.values() for passage in some]
        documents = {one.document.id: one.document for one in arrived}
        languages = {one.document.id: primary_language(one.document.language) for one in arrived}
        near = await self._bench.claims.near(
            [search_text(documents[passage.document_id], passage) for passage in asked],
            [languages[passage.document_id] for passage in asked],
            self._bench.shelf.floors,
            Purpose.PASSAGE,
        )
        keys: dict[str, set[str]] = defaultdict(set)
        for passage, claims in zip(asked, near, strict=True):
            keys[passage.document_id] |= {one.key for one in claims}
        await asyncio.to_thread(self._write, watched, arrived, keys, await self._reviewed(arrived))

    async def _reviewed(self, arrived: Sequence[Arrived]) -> dict[str, set[str]]:
        """The past claims that are near to those which a document checks, by document."""
        reviews = list(reviews_of(one.document for one in arrived))
        near = await self._bench.claims.near(
            [one.review.claim for one in reviews],
            [one.language for one in reviews],
            self._bench.shelf.floors,
            Purpose.PASSAGE,
        )
        keys: dict[str, set[str]] = defaultdict(set)
        for one, claims in zip(reviews, near, strict=True):
            keys[one.document.id] |= {claim.key for claim in claims}
        return keys

    def _write(
        self,
        watched: Watched,
        arrived: Sequence[Arrived],
        keys: Mapping[str, set[str]],
        reviewed: Mapping[str, set[str]],
    ) -> None:
        past = self._bench.ledger.past_claims({key for some in (*keys.values(), *reviewed.values()) for key in some})
        touches = (
            AffectedClaim(claim.run_id, claim.claim_id, one.document.id)
            for one in arrived
            for key in keys.get(one.document.id, set()) | reviewed.get(one.document.id, set())
            for claim in past.get(key, ())
            # A claim may be made for years after it was checked once.
            if claim.looked_to < one.seq
            and (key in reviewed.get(one.document.id, ()) or self._is_around(claim, one.document))
        )
        with self._bench.ledger.database.writing():
            self._turns.check()
            self._bench.ledger.note(watched, touches, arrived[-1].seq)

    def _is_around(self, claim: Past, document: Document) -> bool:
        if claim.published is None:
            return True
        window = Window.around((claim.published, claim.event), self._bench.settings.window_days)
        return window.holds(document.published_at)

    async def _judge(self, tell: Tell, only: str | None) -> list[Judged]:
        due = await asyncio.to_thread(self._bench.ledger.waiting, self._bench.clock())
        waiting = [run_id for run_id in due if only in (None, run_id)]
        judged: list[Judged] = []
        for at in range(0, len(waiting), _REPORTS_GATHERED):
            # Who lost its turn leaves the rest to whoever has it: nothing is judged, and paid for, by both.
            await asyncio.to_thread(self._turns.check)
            gathered = await gather(self._bench, waiting[at : at + _REPORTS_GATHERED])
            judged += await self._rehear(gathered, tell)
        return judged

    async def _rehear(self, gathered: Sequence[Gathered], tell: Tell) -> list[Judged]:
        turns = asyncio.Semaphore(_REPORTS_AT_ONCE)
        stopped: list[IsnadError] = []

        async def judged(one: Gathered) -> Judged:
            async with turns:
                if stopped:
                    return Judged()
                try:
                    outcome = await Rejudging(self._bench, one).run()
                except IsnadError as err:
                    # Reports that are being judged now are finished, and their changes are reported.
                    stopped.append(err)
                    return Judged()
                for change in outcome.changes:
                    tell(change)
                return outcome

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(judged(one)) for one in gathered]
        if stopped:
            raise stopped[0]
        return [task.result() for task in tasks]
