"""Every set of tables that Isnad keeps, declared once, and how what an earlier version made is brought to it.

What is changed here is given the next version and an upgrade from the one before: tests/storage/test_schema.py holds
both. The tables of keys stand in `agent.storage.keys`; those of checkpoints and of jobs are LangGraph's and DBOS's,
which bring them up themselves.
"""

from agent.storage.interface import UNNUMBERED, Layout

COVERAGE = Layout(
    name="coverage catalogue",
    key="catalogue",
    version="7",
    otherwise="Use that version, or name {elsewhere}.",
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
CREATE TABLE vectors (key TEXT PRIMARY KEY, packed BYTEA NOT NULL);
CREATE TABLE words_log (id BIGINT PRIMARY KEY);
""",
    in_file="""
CREATE INDEX documents_by_page ON documents (page);
CREATE TABLE pages (
    page TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (page, document)
) WITHOUT ROWID;
CREATE TABLE texts (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, terms TEXT NOT NULL)
""",
    upgrades={
        # Word runs had other numbers. Who copied whom is found anew by the reindexing that is then asked for.
        "3": "DELETE FROM copies; DELETE FROM sketches; DELETE FROM pages;"
        " UPDATE facts SET value = 'of layout 3' WHERE name = 'splitter'",
        "4": "ALTER TABLE documents ADD COLUMN provenance TEXT NOT NULL DEFAULT '{}'",
        "5": "CREATE TABLE sentences (key TEXT PRIMARY KEY, width INTEGER NOT NULL, vectors BYTEA NOT NULL)",
        "6": "CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, packed BYTEA NOT NULL);"
        " CREATE TABLE IF NOT EXISTS words_log (id BIGINT PRIMARY KEY);"
        " DROP TABLE IF EXISTS texts_terms; DROP TABLE IF EXISTS texts_index",
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

REPORTS = Layout(
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

THREADS = Layout(
    name="list of chats in",
    key="threads",
    version="1",
    otherwise="Use that version to read it, or name {elsewhere}.",
    tables="""
CREATE TABLE threads (
    owner TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, run_id TEXT, created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL, PRIMARY KEY (owner, id)
)
""",
)

SESSIONS = Layout(
    name="ended sessions in",
    key="signed_out",
    version="1",
    otherwise="Use that version, or name {elsewhere}.",
    tables="CREATE TABLE ended (session TEXT PRIMARY KEY, at BIGINT NOT NULL)",
)

SHARES = Layout(
    name="links to reports in",
    key="shares",
    version="1",
    otherwise="Use that version, or name {elsewhere}.",
    tables="""
CREATE TABLE shares (
    id TEXT PRIMARY KEY, run_id TEXT NOT NULL, made_by TEXT NOT NULL, made_at BIGINT NOT NULL, until BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX shares_by_run ON shares (run_id)
""",
)

LIMITS = Layout(
    name="limits of the endpoints in",
    key="limits",
    version="1",
    otherwise="Use that version, or name {elsewhere}.",
    tables="""
CREATE TABLE taken (number {identity}, endpoint TEXT NOT NULL, at BIGINT NOT NULL, tokens BIGINT NOT NULL);
CREATE INDEX taken_by_endpoint ON taken (endpoint, at)
""",
)

# What an answer takes beside its bytes, about.
ANSWER_ROW = 120
_SIZES = f"""
CREATE TABLE size (bytes BIGINT NOT NULL);
INSERT INTO size SELECT coalesce(sum(length(value) + {ANSWER_ROW}), 0) FROM answers
"""
ANSWERS = Layout(
    name="answer cache",
    key="answers",
    version="1",
    otherwise="Name {elsewhere}, or set ISNAD_ANSWER_CACHE_MB=0.",
    tables=f"""
CREATE TABLE answers (key BYTEA PRIMARY KEY, value BYTEA NOT NULL, used DOUBLE PRECISION NOT NULL);
CREATE INDEX answers_by_use ON answers (used);
{_SIZES}
""",
    upgrades={UNNUMBERED: _SIZES},
    may_be_lost="a damaged one can be deleted: answers are asked for again, nothing else is lost",
)

RATES = Layout(
    name="rates of the keys in",
    key="rates",
    version="1",
    otherwise="Use that version, or name {elsewhere}.",
    tables="",
    # Half of a page stays free, so that a row is written anew where it stands.
    on_server="""
CREATE UNLOGGED TABLE asked (key TEXT PRIMARY KEY, second BIGINT NOT NULL, counts INTEGER[] NOT NULL)
    WITH (fillfactor = 50)
""",
)

SECRETS = Layout(name="secrets in", key="secrets", version="1", otherwise="Name {elsewhere}.", tables="")
