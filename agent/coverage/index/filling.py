"""Filling the store: documents are noted first, then indexed, so that what was reported as added is never lost."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from agent.coverage.embedding.embed import Embedder, Floors, Purpose, Unlimited
from agent.coverage.embedding.floors import MeasuredFloors
from agent.coverage.embedding.principal import PRINCIPAL_VERSION
from agent.coverage.index.address import page_key
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.entries import DepartedDocuments, DocumentState
from agent.coverage.index.indexing import CUTTING, Indexing, batches, columns
from agent.coverage.index.lexical import Lexical
from agent.coverage.index.reviewed import space_of_reviews
from agent.coverage.index.rows import WholeRows
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import Rows
from agent.coverage.origins.groups import by_date
from agent.errors import EmbedderMismatch, StoreError
from agent.models import Document, Frozen, digest
from agent.storage.turns import WorkTurns
from agent.text.language import UNKNOWN

_DOCUMENTS_AT_ONCE = 64
# Said of a store whose languages stand apart in the index.
_PARTED = "languages_parted"

Progress = Callable[[int], None]
T = TypeVar("T")


class FillOutcome(Frozen):
    """`updated` of the `added` are new versions of pages; `withdrawn` came again and stay out, all else is
    `unchanged`."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0


def silent(_: int) -> None: ...


