"""Every set of tables, with its version, and the statements that bring tables of earlier versions to it.

What is changed in `agent.storage.tables` gets the next version here, and an upgrade from the one before:
tests/storage/test_schema.py holds both. The tables of keys are made in `agent.storage.key_database`. Those of
checkpoints and of jobs are LangGraph's and DBOS's, which upgrade them themselves.
"""

from sqlalchemy import insert

from agent.storage.interface import UNNUMBERED, Layout
from agent.storage.tables import answers, catalogue, reports, service

COVERAGE = Layout(
    name="coverage catalogue",
    key="catalogue",
    version="7",
    otherwise="Use that version, or name {elsewhere}.",
    tables=catalogue.CATALOGUE,
    in_file=catalogue.IN_FILE,
    on_server=catalogue.ON_SERVER,
    on_server_first=insert(catalogue.totals).values(texts=0, words=0),
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
)

REPORTS = Layout(
    name="reports in",
    key="reports",
    version="3",
    otherwise="Use that version to read it, or name {elsewhere}.",
    tables=reports.REPORTS,
    upgrades={
        "2": "CREATE TABLE untold_edits (run_id TEXT NOT NULL, version INTEGER NOT NULL, edited TEXT NOT NULL,"
        " PRIMARY KEY (run_id, version))",
    },
)

THREADS = Layout(
    name="list of chats in",
    key="threads",
    version="1",
    otherwise="Use that version to read it, or name {elsewhere}.",
    tables=service.THREADS,
)

SESSIONS = Layout(
    name="ended sessions in",
    key="signed_out",
    version="1",
    otherwise="Use that version, or name {elsewhere}.",
    tables=service.SESSIONS,
)

SHARES = Layout(
    name="links to reports in",
    key="shares",
    version="1",
    otherwise="Use that version, or name {elsewhere}.",
    tables=service.SHARES,
)

LIMITS = Layout(
    name="limits of the endpoints in",
    key="limits",
    version="1",
    otherwise="Use that version, or name {elsewhere}.",
    tables=service.LIMITS,
)

# What an answer takes beside its bytes, about.
ANSWER_ROW = 120
ANSWERS = Layout(
    name="answer cache",
    key="answers",
    version="1",
    otherwise="Name {elsewhere}, or set ISNAD_ANSWER_CACHE_MB=0.",
    tables=answers.ANSWERS,
    first=insert(answers.size).values(bytes=0),
    upgrades={
        UNNUMBERED: f"""
CREATE TABLE size (bytes BIGINT NOT NULL);
INSERT INTO size SELECT coalesce(sum(length(value) + {ANSWER_ROW}), 0) FROM answers
"""
    },
    may_be_lost="a damaged one can be deleted: answers are asked for again, nothing else is lost",
)

RATES = Layout(
    name="rates of the keys in",
    key="rates",
    version="1",
    otherwise="Use that version, or name {elsewhere}.",
    on_server=service.RATES,
)

SECRETS = Layout(name="secrets in", key="secrets", version="1", otherwise="Name {elsewhere}.")
