"""The SQLite file of reports: its tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from agent.config import Settings
from agent.sqlite import Database, Layout
from agent.sqlite import open_database as open_file

_FILE = "reports.sqlite"
_LAYOUT = Layout(
    name="reports in",
    version="2",
    otherwise="Use that version to read it, or name another folder in ISNAD_DATA_DIR.",
    tables="""
CREATE TABLE runs (run_id TEXT PRIMARY KEY, looked_to INTEGER NOT NULL, coverage TEXT);
CREATE TABLE versions (
    run_id TEXT NOT NULL, version INTEGER NOT NULL, head TEXT NOT NULL, report TEXT NOT NULL,
    PRIMARY KEY (run_id, version)
);
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, version INTEGER NOT NULL, change TEXT NOT NULL
);
CREATE INDEX changes_by_run ON changes (run_id);
CREATE TABLE corrections (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, version INTEGER NOT NULL,
    claim_id TEXT NOT NULL, given TEXT, label TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL,
    corrected_at TEXT NOT NULL
);
CREATE INDEX corrections_by_run ON corrections (run_id);
CREATE TABLE keys (key TEXT PRIMARY KEY, text TEXT NOT NULL, space TEXT) WITHOUT ROWID;
CREATE TABLE claims (
    run_id TEXT NOT NULL, claim_id TEXT NOT NULL, key TEXT NOT NULL, published TEXT, event TEXT,
    PRIMARY KEY (run_id, claim_id)
) WITHOUT ROWID;
CREATE INDEX claims_by_key ON claims (key);
CREATE TABLE touches (
    run_id TEXT NOT NULL, claim_id TEXT NOT NULL, document_id TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, failure TEXT, due_at TEXT,
    PRIMARY KEY (run_id, claim_id, document_id)
) WITHOUT ROWID;
CREATE TABLE rests (
    run_id TEXT NOT NULL, claim_id TEXT NOT NULL, document_id TEXT NOT NULL, departed TEXT,
    PRIMARY KEY (run_id, claim_id, document_id)
) WITHOUT ROWID;
CREATE INDEX rests_by_document ON rests (document_id);
""",
)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The tables of the reports; see `agent.sqlite.open_database`."""
    with open_file(settings.data_dir / _FILE, _LAYOUT) as database:
        yield database
