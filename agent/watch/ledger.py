"""What the watch has to remember: the words of past claims, how far it looked, and what waits to be judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agent.models import Failure
from agent.storage import Database, marks, slices
from agent.storage.reports import Version
from agent.text.language import UNKNOWN, primary_language

# A run may end while a look goes on: its claims were not looked for.
_WATCHED = "run_id IN (SELECT run_id FROM claims) AND run_id IN (SELECT run_id FROM versions WHERE rowid <= ?)"
_LEFT = "document_id = ? AND (departed IS NULL OR departed <> ?)"
_ONE = "run_id = ? AND claim_id = ? AND document_id = ?"
# Moments are compared as text, so that each has to have all of its digits.
_DIGITS = "microseconds"


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
    """A document that came later, or left, and may bear on a claim; without one, the claim was not checked.

    One that could not be heard has its last `failure`, and is tried again when it is due.
    """

    run_id: str
    claim_id: str
    document_id: str
    failures: int = 0
    failure: Failure | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """The words of a claim, and the primary subtag of the language of an article that says it."""

    key: str
    text: str
    language: str


class Ledger:
    """Beside the reports, so that a new version and the end of what waited for it stand together."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def unplaced(self, space: str, limit: int) -> list[Unplaced]:
        """Words of claims whose vectors do not stand in a space of the index yet."""
        head = "SELECT head FROM claims JOIN versions USING (run_id) WHERE claims.key = keys.key"
        query = (
            f"SELECT key, text, ({head} ORDER BY run_id, version LIMIT 1) FROM keys"
            " WHERE space IS NULL OR space <> ? ORDER BY key LIMIT ?"
        )
        with self.database.reading() as connection:
            rows = connection.execute(query, (space, limit)).fetchall()
        return [Unplaced(key, text, _language(head)) for key, text, head in rows]

    def place(self, keys: Iterable[str], space: str) -> None:
        with self.database.writing() as connection:
            connection.executemany("UPDATE keys SET space = ? WHERE key = ?", [(space, key) for key in keys])

    def placed(self, space: str) -> int:
        return self.database.number("SELECT count(*) FROM keys WHERE space = ?", (space,))

    def displace(self) -> None:
        """The index is to be made anew: no vector stands anywhere."""
        with self.database.writing() as connection:
            connection.execute("UPDATE keys SET space = NULL")

    def start_over(self, coverage: str) -> int:
        """Whatever was searched in another coverage store than this one was not searched in it; how many reports had
        been. What waits for documents of the other store waits no longer."""
        with self.database.writing() as connection:
            had = "SELECT run_id FROM runs WHERE coverage IS NOT NULL AND coverage != ?"
            others = [row[0] for row in connection.execute(had, (coverage,))]
            connection.execute(
                "UPDATE runs SET looked_to = 0, coverage = ? WHERE coverage IS NULL OR coverage <> ?",
                (coverage, coverage),
            )
            for some in slices(others):
                where = f"run_id IN ({marks(some)}) AND document_id != ''"
                connection.execute(f"DELETE FROM touches WHERE {where}", some)
        return len(others)

    def watched(self) -> Watched:
        """The reports that a look is for, and from where it begins."""
        with self.database.reading() as connection:
            last = connection.execute("SELECT coalesce(max(rowid), 0) FROM versions").fetchone()[0]
            query = f"SELECT min(looked_to) FROM runs WHERE {_WATCHED}"
            looked_to = connection.execute(query, (last,)).fetchone()[0]
        return Watched(last, looked_to)

    def past_claims(self, keys: Iterable[str]) -> dict[str, list[Past]]:
        """The claims of these words, by key; of all reports."""
        found: dict[str, list[Past]] = {}
        for some in slices(sorted(set(keys))):
            query = (
                "SELECT key, run_id, claim_id, looked_to, published, event FROM claims JOIN runs USING (run_id)"
                f" WHERE key IN ({marks(some)}) ORDER BY run_id, claim_id"
            )
            with self.database.reading() as connection:
                for key, *row in connection.execute(query, some):
                    found.setdefault(key, []).append(_past(*row))
        return found

    def note(self, watched: Watched, touches: Iterable[Touch], looked_to: int) -> None:
        """What waits to be judged, and that what came up to this arrival has been looked at: both or neither."""
        rows = [(one.run_id, one.claim_id, one.document_id) for one in touches]
        with self.database.writing() as connection:
            connection.executemany(
                "INSERT INTO touches (run_id, claim_id, document_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows
            )
            connection.execute(
                f"UPDATE runs SET looked_to = ? WHERE looked_to < ? AND {_WATCHED}",
                (looked_to, looked_to, watched.last),
            )

    def rests(self) -> list[str]:
        """The documents on which findings rest."""
        with self.database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT DISTINCT document_id FROM rests")]

    def note_departed(self, departed: Mapping[str, str]) -> None:
        """What rests on documents that left, each told why, waits to be judged; once for every reason."""
        with self.database.writing() as connection:
            query = "SELECT DISTINCT document_id FROM rests WHERE departed IS NOT NULL"
            back = [one for (one,) in connection.execute(query).fetchall() if one not in departed]
            connection.executemany("UPDATE rests SET departed = NULL WHERE document_id = ?", [(one,) for one in back])
            left = [(document_id, told) for document_id, told in departed.items()]
            connection.executemany(
                "INSERT INTO touches (run_id, claim_id, document_id)"
                f" SELECT run_id, claim_id, document_id FROM rests WHERE {_LEFT} ON CONFLICT DO NOTHING",
                left,
            )
            now = [(told, document_id, told) for document_id, told in left]
            connection.executemany(f"UPDATE rests SET departed = ? WHERE {_LEFT}", now)

    def waiting(self, now: datetime) -> list[str]:
        """The runs whose claims wait to be judged anew, and are due."""
        query = "SELECT DISTINCT run_id FROM touches WHERE due_at IS NULL OR due_at <= ? ORDER BY run_id"
        with self.database.reading() as connection:
            return [row[0] for row in connection.execute(query, (now.isoformat(timespec=_DIGITS),))]

    def postponed(self, now: datetime) -> int:
        """How many claims wait for another try that is not due yet."""
        claims = "SELECT 1 FROM touches GROUP BY run_id, claim_id HAVING min(coalesce(due_at, '')) > ?"
        query = f"SELECT count(*) FROM ({claims}) AS postponed"
        return self.database.number(query, (now.isoformat(timespec=_DIGITS),))

    def touches(self, run_id: str, now: datetime) -> list[Touch]:
        """What waits for those claims of one run that are due."""
        query = (
            "SELECT * FROM touches WHERE run_id = ? AND claim_id IN"
            " (SELECT claim_id FROM touches WHERE run_id = ? AND (due_at IS NULL OR due_at <= ?))"
            " ORDER BY claim_id, document_id"
        )
        asked = run_id, run_id, now.isoformat(timespec=_DIGITS)
        with self.database.reading() as connection:
            return [_touch(*row) for row in connection.execute(query, asked)]

    def settle(self, touches: Iterable[Touch]) -> None:
        """These wait no longer."""
        rows = [(one.run_id, one.claim_id, one.document_id) for one in touches]
        with self.database.writing() as connection:
            connection.executemany(f"DELETE FROM touches WHERE {_ONE}", rows)

    def postpone(self, touches: Sequence[Touch]) -> None:
        """These wait on, as they are now."""
        with self.database.writing() as connection:
            for one in touches:
                due = one.due_at.isoformat(timespec=_DIGITS) if one.due_at else None
                failure = one.failure.model_dump_json() if one.failure else None
                connection.execute(
                    "INSERT INTO touches (run_id, claim_id, document_id, failures, failure, due_at)"
                    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, claim_id, document_id) DO UPDATE"
                    " SET failures = excluded.failures, failure = excluded.failure, due_at = excluded.due_at",
                    (one.run_id, one.claim_id, one.document_id, one.failures, failure, due),
                )


def _touch(
    run_id: str, claim_id: str, document_id: str, failures: int, failure: str | None, due_at: str | None
) -> Touch:
    return Touch(
        run_id=run_id,
        claim_id=claim_id,
        document_id=document_id,
        failures=failures,
        failure=Failure.model_validate_json(failure) if failure else None,
        due_at=datetime.fromisoformat(due_at) if due_at else None,
    )


def _past(run_id: str, claim_id: str, looked_to: int, published: str | None, event: str | None) -> Past:
    return Past(
        run_id=run_id,
        claim_id=claim_id,
        looked_to=looked_to,
        published=datetime.fromisoformat(published) if published else None,
        event=date.fromisoformat(event) if event else None,
    )


def _language(head: str | None) -> str:
    return primary_language(Version.model_validate_json(head).language) if head else UNKNOWN
