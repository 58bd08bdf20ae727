"""Documents put into the index: their passages as vectors and as words, and the sentences of these."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from agent.coverage.embedding.embed import Embedder, Purpose, Unlimited
from agent.coverage.embedding.sentences import SENTENCES, SentenceVectors, sentences_of
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.cutting import Cut, cut, languages_of, located
from agent.coverage.index.lexical import TERMS, Lexical
from agent.coverage.index.passages import SPLITTER
from agent.coverage.index.reviewed import StoredReview, reviews_of, space_of_reviews
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import Rows
from agent.errors import EmbedderMismatch
from agent.models import Document
from agent.storage.turns import WorkTurns

CUTTING = f"{SPLITTER}/{TERMS}/{SENTENCES}"
_PASSAGES_AT_ONCE = 512

T = TypeVar("T")


class Indexing:
    """The turn to write is the caller's: whoever was cut off in the midst of it writes no more."""

    def __init__(
        self, catalogue: Catalogue, lexical: Lexical, index: Index, embedder: Embedder, turns: WorkTurns
    ) -> None:
        self._catalogue = catalogue
        self._lexical = lexical
        self._index = index
        self._embedder = embedder
        self._turns = turns
        self.sentences = SentenceVectors(catalogue.database, embedder.traits)

    async def index(self, documents: Sequence[Document], space: str) -> None:
        """Raises `AnalystError` when the embedder fails; what was written by then stays."""
        passages = await asyncio.to_thread(cut, documents)
        texts = {one.key: one.text for some in passages.values() for one in some}
        spoken = languages_of(documents, passages)
        for keys in batches(list(texts)):
            rows = await self._embedded([texts[key] for key in keys])
            await asyncio.to_thread(self._write, space, keys, rows, spoken)
            if self._embedder.traits.by_sentence:
                await self._index_sentences({key: sentences_of(texts[key], min(spoken[key])) for key in keys})
        await self._index_reviews(documents, space)
        await asyncio.to_thread(self._mark_ready, documents, passages, texts)

    async def _index_reviews(self, documents: Sequence[Document], space: str) -> None:
        for some in batches(list(reviews_of(documents))):
            rows = await self._embedded([one.review.claim for one in some])
            await asyncio.to_thread(self._write_reviews, space, some, rows)

    def _write_reviews(self, space: str, reviews: Sequence[StoredReview], rows: Rows) -> None:
        self.check_dimension(rows)
        self._turns.check()
        each = [(one.key, row, one.language) for one, row in zip(reviews, rows, strict=True)]
        self._index.write(space_of_reviews(space), *columns(each))
        with self._catalogue.transaction():
            self._turns.check()
            self._catalogue.learn(dimension=str(len(rows[0])))

    async def _index_sentences(self, sentences: Mapping[str, Sequence[str]]) -> None:
        rows = iter(await self._embedded([one for some in sentences.values() for one in some]))
        each = {key: [next(rows) for _ in some] for key, some in sentences.items()}
        await asyncio.to_thread(self._write_sentences, each)

    async def _embedded(self, texts: Sequence[str]) -> Rows:
        vectors = await self._embedder.embed(texts, purpose=Purpose.PASSAGE, budget=Unlimited())
        return vectors.rows

    def _write(self, space: str, keys: Sequence[str], rows: Rows, spoken: Mapping[str, Collection[str]]) -> None:
        self.check_dimension(rows)
        # A vector too many does no harm: whoever has the turn now puts the same under the same key.
        self._turns.check()
        each = [(key, row, language) for key, row in zip(keys, rows, strict=True) for language in spoken[key]]
        self._index.write(space, *columns(each))
        with self._catalogue.transaction():
            self._turns.check()
            self._catalogue.learn(dimension=str(len(rows[0])))

    def _write_sentences(self, rows: Mapping[str, Rows]) -> None:
        with self._catalogue.transaction():
            self._turns.check()
            self.sentences.write(rows)

    def _mark_ready(
        self, documents: Sequence[Document], passages: Mapping[str, Sequence[Cut]], texts: Mapping[str, str]
    ) -> None:
        records = {document.id for document in documents if document.provenance.is_record}
        with self._catalogue.transaction():
            self._turns.check()
            ready = [
                document_id
                for document_id, some in passages.items()
                if self._catalogue.mark_ready(document_id, located(document_id, some))
            ]
            kept = {one.key for document_id in ready for one in passages[document_id]}
            self._lexical.write({key: text for key, text in texts.items() if key in kept})
            self._catalogue.copies.arrive([one for one in ready if one not in records])

    def check_dimension(self, rows: Rows) -> None:
        """Raises `EmbedderMismatch` when vectors have another length than those in the store."""
        known = self._catalogue.fact("dimension")
        if known is not None and any(len(row) != int(known) for row in rows):
            raise EmbedderMismatch(
                f"the coverage store holds vectors of {known} numbers; {self._embedder.id!r} now gives "
                f"{len(rows[0])}. Run `isnad coverage reindex` to make it anew."
            )


def columns(each: Sequence[tuple[str, Sequence[float], str]]) -> tuple[list[str], list[Sequence[float]], list[str]]:
    """Keys, vectors and languages, as an index takes them."""
    return [key for key, _, _ in each], [row for _, row, _ in each], [language for _, _, language in each]


def batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many passages at a time as are embedded and written together."""
    for start in range(0, len(items), _PASSAGES_AT_ONCE):
        yield items[start : start + _PASSAGES_AT_ONCE]
