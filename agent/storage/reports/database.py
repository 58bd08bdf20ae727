"""The tables of reports."""

from collections.abc import Iterator
from contextlib import contextmanager

from agent.config import Settings
from agent.storage import Database, Layout
from agent.storage import open_database as open_tables

_LAYOUT = Layout(
    name="reports in",
    key="reports",
    version="2",
    otherwise="Use that version to read it, or name {elsewhere}.",
    tables="""
CREATE TABLE runs (run_id TEXT PRIMARY KEY, looked_to BIGINT NOT NULL, coverage TEXT);
CREATE TABLE versions (
    run_id TEXT NOT NULL, version INTEGER NOT NULL, head TEXT NOT NULL, report TEXT NOT NULL,
    PRIMARY KEY (run_id, version){arrival}
);
CREATE TABLE changes (
    number {identity}, run_id TEXT NOT NULL, version INTEGER NOT NULL, change TEXT NOT NULL
);
CREATE INDEX changes_by_run ON changes (run_id);
CREATE TABLE corrections (
    number {identity}, run_id TEXT NOT NULL, version INTEGER NOT NULL,
    claim_id TEXT NOT NULL, given TEXT, label TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL,
    corrected_at TEXT NOT NULL
);
CREATE INDEX corrections_by_run ON corrections (run_id);
CREATE TABLE keys (key TEXT PRIMARY KEY, text TEXT NOT NULL, space TEXT) {keyed};
CREATE TABLE claims (
    run_id TEXT NOT NULL, claim_id TEXT NOT NULL, key TEXT NOT NULL, published TEXT, event TEXT,
    PRIMARY KEY (run_id, claim_id)
) {keyed};
CREATE INDEX claims_by_key ON claims (key);
CREATE TABLE touches (
    run_id TEXT NOT NULL, claim_id TEXT NOT NULL, document_id TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, failure TEXT, due_at TEXT,
    PRIMARY KEY (run_id, claim_id, document_id)
) {keyed};
CREATE TABLE rests (
    run_id TEXT NOT NULL, claim_id TEXT NOT NULL, document_id TEXT NOT NULL, departed TEXT,
    PRIMARY KEY (run_id, claim_id, document_id)
) {keyed};
CREATE INDEX rests_by_document ON rests (document_id);
""",
)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The tables of the reports; see `agent.storage.open_database`."""
    with open_tables(settings, _LAYOUT) as database:
        yield database
