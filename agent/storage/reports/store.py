"""Every finished report. Nothing is overwritten; a run can be deleted as a whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from pydantic import ValidationError

from agent.config import Settings
from agent.errors import BadInput, StoreError, UnknownClaim, UnknownRun
from agent.models import Finding, Label, Report, digest
from agent.storage import Connection, Database
from agent.storage.reports.database import open_database
from agent.storage.reports.records import Change, Correction, Recorded, Version

_LAST = "last"
# The words of claims are kept apart, for as long as a claim has them.
ORPHAN = "DELETE FROM keys WHERE key = ? AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.key = keys.key)"


class Reports:
    """Safe for several processes. Opened with `open_reports`; every method raises `StoreError` on a bad file."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def begin(self, run_id: str, looked_to: int, coverage: str | None = None) -> None:
        """Notes up to which arrival of which coverage store a run will have searched. What is noted first stays."""
        with self.database.writing() as connection:
            connection.execute(
                "INSERT INTO runs VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (run_id, looked_to, coverage)
            )

    def save(self, report: Report) -> bool:
        """Keeps a finished run as version 1; False when it is there already, and then nothing happens."""
        with self.database.writing() as connection:
            if self._latest(connection, report.run_id) is not None:
                return False
            self.begin(report.run_id, 0)
            self._insert(connection, report, 1)
            keyed = [_claim_row(report, finding) for finding in report.claims]
            texts = [(key_of(finding.text), finding.text) for finding in report.claims]
            connection.executemany("INSERT INTO claims VALUES (?, ?, ?, ?, ?)", keyed)
            connection.executemany("INSERT INTO keys (key, text) VALUES (?, ?) ON CONFLICT DO NOTHING", texts)
            unchecked = [(report.run_id, finding.id) for finding in report.claims if finding.failure]
            connection.executemany(
                "INSERT INTO touches (run_id, claim_id, document_id) VALUES (?, ?, '') ON CONFLICT DO NOTHING",
                unchecked,
            )
        return True

    def delete(self, run_id: str) -> None:
        """Takes out all that is kept of a run, its corrections too; what was never there is no error."""
        with self.database.writing() as connection:
            words = connection.execute("SELECT DISTINCT key FROM claims WHERE run_id = ?", (run_id,)).fetchall()
            # Also in tables that others add.
            for table in self.database.tables_with("run_id"):
                connection.execute(f"DELETE FROM {table} WHERE run_id = ?", (run_id,))
            connection.executemany(ORPHAN, words)

    def get(self, run_id: str, version: int | None = None) -> Report:
        """A version of a report, the latest when none is named; the run "last" is the one that ended last.

        Raises `UnknownRun`.
        """
        known = self.version(run_id, version)
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT report FROM versions WHERE run_id = ? AND version = ?", (known.run_id, known.version)
            ).fetchone()
        if row is None:
            raise UnknownRun(f"run {known.run_id!r} was deleted just now")
        return _report(row[0], known)

    def latest(self, run_id: str) -> tuple[int, Report]:
        """The latest version of a report, with its number, in one read. Raises `UnknownRun`."""
        query = "SELECT version, head, report FROM versions WHERE run_id = ? ORDER BY version DESC LIMIT 1"
        with self.database.reading() as connection:
            row = connection.execute(query, (run_id,)).fetchone()
        if row is None:
            raise UnknownRun(f"there is no finished run {run_id!r} among the reports")
        return int(row[0]), _report(row[2], Version.model_validate_json(row[1]))

    def version(self, run_id: str, version: int | None = None) -> Version:
        """As `get`, without the claims."""
        versions = self.versions(run_id)
        wanted = version if version is not None else versions[-1].version
        for one in versions:
            if one.version == wanted:
                return one
        raise UnknownRun(f"run {versions[0].run_id!r} has versions 1 to {len(versions)}, and no version {version}")

    def versions(self, run_id: str) -> list[Version]:
        """All versions of a report, first to last. Raises `UnknownRun`."""
        with self.database.reading() as connection:
            if run_id == _LAST:
                row = connection.execute(
                    "SELECT run_id FROM versions WHERE version = 1 ORDER BY rowid DESC LIMIT 1"
                ).fetchone()
                run_id = str(row[0]) if row else run_id
            rows = connection.execute("SELECT head FROM versions WHERE run_id = ? ORDER BY version", (run_id,))
            found = [Version.model_validate_json(head) for (head,) in rows]
        if not found:
            which = "finished run" if run_id == _LAST else f"finished run {run_id!r}"
            raise UnknownRun(f"there is no {which} among the reports; `isnad report list` shows what there is")
        return found

    def listing(self) -> list[Version]:
        """The latest version of every report, the run that ended last in front."""
        query = (
            "SELECT (SELECT head FROM versions l WHERE l.run_id = v.run_id ORDER BY version DESC LIMIT 1)"
            " FROM versions v WHERE version = 1 ORDER BY rowid DESC"
        )
        with self.database.reading() as connection:
            return [Version.model_validate_json(head) for (head,) in connection.execute(query)]

    def add_version(self, report: Report, changes: Sequence[Change], *, after: int) -> tuple[Recorded, ...] | None:
        """Keeps the next version and what changed; None when the latest is no longer the one it comes `after`."""
        with self.database.writing() as connection:
            if self._latest(connection, report.run_id) != after:
                return None
            self._insert(connection, report, after + 1)
            return tuple(self._record(connection, report.run_id, after + 1, change) for change in changes)

    def changes(self, run_id: str | None = None, *, since: int = 0) -> list[Recorded]:
        """What changed, in the order in which it did: of one run or of all, after the number `since`."""
        where, asked = _of(run_id)
        query = f"SELECT number, run_id, version, change FROM changes WHERE number > ? AND {where} ORDER BY number"
        with self.database.reading() as connection:
            rows = connection.execute(query, (since, *asked)).fetchall()
        return [
            _recorded(Change.model_validate_json(told), number, run, version) for number, run, version, told in rows
        ]

    def correct(
        self, run_id: str, claim_id: str, label: Label, reason: str, who: str, version: int | None = None
    ) -> Correction:
        """Keeps a person's word on a label, beside the report. Raises `UnknownRun`, `UnknownClaim`,
        `BadInput`."""
        reason, who = reason.strip(), who.strip()
        if not reason or not who:
            raise BadInput("a correction needs a reason and a name")
        known = self.version(run_id, version)
        findings = {finding.id: finding for finding in self.get(known.run_id, known.version).claims}
        if claim_id not in findings:
            raise UnknownClaim(
                f"run {known.run_id!r} has no claim {claim_id!r}; it has {', '.join(findings) or 'none'}"
            )
        told = (
            known.run_id,
            known.version,
            claim_id,
            findings[claim_id].label,
            label,
            reason,
            who,
            datetime.now(UTC).isoformat(),
        )
        columns = "run_id, version, claim_id, given, label, reason, who, corrected_at"
        with self.database.writing() as connection:
            number = connection.execute(
                f"INSERT INTO corrections ({columns}) VALUES (?,?,?,?,?,?,?,?) RETURNING number", told
            ).fetchone()[0]
        return _correction((number, *told))

    def corrections(self, run_id: str | None = None) -> list[Correction]:
        """What people corrected, first to last: of one run or of all."""
        where, asked = _of(run_id)
        query = f"SELECT * FROM corrections WHERE {where} ORDER BY number"
        with self.database.reading() as connection:
            return [_correction(row) for row in connection.execute(query, asked)]

    def _latest(self, connection: Connection, run_id: str) -> int | None:
        row = connection.execute("SELECT max(version) FROM versions WHERE run_id = ?", (run_id,)).fetchone()
        return int(row[0]) if row[0] is not None else None

    def _insert(self, connection: Connection, report: Report, version: int) -> None:
        head = Version.of(report, version, datetime.now(UTC)).model_dump_json()
        row = report.run_id, version, head, report.model_dump_json()
        connection.execute("INSERT INTO versions (run_id, version, head, report) VALUES (?, ?, ?, ?)", row)
        self._rest(connection, report)

    def _rest(self, connection: Connection, report: Report) -> None:
        """On which documents the findings of the latest version rest; what was known of them stays known."""
        query = "SELECT claim_id, document_id FROM rests WHERE run_id = ?"
        known = set(connection.execute(query, (report.run_id,)))
        rests = {
            (finding.id, item.passage.document_id)
            for finding in report.claims
            for item in finding.evidence
            if item.source == "coverage"
        } | {(finding.id, one.document_id) for finding in report.claims for one in finding.reviews}
        fallen = [(report.run_id, *one) for one in known - rests]
        connection.executemany("DELETE FROM rests WHERE run_id = ? AND claim_id = ? AND document_id = ?", fallen)
        fresh = [(report.run_id, *one) for one in rests - known]
        connection.executemany("INSERT INTO rests (run_id, claim_id, document_id) VALUES (?, ?, ?)", fresh)

    def _record(self, connection: Connection, run_id: str, version: int, change: Change) -> Recorded:
        number = connection.execute(
            "INSERT INTO changes (run_id, version, change) VALUES (?, ?, ?) RETURNING number",
            (run_id, version, change.model_dump_json()),
        ).fetchone()[0]
        return _recorded(change, number, run_id, version)


