"""The catalogue: every coverage document in SQLite, and whether its passages stand in the index yet."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from threading import RLock

from agent.coverage.database import open_database, translated
from agent.models import Document, Frozen, Span

_COLUMNS = "id, url, outlet, title, published_at, language, text"
_MOST_PARAMETERS = 500


class State(StrEnum):
    """`pending`: acknowledged, but its passages may not be in the index."""

    PENDING = "pending"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Located:
    """A passage's place: the `number`th of its document. Passages of the same words have the same `key`."""

    document_id: str
    number: int
    span: Span
    key: str


class Listed(Frozen):
    """One line of a listing: a document without its text."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    published_at: str | None
    language: str
    characters: int
    passages: int
    state: State


@dataclass(frozen=True, slots=True)
class Removed:
    """`orphans` are the keys that no passage has any more."""

    ids: tuple[str, ...]
    orphans: tuple[str, ...]


class Catalogue:
    """What was written is there after the process is killed. Every method raises `StoreError` on a bad file."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = RLock()

    def unknown(self, documents: Sequence[Document]) -> list[Document]:
        """Those that are not there yet, each once."""
        fresh = {document.id: document for document in documents}
        with self._reading() as connection:
            for ids in _slices(list(fresh)):
                for (known,) in connection.execute(f"SELECT id FROM documents WHERE id IN ({_marks(ids)})", ids):
                    del fresh[known]
        return list(fresh.values())

    def write_pending(self, documents: Iterable[Document]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [(*_row(document), State.PENDING, now) for document in documents]
        with self._writing() as connection:
            connection.executemany(
                f"INSERT OR IGNORE INTO documents ({_COLUMNS}, day, state, added_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
                rows,
            )

    def mark_ready(self, document_id: str, passages: Sequence[Located]) -> None:
        rows = [(one.document_id, one.number, one.span.start, one.span.end, one.key) for one in passages]
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO passages VALUES (?,?,?,?,?)", rows)
            connection.execute("UPDATE documents SET state = ? WHERE id = ?", (State.READY, document_id))

    def mark_all_pending(self) -> None:
        with self._writing() as connection:
            connection.execute("DELETE FROM passages")
            connection.execute("UPDATE documents SET state = ?", (State.PENDING,))

    def with_keys(self, keys: Iterable[str]) -> dict[str, list[Located]]:
        """Where the passages of some keys stand."""
        found: dict[str, list[Located]] = defaultdict(list)
        for one in self._located("key", keys):
            found[one.key].append(one)
        return found

    def passages_of(self, document_ids: Iterable[str]) -> dict[str, list[Located]]:
        """The passages of some documents, in order."""
        found: dict[str, list[Located]] = defaultdict(list)
        for one in self._located("document_id", document_ids):
            found[one.document_id].append(one)
        return found

    def _located(self, column: str, values: Iterable[str]) -> Iterator[Located]:
        for some in _slices(sorted(set(values))):
            query = (
                f'SELECT document_id, number, start, "end", key FROM passages WHERE {column} IN ({_marks(some)})'
                " ORDER BY document_id, number"
            )
            with self._reading() as connection:
                rows = connection.execute(query, some).fetchall()
            for document_id, number, start, end, key in rows:
                yield Located(document_id, number, Span(start=start, end=end), key)

    def pending(self, limit: int) -> list[Document]:
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM documents WHERE state = ? ORDER BY rowid LIMIT ?", (State.PENDING, limit)
            )
            return [_document(row) for row in rows]

    def get(self, ids: Iterable[str]) -> dict[str, Document]:
        """The known ones of these, by id."""
        found: dict[str, Document] = {}
        with self._reading() as connection:
            for some in _slices(sorted(set(ids))):
                query = f"SELECT {_COLUMNS} FROM documents WHERE id IN ({_marks(some)})"
                found |= {row[0]: _document(row) for row in connection.execute(query, some)}
        return found

    def remove(self, ids: Sequence[str]) -> Removed:
        """Takes out the known ones of these."""
        removed: list[str] = []
        keys = {one.key for passages in self.passages_of(ids).values() for one in passages}
        with self._writing() as connection:
            for some in _slices(ids):
                query = f"DELETE FROM documents WHERE id IN ({_marks(some)}) RETURNING id"
                removed += [row[0] for row in connection.execute(query, some)]
            orphans = keys - self.with_keys(keys).keys()
        return Removed(tuple(removed), tuple(sorted(orphans)))

    def listing(self) -> Iterator[Listed]:
        """All documents in the order in which they were added."""
        query = (
            "SELECT id, url, outlet, title, published_at, language, length(text),"
            " (SELECT count(*) FROM passages WHERE document_id = id), state FROM documents ORDER BY rowid"
        )
        with self._reading() as connection:
            rows = connection.execute(query).fetchall()
        for row in rows:
            yield Listed(**dict(zip(Listed.model_fields, row, strict=True)))

    def count(self, state: State | None = None) -> int:
        where, parameters = ("WHERE state = ?", (state,)) if state else ("", ())
        return self._number(f"SELECT count(*) FROM documents {where}", parameters)

    def count_passages(self) -> int:
        return self._number("SELECT count(*) FROM passages", ())

    def count_keys(self) -> int:
        return self._number("SELECT count(DISTINCT key) FROM passages", ())

    def count_between(self, first: date, last: date) -> int:
        """How many were published in these days, or nobody knows when."""
        return self._number(
            "SELECT count(*) FROM documents WHERE day IS NULL OR day BETWEEN ? AND ?",
            (first.isoformat(), last.isoformat()),
        )

    def fact(self, name: str) -> str | None:
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def learn(self, **facts: str) -> None:
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())

    def forget(self, name: str) -> None:
        with self._writing() as connection:
            connection.execute("DELETE FROM facts WHERE name = ?", (name,))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written inside stands together or not at all."""
        with self._writing():
            yield

    def _number(self, query: str, parameters: Sequence[str]) -> int:
        with self._reading() as connection:
            return int(connection.execute(query, parameters).fetchone()[0])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated(self._path):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated(self._path):
            if self._connection.in_transaction:
                yield self._connection
                return
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection


@contextmanager
def open_catalogue(path: Path) -> Iterator[Catalogue]:
    """The catalogue in a file, made when it is not there; raises `StoreError` when the file cannot be used."""
    with open_database(path) as connection:
        yield Catalogue(connection, path)


def _row(document: Document) -> tuple[str | None, ...]:
    told = document.published_at
    return (
        document.id,
        document.url,
        document.outlet,
        document.title,
        told.isoformat() if told else None,
        document.language,
        document.text,
        told.astimezone(UTC).date().isoformat() if told else None,
    )


def _document(row: tuple[str, ...]) -> Document:
    return Document(**dict(zip(_COLUMNS.split(", "), row, strict=True)))


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _MOST_PARAMETERS):
        yield ids[start : start + _MOST_PARAMETERS]


def _marks(ids: Sequence[str]) -> str:
    return ",".join("?" * len(ids))
