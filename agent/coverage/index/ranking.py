"""Ranking texts by their terms with BM25: in a search engine beside SQLite, or in tables of PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from agent.coverage.index import word_statements as statements
from agent.coverage.index.edition import EditionCache
from agent.coverage.index.engine import TermEngine
from agent.coverage.index.postings import Postings
from agent.coverage.index.scanning import ScannedTexts
from agent.storage import Connection, Database, slices
from agent.storage.sqlite import FileDatabase

Scored = tuple[str, float]

# Up to so many, every text is looked at: it takes no longer, and nothing has to be written for it.
MOST_SCANNED = 1000
# Remembered until the store is written to: claims of one article, and of one story, find the same texts.
_MOST_KEYS = 20_000


class Ranking(Protocol):
    """What is written belongs to the caller's transaction. Terms are words of letters, digits and `_`."""

    def write(self, connection: Connection, texts: Sequence[tuple[str, str]]) -> None:
        """Puts texts in that are not there, each with its key and its terms, spaces between them."""

    def remove(self, connection: Connection, keys: Sequence[str]) -> None:
        """Takes texts out; unknown ones are passed over."""

    def clear(self, connection: Connection) -> None:
        """Takes out all texts."""

    def held(self, connection: Connection, terms: Sequence[str]) -> dict[str, int]:
        """How many texts hold each of some terms; those that none holds are left out."""

    def settle(self, connection: Connection) -> None:
        """Gets what was written ready to be asked for, which the first question does otherwise."""

    def numbers(self, connection: Connection, keys: Sequence[str]) -> dict[int, str]:
        """The keys of the known ones of some texts, by the numbers of these."""

    def best(
        self,
        connection: Connection,
        asked: Sequence[Sequence[str]],
        limit: int,
        among: Mapping[int, str] | None = None,
    ) -> list[list[Scored]]:
        """For each of some lists of terms key and score of the texts that score highest, best first; of those that
        are `among` some `numbers`, where these are given."""


def build_ranking(database: Database, edition: EditionCache) -> Ranking:
    """`edition` is that of the texts."""
    return FileRanking(database, edition) if isinstance(database, FileDatabase) else Postings()


class FileRanking:
    """A `Ranking` in a file: few texts are held in memory, many stand in an engine."""

    def __init__(self, database: FileDatabase, edition: EditionCache) -> None:
        self._edition = edition
        self._engine = TermEngine(database.folder / "words")

    def write(self, connection: Connection, texts: Sequence[tuple[str, str]]) -> None:
        last = connection.execute(statements.LAST).fetchone()[0]
        rows = [{"id": number, "key": key, "terms": terms} for number, (key, terms) in enumerate(texts, last + 1)]
        connection.executemany(statements.ADD, rows)
        self._engine.note(connection, range(last + 1, last + 1 + len(rows)))

    def remove(self, connection: Connection, keys: Sequence[str]) -> None:
        gone = connection.execute(statements.REMOVE, {"keys": keys}).fetchall()
        self._engine.note(connection, [row[0] for row in gone])

    def clear(self, connection: Connection) -> None:
        connection.execute(statements.CLEAR)
        self._engine.forget(connection)

    def settle(self, connection: Connection) -> None:
        self._leg(connection)

    def held(self, connection: Connection, terms: Sequence[str]) -> dict[str, int]:
        return self._leg(connection).held(terms)

    def numbers(self, connection: Connection, keys: Sequence[str]) -> dict[int, str]:
        return dict(connection.execute(statements.NUMBERS, {"keys": keys}).fetchall())

    def best(
        self,
        connection: Connection,
        asked: Sequence[Sequence[str]],
        limit: int,
        among: Mapping[int, str] | None = None,
    ) -> list[list[Scored]]:
        leg = self._leg(connection)
        found = [leg.best(terms, limit, among) if terms else [] for terms in asked]
        if among is not None:
            return [[(among[number], score) for number, score in some] for some in found]
        keys = self._keys_of(connection, {number for numbers in found for number, _ in numbers})
        # Of what another thread took out meanwhile nothing is told.
        return [[(keys[number], score) for number, score in some if number in keys] for some in found]

    def _keys_of(self, connection: Connection, numbers: set[int]) -> Mapping[int, str]:
        """Those of these texts, and of some that were asked for before."""
        known = self._edition.get("keys", dict[int, str])
        if len(known) > _MOST_KEYS:
            known.clear()
        for some in slices(sorted(numbers - known.keys())):
            known |= connection.execute(statements.KEYS, {"ids": some}).fetchall()
        return known

    def _leg(self, connection: Connection) -> ScannedTexts | TermEngine:
        count = self._edition.get("texts", lambda: connection.execute(statements.COUNT).fetchone()[0])
        if count <= MOST_SCANNED:
            return self._edition.get("scanned", lambda: ScannedTexts(connection.execute(statements.EVERY).fetchall()))
        self._engine.follow(connection)
        return self._engine
