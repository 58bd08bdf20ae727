"""What the watch has to remember: the words of past claims, how far it looked, and what waits to be judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from agent.sqlite import Database

_MOST_PARAMETERS = 500
# A run may end while a look goes on: its claims were not looked for.
_WATCHED = "run_id IN (SELECT run_id FROM claims) AND run_id IN (SELECT run_id FROM versions WHERE rowid <= ?)"


@dataclass(frozen=True, slots=True)
class Watched:
    """The reports up to the row `last`; `looked_to` is None when they make no claim."""

    last: int
    looked_to: int | None


@dataclass(frozen=True, slots=True)
class Past:
    """A claim of an earlier report. What came up to the arrival `looked_to` was searched for it, or looked at."""

    run_id: str
    claim_id: str
    looked_to: int
    published: datetime | None
    event: date | None


@dataclass(frozen=True, slots=True)
class Touch:
    """A document that came later and may bear on a claim of a report."""

    run_id: str
    claim_id: str
    document_id: str


class Ledger:
    """In the file of the reports, so that a new version and the end of what waited for it stand together."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def unplaced(self, space: str, limit: int) -> dict[str, str]:
        """Words of claims, by key, whose vectors do not stand in a space of the index yet."""
        query = "SELECT key, text FROM keys WHERE space IS NOT ? ORDER BY key LIMIT ?"
        with self.database.reading() as connection:
            return dict(connection.execute(query, (space, limit)).fetchall())

    def place(self, keys: Iterable[str], space: str) -> None:
        with self.database.writing() as connection:
            connection.executemany("UPDATE keys SET space = ? WHERE key = ?", [(space, key) for key in keys])

    def placed(self, space: str) -> int:
        with self.database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM keys WHERE space = ?", (space,)).fetchone()[0])

    def displace(self) -> None:
        """The index is to be made anew: no vector stands anywhere."""
        with self.database.writing() as connection:
            connection.execute("UPDATE keys SET space = NULL")

    def watched(self) -> Watched:
        """The reports that a look is for, and from where it begins."""
        with self.database.reading() as connection:
            last = connection.execute("SELECT coalesce(max(rowid), 0) FROM versions").fetchone()[0]
            query = f"SELECT min(looked_to) FROM runs WHERE {_WATCHED}"
            looked_to = connection.execute(query, (last,)).fetchone()[0]
        return Watched(last, looked_to)

    def past_claims(self, keys: Iterable[str]) -> dict[str, list[Past]]:
        """The claims of these words, by key; of all reports."""
        wanted = sorted(set(keys))
        found: dict[str, list[Past]] = {}
        for at in range(0, len(wanted), _MOST_PARAMETERS):
            some = wanted[at : at + _MOST_PARAMETERS]
            query = (
                "SELECT key, run_id, claim_id, looked_to, published, event FROM claims JOIN runs USING (run_id)"
                f" WHERE key IN ({','.join('?' * len(some))}) ORDER BY run_id, claim_id"
            )
            with self.database.reading() as connection:
                for key, *row in connection.execute(query, some):
                    found.setdefault(key, []).append(_past(*row))
        return found

    def note(self, watched: Watched, touches: Iterable[Touch], looked_to: int) -> None:
        """What waits to be judged, and that what came up to this arrival has been looked at: both or neither."""
        rows = [(one.run_id, one.claim_id, one.document_id) for one in touches]
        with self.database.writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO touches VALUES (?, ?, ?)", rows)
            connection.execute(
                f"UPDATE runs SET looked_to = max(looked_to, ?) WHERE {_WATCHED}", (looked_to, watched.last)
            )

    def waiting(self) -> list[str]:
        """The runs whose claims wait to be judged anew."""
        with self.database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT DISTINCT run_id FROM touches ORDER BY run_id")]

    def touches(self, run_id: str) -> list[Touch]:
        """What waits for the claims of one run."""
        query = "SELECT run_id, claim_id, document_id FROM touches WHERE run_id = ? ORDER BY claim_id, document_id"
        with self.database.reading() as connection:
            return [Touch(*row) for row in connection.execute(query, (run_id,))]

    def settle(self, touches: Iterable[Touch]) -> None:
        """These wait no longer."""
        rows = [(one.run_id, one.claim_id, one.document_id) for one in touches]
        with self.database.writing() as connection:
            connection.executemany("DELETE FROM touches WHERE run_id = ? AND claim_id = ? AND document_id = ?", rows)


def _past(run_id: str, claim_id: str, looked_to: int, published: str | None, event: str | None) -> Past:
    return Past(
        run_id=run_id,
        claim_id=claim_id,
        looked_to=looked_to,
        published=datetime.fromisoformat(published) if published else None,
        event=date.fromisoformat(event) if event else None,
    )