@contextmanager
def open_reports(settings: Settings) -> Iterator[Reports]:
    """The reports of an installation, their place made when it is not there; raises `StoreError`."""
    with open_database(settings) as database:
        yield Reports(database)


def _of(run_id: str | None) -> tuple[str, tuple[str, ...]]:
    return ("TRUE", ()) if run_id is None else ("run_id = ?", (run_id,))


def key_of(text: str) -> str:
    """What stands for a claim's words in the index: the same words have one vector."""
    return digest(text)[:24]


def _claim_row(report: Report, finding: Finding) -> tuple[str | None, ...]:
    published, event = report.article.published_at, finding.event_date
    days = published.isoformat() if published else None, event.isoformat() if event else None
    return report.run_id, finding.id, key_of(finding.text), *days


def _report(stored: str, known: Version) -> Report:
    try:
        return Report.model_validate_json(stored)
    except ValidationError as err:
        raise StoreError(
            f"version {known.version} of run {known.run_id!r} cannot be read back: {err.errors()[0]['msg']}"
        ) from err


def _recorded(change: Change, number: int, run_id: str, version: int) -> Recorded:
    return Recorded(**dict(change), number=number, run_id=run_id, version=version)


def _correction(row: tuple[object, ...]) -> Correction:
    return Correction.model_validate(dict(zip(Correction.model_fields, row, strict=True)))