class IndexFiller:
    """Keeps catalogue and index in step. The catalogue is the truth: the index can always be built from it.

    One at a time of all that share it. Whoever was cut off in the midst of its turn writes no more: that turn may be
    another's by then.
    """

    def __init__(self, catalogue: Catalogue, lexical: Lexical, index: Index, embedder: Embedder) -> None:
        self._catalogue = catalogue
        self._lexical = lexical
        self._index = index
        self._embedder = embedder
        self._turns = WorkTurns(catalogue.database)
        self._whole = False
        self._measured = MeasuredFloors(catalogue, index, embedder.traits)
        self._indexing = Indexing(catalogue, lexical, index, embedder, self._turns)

    @property
    def space(self) -> str:
        """The collection of this catalogue's passages under this embedder and this splitter."""
        made = f"{self._embedder.id}\n{CUTTING}" + (
            f"\n{PRINCIPAL_VERSION}" if self._embedder.traits.shortened else ""
        )
        identity = digest(made)[:12]
        return f"isnad-{self._catalogue.fact('name')}-{identity}"

    def check(self) -> None:
        """Raises `EmbedderMismatch` when the store was filled by another embedder or in other passages."""
        made = self._catalogue.fact("embedder"), self._catalogue.fact("splitter")
        mine = self._embedder.id, CUTTING
        if None not in made and made != mine and self._catalogue.counts.documents():
            raise EmbedderMismatch(
                f"the coverage store was made with embedder {made[0]!r} and passages {made[1]!r}; now they are "
                f"{mine[0]!r} and {mine[1]!r}. Run `isnad coverage reindex` to bring it over, with nothing to be "
                "added again, or set ISNAD_EMBEDDER and ISNAD_EMBEDDING_MODEL back."
            )

    async def add(
        self, documents: Sequence[Document], progress: Progress = silent, *, standing: bool = False
    ) -> FillOutcome:
        """Adds the documents that are not there yet; they stand in the store when this returns.

        `standing`: these were just seen at their addresses, so that a page which went back to an earlier text has
        that text again. A file that is added again tells nothing of the kind.

        `progress` is told the number of documents done, each time there are more. Raises `AnalystError` when the
        embedder fails: the documents are kept, and indexed with the next use of the store.
        """
        self.check()
        async with self._turns.take():
            added = await asyncio.to_thread(self._note, documents, standing)
        progress(len(documents) - added.added)
        await self.settle(progress)
        return added

    def _note(self, documents: Sequence[Document], standing: bool) -> FillOutcome:
        fresh = _in_order(self._catalogue.unknown(documents))
        known = self._catalogue.states([document.id for document in documents])
        with self._writing():
            if not self._catalogue.counts.documents():
                self._claim_space()
            self._catalogue.write_pending(fresh)
            back = set(self._catalogue.revive([document.id for document in documents]) if standing else ())
            revived = [document for document in documents if document.id in back]
            gone = self._catalogue.supersede([*fresh, *revived], standing=standing)
            self._lexical.remove(gone.orphans)
            self._indexing.sentences.remove(gone.orphans)
        self._forget(gone)
        withdrawn = sum(known.get(document.id) is DocumentState.WITHDRAWN for document in documents)
        return FillOutcome(
            added=len(fresh) + len(back),
            updated=len(gone.ids),
            unchanged=len(documents) - len(fresh) - len(back) - withdrawn,
            withdrawn=withdrawn,
        )

    async def settle(self, progress: Progress = silent) -> None:
        """Indexes what is noted and not indexed yet: new documents, and those that a killed process left."""
        async with self._turns.take():
            grown = False
            while pending := await asyncio.to_thread(self._catalogue.pending, _DOCUMENTS_AT_ONCE):
                await self._indexing.index(pending, self.space)
                progress(len(pending))
                grown = True
            if not self._whole:
                await asyncio.to_thread(self._shorten_rows)
                await asyncio.to_thread(self._check_whole)
                await asyncio.to_thread(self._part_languages)
            if grown or not self._whole:
                await asyncio.to_thread(self._lexical.settle)
                await self._measure()
            self._whole = True

    async def _measure(self) -> None:
        drawn = await asyncio.to_thread(self._measured.draw)
        if drawn:
            asked = self._measured.asked(drawn)
            vectors = await self._embedder.embed(asked, purpose=Purpose.QUERY, budget=Unlimited())
            floors = await asyncio.to_thread(self._measured.floors_of, self.space, drawn, vectors.rows)
            with self._writing():
                self._measured.learn(floors)

    @property
    def floors(self) -> Floors:
        """Those that were measured on this store, else the embedder's own."""
        return self._measured.floors

    def check_dimension(self, rows: Rows) -> None:
        """See `Indexing.check_dimension`."""
        self._indexing.check_dimension(rows)

    async def reindex(self, progress: Progress = silent) -> None:
        """Makes the whole index anew with the present embedder, from the catalogue. A killed run goes on later."""
        async with self._turns.take():
            await asyncio.to_thread(self._clear)
        await self.settle(progress)

    def _clear(self) -> None:
        made = self._catalogue.fact("space")
        with self._writing():
            self._claim_space()
            self._catalogue.forget("dimension")
            self._measured.forget()
            self._catalogue.mark_all_pending()
            self._lexical.clear()
            self._indexing.sentences.clear()
            WholeRows(self._catalogue.database).clear()
        spaces = {made, self.space} - {None}
        with self._writing():
            self._drop(spaces | {space_of_reviews(str(space)) for space in spaces})

    def _drop(self, spaces: Collection[str | None]) -> None:
        try:
            for space in spaces:
                self._index.drop(str(space))
        except StoreError:
            if self._index.start_over() is None:
                raise

    def _claim_space(self) -> None:
        made_by = {"embedder": self._embedder.id, "splitter": CUTTING, "space": self.space}
        self._catalogue.learn(**made_by, **{_PARTED: "1"})

    def _shorten_rows(self) -> None:
        """Brings over what an earlier version put into the index as it was; nothing is embedded again."""
        former = self._catalogue.fact("space")
        if former in (None, self.space):
            return
        for some in batches(self._catalogue.spoken_keys()):
            vectors = self._index.as_stored(str(former), [key for key, _ in some])
            there = [(key, vectors[key], language) for key, language in some if key in vectors]
            self._turns.check()
            if there:
                self._index.write(self.space, *columns(there))
        with self._writing():
            self._catalogue.learn(**{"space": self.space, _PARTED: "1"})
            self._index.drop(str(former))

    def _part_languages(self) -> None:
        """Brings vectors to their languages that stand where all languages stood together before."""
        if self._catalogue.fact(_PARTED) is not None:
            return
        spoken = self._catalogue.spoken_keys()
        for some in batches(spoken):
            vectors = self._index.vectors(self.space, [key for key, _ in some])
            there = [(key, vectors[key], language) for key, language in some if key in vectors]
            self._turns.check()
            self._index.write(self.space, *columns(there))
        strays = {key for key, _ in spoken} - {key for key, language in spoken if language == UNKNOWN}
        with self._writing():
            self._index.remove(self.space, sorted(strays), UNKNOWN)
            self._catalogue.learn(**{_PARTED: "1"})

    def _check_whole(self) -> None:
        expected = self._catalogue.counts.keys()
        if expected and (found := self._index.count(self.space)) < expected:
            raise StoreError(
                f"the passage index holds {found} of {expected} passages: it was lost or replaced. "
                "Run `isnad coverage reindex` to make it anew."
            )

    async def remove(self, ids: Sequence[str]) -> list[str]:
        """Takes documents out and returns the ids of those that were there."""
        return await self._take_out(lambda: self._catalogue.remove(ids))

    async def withdraw(self, ids: Sequence[str], reason: str) -> list[str]:
        """Puts documents out of search, kept with the reason; returns the ids of those that were in it."""
        return await self._take_out(lambda: self._catalogue.withdraw(ids, reason))

    async def restore(self, ids: Sequence[str]) -> list[str]:
        """Puts withdrawn documents back into search; returns their ids."""
        async with self._turns.take():
            restored = await asyncio.to_thread(self._restored, ids)
        await self.settle()
        return restored

    def _restored(self, ids: Sequence[str]) -> list[str]:
        with self._writing():
            return self._catalogue.restore(ids)

    async def _take_out(self, take_out: Callable[[], DepartedDocuments]) -> list[str]:
        async with self._turns.take():
            gone = await asyncio.to_thread(self._taken_out, take_out)
        return list(gone.ids)

    def _taken_out(self, take_out: Callable[[], DepartedDocuments]) -> DepartedDocuments:
        with self._writing():
            gone = take_out()
            self._lexical.remove(gone.orphans)
            self._indexing.sentences.remove(gone.orphans)
        self._forget(gone)
        return gone

    def _forget(self, gone: DepartedDocuments) -> None:
        made = self._catalogue.fact("space")
        if gone.reviews and made is not None:
            with self._writing():
                self._index.remove(space_of_reviews(made), gone.reviews)
        # Vectors that a kill leaves behind here belong to no passage and are passed over.
        if gone.orphans and made is not None:
            # Others put vectors in only when it is their turn, which they cannot have before this ends.
            with self._writing():
                self._index.remove(made, gone.orphans)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """What is written inside stands together or not at all, and within our turn."""
        with self._catalogue.transaction():
            self._turns.check()
            yield

    @property
    def is_empty(self) -> bool:
        return not self._catalogue.counts.documents()

    @property
    def waiting(self) -> int:
        return self._catalogue.counts.documents(DocumentState.PENDING)


def _in_order(documents: Sequence[Document]) -> list[Document]:
    """The first told of what comes together before its copies, but versions of one page as they came."""
    versions: dict[str | None, deque[Document]] = defaultdict(deque)
    for document in documents:
        versions[page_key(document.url)].append(document)
    ordered = sorted(documents, key=by_date)
    return [versions[page].popleft() if (page := page_key(one.url)) else one for one in ordered]
