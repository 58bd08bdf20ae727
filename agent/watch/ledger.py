"""What the watch remembers: the words of earlier claims, how far it has looked, and what waits to be judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agent.models import Failure
from agent.storage import Database, slices
from agent.storage.reports import Version
from agent.text.language import UNKNOWN, primary_language
from agent.watch import statements

# Moments are compared as text, so that each has to have all of its digits.
_DIGITS = "microseconds"


@dataclass(frozen=True, slots=True)
class Watched:
    """The reports up to the row `last`. `looked_to` is None where they make no claim."""

    last: int
    looked_to: int | None


@dataclass(frozen=True, slots=True)
class Past:
    """A claim of an earlier report. Everything that came up to the arrival `looked_to` was compared with it."""

    run_id: str
    claim_id: str
    looked_to: int
    published: datetime | None
    event: date | None


@dataclass(frozen=True, slots=True)
class AffectedClaim:
    """A document that came later, or left, and may bear on a claim. Without a document, the claim itself was not
    checked.

    One that could not be judged has its last `failure`, and is tried again when it is due.
    """

    run_id: str
    claim_id: str
    document_id: str
    failures: int = 0
    failure: Failure | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """The words of a claim that is not in the index yet, and the primary subtag of the language of its article."""

    key: str
    text: str
    language: str


class Ledger:
    """The tables of the watch. They are in the database of the reports, so that a new version and the end of what
    waited for it are stored together."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def unplaced(self, space: str, limit: int) -> list[Unplaced]:
        """The claims whose vectors are not in a space of the index yet."""
        with self.database.reading() as connection:
            rows = connection.execute(statements.UNPLACED, {"of_space": space, "most": limit}).fetchall()
        return [Unplaced(key, text, _language(head)) for key, text, head in rows]

    def place(self, keys: Iterable[str], space: str) -> None:
        with self.database.writing() as connection:
            connection.executemany(statements.PLACE, [{"space": space, "of_key": key} for key in keys])

    def placed(self, space: str) -> int:
        return self.database.number(statements.PLACED, {"of_space": space})

    def displace(self) -> None:
        """Forgets which claims are in the index, because it is made anew."""
        with self.database.writing() as connection:
            connection.execute(statements.DISPLACE)

    def start_over(self, coverage: str) -> int:
        """Forgets what was looked at in another coverage store than this one, and what waits for its documents.
        Returns how many reports that was."""
        with self.database.writing() as connection:
            others = [row[0] for row in connection.execute(statements.OF_OTHER_COVERAGE, {"of_coverage": coverage})]
            connection.execute(statements.START_OVER, {"of_coverage": coverage})
            for some in slices(others):
                connection.execute(statements.UNTOUCH, {"runs": some})
        return len(others)

    def watched(self) -> Watched:
        """The reports to look at, and from which document on."""
        with self.database.reading() as connection:
            last = connection.execute(statements.LAST_ROW).fetchone()[0]
            looked_to = connection.execute(statements.LOOKED_TO, {"last": last}).fetchone()[0]
        return Watched(last, looked_to)

    def past_claims(self, keys: Iterable[str]) -> dict[str, list[Past]]:
        """The earlier claims of all reports with these words, by key."""
        found: dict[str, list[Past]] = {}
        for some in slices(sorted(set(keys))):
            with self.database.reading() as connection:
                for key, *row in connection.execute(statements.PAST, {"keys": some}):
                    found.setdefault(key, []).append(_past(*row))
        return found

    def note(self, watched: Watched, touches: Iterable[AffectedClaim], looked_to: int) -> None:
        """Stores what waits to be judged, and that everything up to this arrival was looked at: both or neither."""
        with self.database.writing() as connection:
            connection.executemany(
                statements.ADD_TOUCH,
                [{"run_id": one.run_id, "claim_id": one.claim_id, "document_id": one.document_id} for one in touches],
            )
            connection.execute(statements.LOOKED, {"upto": looked_to, "last": watched.last})

    def rests(self) -> list[str]:
        """The documents on which findings rest."""
        with self.database.reading() as connection:
            return [row[0] for row in connection.execute(statements.RESTS)]

    def note_departed(self, departed: Mapping[str, str]) -> None:
        """Lets the claims that rest on documents which left wait to be judged, each with the reason; once for each
        reason."""
        with self.database.writing() as connection:
            back = [one for (one,) in connection.execute(statements.DEPARTED).fetchall() if one not in departed]
            connection.executemany(statements.CAME_BACK, [{"of_document": one} for one in back])
            left = [{"of_document": document_id, "why": reason} for document_id, reason in departed.items()]
            connection.executemany(statements.TOUCH_DEPARTED, left)
            connection.executemany(statements.NOTE_DEPARTED, left)

    def waiting(self, now: datetime) -> list[str]:
        """The runs with claims that wait to be judged and are due."""
        with self.database.reading() as connection:
            return [
                row[0] for row in connection.execute(statements.WAITING, {"now": now.isoformat(timespec=_DIGITS)})
            ]

    def postponed(self, now: datetime) -> int:
        """How many claims wait for another try that is not due yet."""
        return self.database.number(statements.POSTPONED, {"now": now.isoformat(timespec=_DIGITS)})

    def touches(self, run_id: str, now: datetime) -> list[AffectedClaim]:
        """What the due claims of one run wait for."""
        asked = {"of_run": run_id, "now": now.isoformat(timespec=_DIGITS)}
        with self.database.reading() as connection:
            return [_touch(*row) for row in connection.execute(statements.TOUCHES, asked)]

    def settle(self, touches: Iterable[AffectedClaim]) -> None:
        """Ends the waiting of these."""
        rows = [{"of_run": one.run_id, "of_claim": one.claim_id, "of_document": one.document_id} for one in touches]
        with self.database.writing() as connection:
            connection.executemany(statements.SETTLE, rows)

    def postpone(self, touches: Sequence[AffectedClaim]) -> None:
        """Lets these wait on, with their failure and the time of the next try."""
        with self.database.writing() as connection:
            for one in touches:
                due = one.due_at.isoformat(timespec=_DIGITS) if one.due_at else None
                failure = one.failure.model_dump_json() if one.failure else None
                row = {"run_id": one.run_id, "claim_id": one.claim_id, "document_id": one.document_id}
                connection.execute(
                    statements.POSTPONE, row | {"failures": one.failures, "failure": failure, "due_at": due}
                )


def _touch(
    run_id: str, claim_id: str, document_id: str, failures: int, failure: str | None, due_at: str | None
) -> AffectedClaim:
    return AffectedClaim(
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
