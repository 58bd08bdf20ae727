"""Reports, their versions and corrections, and what the watch remembers of their claims."""

from sqlalchemy import BigInteger, Column, Identity, Index, MetaData, Table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn
from sqlalchemy.sql.compiler import DDLCompiler

from agent.storage.tables.columns import COUNTED, KEYED, PLAIN, big, identity, integer, maybe_text, text

REPORTS = MetaData()

runs = Table("runs", REPORTS, text("run_id", key=True), big("looked_to"), maybe_text("coverage"), **PLAIN)

# In the order of arrival. SQLite has such numbers by itself.
_ARRIVAL = "rowid"
versions = Table(
    "versions",
    REPORTS,
    text("run_id", key=True),
    integer("version", key=True),
    text("head"),
    text("report"),
    Column(_ARRIVAL, BigInteger, Identity(always=True)),
    **PLAIN,
)

changes = Table(
    "changes",
    REPORTS,
    identity("number"),
    text("run_id"),
    integer("version"),
    text("change"),
    Index("changes_by_run", "run_id"),
    **COUNTED,
)

corrections = Table(
    "corrections",
    REPORTS,
    identity("number"),
    text("run_id"),
    integer("version"),
    text("claim_id"),
    maybe_text("given"),
    text("label"),
    text("reason"),
    text("who"),
    text("corrected_at"),
    Index("corrections_by_run", "run_id"),
    **COUNTED,
)

# The edits that nobody was told of yet.
unannounced_edits = Table(
    "untold_edits",
    REPORTS,
    text("run_id", key=True),
    integer("version", key=True),
    text("edited"),
    **KEYED,
)

keys = Table("keys", REPORTS, text("key", key=True), text("text"), maybe_text("space"), **KEYED)

claims = Table(
    "claims",
    REPORTS,
    text("run_id", key=True),
    text("claim_id", key=True),
    text("key"),
    maybe_text("published"),
    maybe_text("event"),
    Index("claims_by_key", "key"),
    **KEYED,
)

touches = Table(
    "touches",
    REPORTS,
    text("run_id", key=True),
    text("claim_id", key=True),
    text("document_id", key=True),
    integer("failures", default=0),
    maybe_text("failure"),
    maybe_text("due_at"),
    **KEYED,
)

rests = Table(
    "rests",
    REPORTS,
    text("run_id", key=True),
    text("claim_id", key=True),
    text("document_id", key=True),
    maybe_text("departed"),
    Index("rests_by_document", "document_id"),
    **KEYED,
)


@compiles(CreateColumn, "sqlite")
def _without_arrival(create: CreateColumn, compiler: DDLCompiler, **options: object) -> str | None:
    if create.element.name == _ARRIVAL:
        return None
    return str(compiler.visit_create_column(create, **options))  # type: ignore[no-untyped-call]  # SQLAlchemy's own
