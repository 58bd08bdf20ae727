"""Ranking texts by their terms with BM25: in SQLite's FTS5, or in tables of PostgreSQL that give the same figures."""

from collections.abc import Sequence
from typing import Protocol

from agent.coverage.index.postings import Postings
from agent.storage import Connection, Database, marks
from agent.storage.sqlite import FileDatabase

Row = tuple[str, float, str]


class Ranking(Protocol):
    """What is written belongs to the caller's transaction. Terms are words of letters, digits and `_`."""

    def write(self, connection: Connection, texts: Sequence[tuple[str, str]]) -> None:
        """Puts texts in that are not there, each with its key and its terms, spaces between them."""

    def remove(self, connection: Connection, keys: Sequence[str]) -> None:
        """Takes texts out; unknown ones are passed over."""

    def clear(self, connection: Connection) -> None: ...

    def held(self, connection: Connection, terms: Sequence[str]) -> dict[str, int]:
        """How many texts hold each of some terms; those that none holds are left out."""

    def best(self, connection: Connection, terms: Sequence[str], limit: int) -> list[Row]:
        """Key, score and terms of the texts that score highest, best first."""


def build_ranking(database: Database) -> Ranking:
    return FullText() if isinstance(database, FileDatabase) else Postings()


class FullText:
    """A `Ranking` in FTS5."""

    def write(self, connection: Connection, texts: Sequence[tuple[str, str]]) -> None:
        last = connection.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()[0]
        rows = [(last + number, *one) for number, one in enumerate(texts, 1)]
        connection.executemany("INSERT INTO texts (id, key, terms) VALUES (?, ?, ?)", rows)
        indexed = [(number, terms) for number, _, terms in rows]
        connection.executemany("INSERT INTO texts_index (rowid, terms) VALUES (?, ?)", indexed)

    def remove(self, connection: Connection, keys: Sequence[str]) -> None:
        where = f"WHERE key IN ({marks(keys)})"
        # The index forgets a text only when it is shown what it was told.
        connection.execute(
            f"INSERT INTO texts_index (texts_index, rowid, terms) SELECT 'delete', id, terms FROM texts {where}", keys
        )
        connection.execute(f"DELETE FROM texts {where}", keys)

    def clear(self, connection: Connection) -> None:
        connection.execute("INSERT INTO texts_index (texts_index) VALUES ('delete-all')")
        connection.execute("DELETE FROM texts")

    def held(self, connection: Connection, terms: Sequence[str]) -> dict[str, int]:
        query = f"SELECT term, doc FROM texts_terms WHERE term IN ({marks(terms)})"
        return dict(connection.execute(query, terms).fetchall())

    def best(self, connection: Connection, terms: Sequence[str], limit: int) -> list[Row]:
        query = (
            "SELECT key, -score, terms FROM (SELECT rowid AS id, rank AS score FROM texts_index"
            " WHERE texts_index MATCH ? ORDER BY rank LIMIT ?) JOIN texts USING (id)"
        )
        # Terms are letters and digits, so that quotation marks around them cannot be closed by one.
        wanted = " OR ".join(f'"{term}"' for term in terms)
        return connection.execute(query, (wanted, limit)).fetchall()
