"""One look: what came since the last one, which earlier claims it touches, and what becomes of them."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from agent.coverage.catalogue import Arrived
from agent.coverage.hearings import Window, is_itself
from agent.coverage.store import Near
from agent.errors import IsnadError
from agent.models import Document, Frozen, Passage, Span, Usage
from agent.reports import Recorded
from agent.watch.claims import PastClaims
from agent.watch.ledger import Bearing, Past, Touch, Watched
from agent.watch.rehearing import Bench, Judged, Missed, Rehearing, told

_DOCUMENTS_AT_ONCE = 64
_REPORTS_AT_ONCE = 8
_REPORTS_KEPT = 64

Tell = Callable[[Recorded], None]
# The stretches of a document that bear on claims, by the key of the claim's words.
_ByKey = dict[str, list[Bearing]]
_ByDocument = defaultdict[str, defaultdict[str, list[Bearing]]]


class Looked(Frozen):
    """What one look found. `claims` were judged anew; `missed` ones could not be, and wait for the next look."""

    documents: int = 0
    claims: int = 0
    changes: tuple[Recorded, ...] = ()
    missed: tuple[Missed, ...] = ()
    usage: Usage = Usage()


def silent(_: Recorded) -> None: ...


class Watch:
    """Looks for coverage that touches earlier findings. Opened with `open_watch`; one look at a time.

    What was seen is noted before it is judged, and a new version and the end of the wait for it stand together: a
    process that is killed repeats only what was not stored.
    """

    def __init__(self, bench: Bench, claims: PastClaims) -> None:
        self._bench = bench
        self._claims = claims
        # What is asked of a report here is the same in all its versions.
        self._report = lru_cache(_REPORTS_KEPT)(bench.reports.get)

    async def look(self, tell: Tell = silent) -> Looked:
        """Judges what new coverage touches; `tell` gets every change as soon as it is stored.

        A document that cannot be heard leaves the claims as they are. Raises `StoreError`, and `AnalystError` when
        nothing can be looked for or judged at all; what was told before stands, the rest waits for the next look.
        """
        watched = await asyncio.to_thread(self._bench.ledger.watched)
        await self._claims.sync()
        documents, looked_to = 0, watched.looked_to
        while looked_to is not None and (
            arrived := await self._bench.shelf.arrived_since(looked_to, _DOCUMENTS_AT_ONCE)
        ):
            await self._note(watched, arrived)
            documents, looked_to = documents + len(arrived), arrived[-1].seq
        judged = await self._judge(looked_to, tell)
        return Looked(
            documents=documents,
            claims=sum(one.claims for one in judged),
            changes=tuple(change for one in judged for change in one.changes),
            missed=tuple(missed for one in judged for missed in one.missed),
            usage=sum((one.usage for one in judged), start=Usage()),
        )

    async def _note(self, watched: Watched, arrived: Sequence[Arrived]) -> None:
        """Writes down which claims these documents touch."""
        passages = await self._bench.shelf.passages([one.document.id for one in arrived])
        asked = [passage for some in passages.values() for passage in some]
        near = await self._claims.near([told(passage) for passage in asked], self._bench.shelf.floor)
        await asyncio.to_thread(self._write, watched, arrived, _by_document(asked, near))

    def _write(self, watched: Watched, arrived: Sequence[Arrived], near: _ByDocument) -> None:
        ledger = self._bench.ledger
        past = ledger.past_claims(key for bearings in near.values() for key in bearings)
        touches = [touch for one in arrived for touch in self._touches(one, near[one.document.id], past)]
        ledger.note(watched, touches, {one.document.id: one.seq for one in arrived})

    def _touches(self, arrived: Arrived, near: _ByKey, past: dict[str, list[Past]]) -> Iterator[Touch]:
        """The claims that a document touches: searched before it came, and of an event around its day."""
        for key, bearings in near.items():
            for claim in past.get(key, ()):
                if claim.looked_to < arrived.seq and self._may_bear(claim, arrived.document):
                    yield Touch(claim.run_id, claim.claim_id, arrived.document.id, arrived.seq, tuple(bearings))

    def _may_bear(self, claim: Past, document: Document) -> bool:
        report = self._report(claim.run_id)
        article = report.article
        if is_itself(article, document):
            return False
        if article.published_at is None:
            return True
        event = next((one.event_date for one in report.claims if one.id == claim.claim_id), None)
        return Window.around((article.published_at, event), self._bench.settings.window_days).holds(
            document.published_at
        )

    async def _judge(self, looked_to: int | None, tell: Tell) -> list[Judged]:
        waiting = await asyncio.to_thread(self._bench.ledger.waiting)
        if not waiting:
            return []
        # With a server, others may add while this goes on: what came after the look counts at the next one.
        later = frozenset(one.document.id for one in await self._bench.shelf.arrived_since(looked_to or 0))
        turns = asyncio.Semaphore(_REPORTS_AT_ONCE)
        stopped: list[IsnadError] = []

        async def judged(run_id: str) -> Judged:
            async with turns:
                if stopped:
                    return Judged()
                try:
                    one = await Rehearing(self._bench, run_id, later).run()
                except IsnadError as err:
                    # Those that are on their way may end, and what they store is told.
                    stopped.append(err)
                    return Judged()
                for change in one.changes:
                    tell(change)
                return one

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(judged(run_id)) for run_id in waiting]
        if stopped:
            raise stopped[0]
        return [task.result() for task in tasks]


def _by_document(passages: Sequence[Passage], near: Sequence[Sequence[Near]]) -> _ByDocument:
    found: _ByDocument = defaultdict(lambda: defaultdict(list))
    for passage, claims in zip(passages, near, strict=True):
        span = Span(start=passage.start, end=passage.end)
        for one in claims:
            found[passage.document_id][one.key].append(Bearing(span, one.similarity))
    return found
