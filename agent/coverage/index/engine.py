"""The words of many texts in tantivy, in files beside the tables that hold the texts: made anew whenever it is lost.

The tables are the truth: what is written to them is noted, and the engine follows before it is asked the next time.
"""

import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from agent.coverage.index import word_statements as statements
from agent.errors import StoreError
from agent.storage import Connection, slices

if TYPE_CHECKING:
    import tantivy

_ID, _TERMS, _NAME = "id", "terms", "store"
# Its least memory for writing is 15 MB for a thread.
_WRITING_BYTES, _THREADS = 20_000_000, 1
_FACT = "words_engine"
# Of those that are looked for among all, so many times as many are to be expected as are wanted.
_FOR_EACH, _MOST_TRIED = 2, 4000


class TermEngine:
    """In a folder that nobody else writes to. Raises `StoreError`. Blocking; safe for threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._index: tantivy.Index | None = None

    def note(self, connection: Connection, ids: Iterable[int]) -> None:
        """Within the transaction that changes these texts: the engine is to follow. One that is not made yet begins
        with all texts that there are."""
        if _made(connection) is not None:
            connection.executemany(statements.LOG, [{"id": one} for one in ids])

    def forget(self, connection: Connection) -> None:
        """Within the transaction that takes all texts away."""
        connection.execute(statements.CLEAR_LOG)
        connection.execute(statements.UNMAKE, {"known": _FACT})

    def follow(self, connection: Connection) -> None:
        """Brings it to what the tables hold; what is not decided yet it is not told."""
        if self._index is not None and connection.in_transaction:
            return
        with self._lock, self._translated():
            if self._index is None or self._name() != _made(connection):
                self._open(connection)
            self._apply(connection)

    def held(self, terms: Iterable[str]) -> dict[str, int]:
        with self._translated():
            searcher = self._opened().searcher()
            counted = ((term, searcher.doc_freq(_TERMS, term)) for term in terms)
            return {term: number for term, number in counted if number}

    def best(self, terms: Sequence[str], limit: int, among: Collection[int] | None = None) -> list[tuple[int, float]]:
        """Numbers and scores of the texts that score highest, best first; of those `among` some alone."""
        from tantivy import Occur, Query

        with self._translated():
            index = self._opened()
            searcher, schema = index.searcher(), index.schema
            asked = Query.boolean_query(
                [(Occur.Should, Query.term_query(schema, _TERMS, term, "freq")) for term in terms]
            )
            if among is None:
                return _found(searcher, asked, limit)
            if not among:
                return []
            # Among all there are some of these: to look for many is quicker than to look at these alone.
            more = limit * _FOR_EACH * searcher.num_docs // max(len(among), 1)
            if more <= _MOST_TRIED:
                every = _found(searcher, asked, more)
                found = [one for one in every if one[0] in among]
                if len(found) >= limit or len(every) < more:
                    return found[:limit]
            these = Query.const_score_query(Query.term_set_query(schema, _ID, list(among)), 0.0)
            return _found(searcher, Query.boolean_query([(Occur.Must, asked), (Occur.Must, these)]), limit)

    def _open(self, connection: Connection) -> None:
        """What is there, where it is that of these tables and whole; else it is made anew."""
        import tantivy

        self._index = None
        made = _made(connection)
        if made is not None and self._name() == made:
            try:
                self._index = tantivy.Index(_schema(), path=str(self._folder))
                self._index.config_reader("manual")
                self._index.reload()
                self._apply(connection)
                (texts,) = connection.execute(statements.COUNT).fetchone()
                if self._index.searcher().num_docs == texts:
                    return
            except (ValueError, OSError):
                self._index = None
        self._make(connection)

    def _make(self, connection: Connection) -> None:
        import tantivy

        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        name = secrets.token_hex(8)
        (self._folder / _NAME).write_text(name)
        self._index = tantivy.Index(_schema(), path=str(self._folder))
        self._index.config_reader("manual")
        # A savepoint is SQLAlchemy's own to make on its connections; this is the driver's, for which it has no words.
        connection.execute("SAVEPOINT words")
        connection.execute(statements.LOG_ALL)
        connection.executemany(statements.MAKE, [{"name": _FACT, "value": name}])
        connection.execute("RELEASE words")

    def _apply(self, connection: Connection) -> None:
        ids = [row[0] for row in connection.execute(statements.LOGGED).fetchall()]
        if not ids:
            return
        import tantivy

        index = self._opened()
        fresh = index.searcher().num_docs == 0
        writer = index.writer(heap_size=_WRITING_BYTES, num_threads=_THREADS)
        for number in () if fresh else ids:
            writer.delete_documents_by_term(_ID, number)
        for number, terms in _texts(connection, ids):
            document = tantivy.Document()
            document.add_integer(_ID, number)
            document.add_text(_TERMS, terms)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        # A kill before this has the same done once more.
        connection.execute(statements.CLEAR_LOG)

    def _opened(self) -> "tantivy.Index":
        if self._index is None:
            raise StoreError(f"the words in {str(self._folder)!r} are not open")
        return self._index

    def _name(self) -> str | None:
        try:
            return (self._folder / _NAME).read_text()
        except (OSError, UnicodeDecodeError):
            return None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as err:
            raise StoreError(
                f"cannot use the words in {str(self._folder)!r}: {err}. Check permissions and free space; the folder "
                "can be deleted, it is made anew from the catalogue."
            ) from err


def _found(searcher: "tantivy.Searcher", asked: "tantivy.Query", limit: int) -> list[tuple[int, float]]:
    hits = searcher.search(asked, limit, count=False).hits
    numbers = searcher.fast_field_values(_ID, [address for _, address in hits])
    return [(int(number), float(score)) for number, (score, _) in zip(numbers, hits, strict=True) if number]


def _made(connection: Connection) -> str | None:
    row = connection.execute(statements.MADE, {"known": _FACT}).fetchone()
    return str(row[0]) if row else None


def _texts(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    for some in slices(ids):
        yield from connection.execute(statements.TERMS, {"ids": some}).fetchall()


def _schema() -> "tantivy.Schema":
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(_ID, indexed=True, fast=True)
    # Terms are words of letters, digits and `_`, with spaces between them.
    builder.add_text_field(_TERMS, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
