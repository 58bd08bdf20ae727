"""Keeps every finished report. No version is overwritten; a run can be deleted as a whole."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from pydantic import ValidationError

from agent.config import Settings
from agent.errors import BadInput, StoreError, UnknownClaim, UnknownRun
from agent.models import Finding, Label, Report, digest
from agent.storage import Connection, Database
from agent.storage.reports import statements
from agent.storage.reports.database import open_database
from agent.storage.reports.records import Change, Correction, EditRecord, Recorded, Version
from agent.storage.tables.reports import corrections

_LAST = "last"


class Reports:
    """The reports of an installation; open them with `open_reports`. Safe for several processes. Every method raises
    `StoreError` for a file that cannot be used."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def begin(self, run_id: str, looked_to: int, coverage: str | None = None) -> None:
        """Notes up to which arrival of which coverage store a run searches. What was noted first stays."""
        with self.database.writing() as connection:
            connection.execute(statements.BEGIN, {"run_id": run_id, "looked_to": looked_to, "coverage": coverage})

    def save(self, report: Report) -> bool:
        """Keeps a finished run as version 1. Returns False where it is kept already, and changes nothing then."""
        with self.database.writing() as connection:
            if self._latest(connection, report.run_id) is not None:
                return False
            self.begin(report.run_id, 0)
            self._insert(connection, report, 1)
            self._insert_claims(connection, report, report.claims)
            unchecked = [_claim_of(report.run_id, finding.id) for finding in report.claims if finding.failure]
            connection.executemany(statements.ADD_TOUCH, unchecked)
        return True

    def delete(self, run_id: str) -> None:
        """Deletes everything that is kept of a run, also its corrections. A run that never existed is no error."""
        with self.database.writing() as connection:
            keys = connection.execute(statements.RUNS_KEYS, {"of_run": run_id}).fetchall()
            for statement in statements.DELETE_RUN:
                connection.execute(statement, {"of_run": run_id})
            connection.executemany(statements.DELETE_ORPHAN, [{"of_key": key} for (key,) in keys])

    def get(self, run_id: str, version: int | None = None) -> Report:
        """A version of a report, the latest where none is named. The run "last" is the one that ended last. Raises
        `UnknownRun`."""
        known = self.version(run_id, version)
        with self.database.reading() as connection:
            row = connection.execute(
                statements.REPORT, {"of_run": known.run_id, "of_version": known.version}
            ).fetchone()
        if row is None:
            raise UnknownRun(f"run {known.run_id!r} was deleted just now")
        return _report(row[0], known)

    def latest(self, run_id: str) -> tuple[int, Report]:
        """The latest version of a report, with its number, in one read. Raises `UnknownRun`."""
        with self.database.reading() as connection:
            row = connection.execute(statements.LATEST, {"of_run": run_id}).fetchone()
        if row is None:
            raise UnknownRun(f"there is no finished run {run_id!r} among the reports")
        return int(row[0]), _report(row[2], Version.model_validate_json(row[1]))

    def version(self, run_id: str, version: int | None = None) -> Version:
        """The same as `get`, without the claims."""
        versions = self.versions(run_id)
        wanted = version if version is not None else versions[-1].version
        for one in versions:
            if one.version == wanted:
                return one
        raise UnknownRun(f"run {versions[0].run_id!r} has versions 1 to {len(versions)}, and no version {version}")

    def versions(self, run_id: str) -> list[Version]:
        """All versions of a report, the oldest first. Raises `UnknownRun`."""
        with self.database.reading() as connection:
            if run_id == _LAST:
                row = connection.execute(statements.ENDED_LAST).fetchone()
                run_id = str(row[0]) if row else run_id
            rows = connection.execute(statements.HEADS, {"of_run": run_id})
            found = [Version.model_validate_json(head) for (head,) in rows]
        if not found:
            which = "finished run" if run_id == _LAST else f"finished run {run_id!r}"
            raise UnknownRun(f"there is no {which} among the reports; `isnad report list` shows what there is")
        return found

    def listing(self) -> list[Version]:
        """The latest version of every report, the run that ended last first."""
        with self.database.reading() as connection:
            return [Version.model_validate_json(head) for (head,) in connection.execute(statements.LISTING)]

    def add_version(self, report: Report, changes: Sequence[Change], *, after: int) -> tuple[Recorded, ...] | None:
        """Keeps the next version and what changed in it. Returns None where the latest version is not the one that it
        comes `after`."""
        with self.database.writing() as connection:
            if self._latest(connection, report.run_id) != after:
                return None
            self._insert(connection, report, after + 1)
            return tuple(self._record(connection, report.run_id, after + 1, change) for change in changes)

    def looked_to(self, run_id: str) -> int:
        """Up to which arrival the watch has looked for the claims of a report. 0 where it has not."""
        with self.database.reading() as connection:
            row = connection.execute(statements.LOOKED_TO, {"of_run": run_id}).fetchone()
        return row[0] if row else 0

    def add_edited(self, report: Report, touched: Collection[str], *, after: int, looked_to: int) -> bool:
        """Keeps the next version, in which a person edited the `touched` claims. The watch looks for these from now
        on, for what comes after the arrival `looked_to`. Whoever asked for the report has still to be notified: see
        `unannounced_edits`. Returns False where the latest version is not the one that it comes `after`."""
        with self.database.writing() as connection:
            if self._latest(connection, report.run_id) != after:
                return False
            self._insert(connection, report, after + 1)
            ids = [{"of_run": report.run_id, "of_claim": claim_id} for claim_id in touched]
            found = [row for one in ids for row in connection.execute(statements.CLAIM_KEY, one).fetchall()]
            for statement in statements.DELETE_CLAIM:
                connection.executemany(statement, ids)
            self._insert_claims(connection, report, [one for one in report.claims if one.id in touched])
            connection.executemany(statements.DELETE_ORPHAN, [{"of_key": key} for (key,) in found])
            last = EditRecord.of_last(report)
            row = {"run_id": last.run_id, "version": last.version, "edited": last.model_dump_json()}
            connection.execute(statements.ADD_UNTOLD, row)
            # A look that came while they were checked looked for what they were before.
            connection.execute(statements.LOOK_AGAIN, {"of_run": report.run_id, "up_to": looked_to})
        return True

    def unannounced_edits(self) -> list[EditRecord]:
        """The edits that nobody was notified of yet, those of one report in their order."""
        with self.database.reading() as connection:
            return [EditRecord.model_validate_json(edited) for (edited,) in connection.execute(statements.UNTOLD)]

    def mark_announced(self, edit: EditRecord) -> None:
        """Notes that everybody was notified of an edit, or that a job will do it."""
        with self.database.writing() as connection:
            connection.execute(statements.DELETE_UNTOLD, {"of_run": edit.run_id, "of_version": edit.version})

    def changes(self, run_id: str | None = None, *, since: int = 0) -> list[Recorded]:
        """What changed in the reports of one run or of all, in the order in which it did, after the number
        `since`."""
        query, asked = (statements.ALL_CHANGES, {}) if run_id is None else (statements.CHANGES, {"of_run": run_id})
        with self.database.reading() as connection:
            rows = connection.execute(query, {"since": since, **asked}).fetchall()
        return [
            _recorded(Change.model_validate_json(change), number, run, version)
            for number, run, version, change in rows
        ]

    def correct(
        self, run_id: str, claim_id: str, label: Label, reason: str, who: str, version: int | None = None
    ) -> Correction:
        """Keeps a person's word on a label, beside the report. Raises `UnknownRun`, `UnknownClaim`, `BadInput`."""
        reason, who = reason.strip(), who.strip()
        if not reason or not who:
            raise BadInput("a correction needs a reason and a name")
        known = self.version(run_id, version)
        findings = {finding.id: finding for finding in self.get(known.run_id, known.version).claims}
        if claim_id not in findings:
            raise UnknownClaim(
                f"run {known.run_id!r} has no claim {claim_id!r}; it has {', '.join(findings) or 'none'}"
            )
        row = {
            "run_id": known.run_id,
            "version": known.version,
            "claim_id": claim_id,
            "given": findings[claim_id].label,
            "label": label,
            "reason": reason,
            "who": who,
            "corrected_at": datetime.now(UTC).isoformat(),
        }
        with self.database.writing() as connection:
            number = connection.execute(statements.ADD_CORRECTION, row).fetchone()[0]
        return Correction.model_validate({"number": number, **row})

    def corrections(self, run_id: str | None = None) -> list[Correction]:
        """The corrections of one run or of all, the oldest first."""
        query, asked = (
            (statements.ALL_CORRECTIONS, {}) if run_id is None else (statements.CORRECTIONS, {"of_run": run_id})
        )
        with self.database.reading() as connection:
            return [_correction(row) for row in connection.execute(query, asked)]

    def _latest(self, connection: Connection, run_id: str) -> int | None:
        row = connection.execute(statements.LATEST_NUMBER, {"of_run": run_id}).fetchone()
        return int(row[0]) if row[0] is not None else None

    def _insert(self, connection: Connection, report: Report, version: int) -> None:
        head = Version.of(report, version, datetime.now(UTC)).model_dump_json()
        row = {"run_id": report.run_id, "version": version, "head": head, "report": report.model_dump_json()}
        connection.execute(statements.ADD_VERSION, row)
        self._rest(connection, report)

    def _insert_claims(self, connection: Connection, report: Report, findings: Sequence[Finding]) -> None:
        """What the watch and the search of past claims know of a report."""
        connection.executemany(statements.ADD_CLAIM, [_claim_row(report, finding) for finding in findings])
        texts = [{"key": key_of(finding.text), "text": finding.text} for finding in findings]
        connection.executemany(statements.ADD_KEY, texts)

    def _rest(self, connection: Connection, report: Report) -> None:
        """On which documents the findings of the latest version rest; what was known of them stays known."""
        known = set(connection.execute(statements.RESTS, {"of_run": report.run_id}))
        rests = {
            (finding.id, item.passage.document_id)
            for finding in report.claims
            for item in finding.evidence
            if item.source == "coverage"
        } | {(finding.id, one.document_id) for finding in report.claims for one in finding.reviews}
        fallen = [
            {"of_run": report.run_id, "of_claim": claim, "of_document": document} for claim, document in known - rests
        ]
        connection.executemany(statements.DELETE_REST, fallen)
        fresh = [_claim_of(report.run_id, claim, document) for claim, document in rests - known]
        connection.executemany(statements.ADD_REST, fresh)

    def _record(self, connection: Connection, run_id: str, version: int, change: Change) -> Recorded:
        row = {"run_id": run_id, "version": version, "change": change.model_dump_json()}
        number = connection.execute(statements.ADD_CHANGE, row).fetchone()[0]
        return _recorded(change, number, run_id, version)


@contextmanager
def open_reports(settings: Settings) -> Iterator[Reports]:
    """Opens the reports of an installation, and makes their tables where there are none. Raises `StoreError`."""
    with open_database(settings) as database:
        yield Reports(database)


def key_of(text: str) -> str:
    """A key of a claim's words. Claims with the same words have one vector in the index."""
    return digest(text)[:24]


def _claim_row(report: Report, finding: Finding) -> dict[str, str | None]:
    published, event = report.article.published_at, finding.event_date
    return {
        "run_id": report.run_id,
        "claim_id": finding.id,
        "key": key_of(finding.text),
        "published": published.isoformat() if published else None,
        "event": event.isoformat() if event else None,
    }


def _claim_of(run_id: str, claim_id: str, document_id: str = "") -> dict[str, str]:
    return {"run_id": run_id, "claim_id": claim_id, "document_id": document_id}


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
    return Correction.model_validate(dict(zip(corrections.c.keys(), row, strict=True)))
