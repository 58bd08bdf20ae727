"""The SQLite file of the coverage store: its tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.sqlite import Database, Layout
from agent.sqlite import open_database as open_file

_LAYOUT = Layout(
    name="coverage catalogue",
    version="3",
    otherwise="Name another folder in ISNAD_DATA_DIR, and add the documents there.",
    tables="""
CREATE TABLE documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, url TEXT, outlet TEXT, title TEXT, author TEXT,
    canonical_url TEXT, published_at TEXT, language TEXT NOT NULL, text TEXT NOT NULL, page TEXT, day TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'superseded', 'withdrawn')),
    reason TEXT, added_at TEXT NOT NULL
);
CREATE INDEX documents_by_day ON documents (day);
CREATE INDEX documents_by_page ON documents (page);
CREATE INDEX documents_pending ON documents (state) WHERE state = 'pending';
CREATE TABLE passages (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (document_id, number)
) WITHOUT ROWID;
CREATE INDEX passages_by_key ON passages (key);
CREATE TABLE texts (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, terms TEXT NOT NULL);
CREATE VIRTUAL TABLE texts_index USING fts5 (
    terms, content='texts', content_rowid='id', tokenize="ascii tokenchars '_'"
);
CREATE VIRTUAL TABLE texts_terms USING fts5vocab (texts_index, row);
CREATE TABLE fetched (
    url TEXT PRIMARY KEY, page TEXT, etag TEXT, last_modified TEXT, told TEXT, looked_at TEXT NOT NULL
);
CREATE TABLE followed (
    url TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT, every INTEGER NOT NULL, added_at TEXT NOT NULL,
    looked_at TEXT, due_at TEXT NOT NULL, failures INTEGER NOT NULL, error TEXT, etag TEXT, last_modified TEXT
);
CREATE TABLE copies (
    document INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE, place INTEGER NOT NULL, of INTEGER,
    head INTEGER NOT NULL, why TEXT, shared REAL, changed TEXT, runs INTEGER NOT NULL, kept INTEGER NOT NULL
);
CREATE INDEX copies_by_head ON copies (head, place);
CREATE INDEX copies_by_original ON copies (of);
CREATE TABLE places (
    document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, place INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE sketches (
    run INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (run, document)
) WITHOUT ROWID;
CREATE TABLE pages (
    page TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (page, document)
) WITHOUT ROWID;
""",
)


@contextmanager
def open_database(path: Path) -> Iterator[Database]:
    """The file of a store; see `agent.sqlite.open_database`."""
    with open_file(path, _LAYOUT) as database:
        yield database
