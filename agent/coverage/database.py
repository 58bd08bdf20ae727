"""The tables of the coverage store."""

from collections.abc import Iterator
from contextlib import contextmanager

from agent.config import Settings
from agent.database import Database, Layout
from agent.database import open_database as open_tables

LAYOUT = Layout(
    name="coverage catalogue",
    key="catalogue",
    version="6",
    otherwise="Name {elsewhere}, and add the documents there.",
    tables="""
CREATE TABLE documents (
    seq {identity}, id TEXT NOT NULL UNIQUE, url TEXT, outlet TEXT, title TEXT, author TEXT,
    canonical_url TEXT, published_at TEXT, language TEXT NOT NULL, text TEXT NOT NULL, page TEXT, day TEXT,
    provenance TEXT NOT NULL DEFAULT '{{}}',
    state TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'superseded', 'withdrawn')),
    reason TEXT, added_at TEXT NOT NULL
);
CREATE INDEX documents_by_day ON documents (day);
CREATE INDEX documents_pending ON documents (state) WHERE state = 'pending';
CREATE TABLE passages (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (document_id, number)
) {keyed};
CREATE INDEX passages_by_key ON passages (key);
CREATE TABLE fetched (
    url TEXT PRIMARY KEY, page TEXT, etag TEXT, last_modified TEXT, told TEXT, looked_at TEXT NOT NULL
);
CREATE TABLE followed (
    url TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT, every INTEGER NOT NULL, added_at TEXT NOT NULL,
    looked_at TEXT, due_at TEXT NOT NULL, failures INTEGER NOT NULL, error TEXT, etag TEXT, last_modified TEXT
);
CREATE TABLE copies (
    document BIGINT PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE, place BIGINT NOT NULL, of BIGINT,
    head BIGINT NOT NULL, why TEXT, shared DOUBLE PRECISION, changed TEXT,
    runs INTEGER NOT NULL, kept INTEGER NOT NULL
);
CREATE INDEX copies_by_head ON copies (head, place);
CREATE INDEX copies_by_original ON copies (of);
CREATE TABLE places (
    document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, place BIGINT NOT NULL
) {keyed};
CREATE TABLE sketches (
    run BIGINT NOT NULL, document BIGINT NOT NULL, PRIMARY KEY (run, document)
) {keyed};
CREATE TABLE sentences (key TEXT PRIMARY KEY, width INTEGER NOT NULL, vectors BYTEA NOT NULL);
""",
    in_file="""
CREATE INDEX documents_by_page ON documents (page);
CREATE TABLE pages (
    page TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (page, document)
) WITHOUT ROWID;
CREATE TABLE texts (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, terms TEXT NOT NULL);
CREATE VIRTUAL TABLE texts_index USING fts5 (
    terms, content='texts', content_rowid='id', tokenize="ascii tokenchars '_'"
);
CREATE VIRTUAL TABLE texts_terms USING fts5vocab (texts_index, row)
""",
    upgrades={
        "4": "ALTER TABLE documents ADD COLUMN provenance TEXT NOT NULL DEFAULT '{}'",
        "5": "CREATE TABLE sentences (key TEXT PRIMARY KEY, width INTEGER NOT NULL, vectors BYTEA NOT NULL)",
    },
    # An address may be longer than what an index of PostgreSQL that is in order takes.
    on_server="""
CREATE INDEX documents_by_page ON documents USING hash (page);
CREATE TABLE pages (page TEXT NOT NULL, document BIGINT NOT NULL);
CREATE INDEX pages_by_page ON pages USING hash (page);
CREATE UNIQUE INDEX pages_once ON pages (hashtextextended(page, 0), document);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, terms TEXT NOT NULL, length INTEGER NOT NULL
);
CREATE TABLE vocabulary (
    id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, term TEXT NOT NULL UNIQUE, texts INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE postings (
    term INTEGER NOT NULL, text INTEGER NOT NULL, frequency INTEGER NOT NULL, length INTEGER NOT NULL,
    PRIMARY KEY (term, text) INCLUDE (frequency, length)
);
CREATE TABLE totals (texts BIGINT NOT NULL, words BIGINT NOT NULL);
INSERT INTO totals VALUES (0, 0)
""",
)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The tables of a store; see `agent.database.open_database`."""
    with open_tables(settings, LAYOUT) as database:
        yield database
