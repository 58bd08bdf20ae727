"""The coverage: its documents and passages, who copied whom, what is followed and fetched, and the words of its
passages."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    func,
)
from sqlalchemy import text as sql

from agent.storage.tables.columns import (
    COUNTED,
    KEYED,
    ON_SERVER_ALONE,
    PLAIN,
    big,
    binary,
    identity,
    integer,
    maybe_big,
    maybe_real,
    maybe_text,
    text,
)

CATALOGUE = MetaData()
# What one of the two databases has alone.
IN_FILE, ON_SERVER = MetaData(), MetaData()

_PENDING = sql("state = 'pending'")
documents = Table(
    "documents",
    CATALOGUE,
    identity("seq"),
    text("id", unique=True),
    maybe_text("url"),
    maybe_text("outlet"),
    maybe_text("title"),
    maybe_text("author"),
    maybe_text("canonical_url"),
    maybe_text("published_at"),
    text("language"),
    text("text"),
    maybe_text("page"),
    maybe_text("day"),
    text("provenance", default="{}"),
    text("state"),
    maybe_text("reason"),
    text("added_at"),
    CheckConstraint("state IN ('pending', 'ready', 'superseded', 'withdrawn')"),
    Index("documents_by_day", "day"),
    Index("documents_pending", "state", sqlite_where=_PENDING, postgresql_where=_PENDING),
    # An address may be longer than what an index of PostgreSQL that is in order takes.
    Index("documents_by_page", "page", postgresql_using="hash"),
    **COUNTED,
)

passages = Table(
    "passages",
    CATALOGUE,
    Column("document_id", ForeignKey(documents.c.id, ondelete="CASCADE"), primary_key=True, nullable=False),
    integer("number", key=True),
    integer("start"),
    integer("end"),
    text("key"),
    Index("passages_by_key", "key"),
    **KEYED,
)

fetched = Table(
    "fetched",
    CATALOGUE,
    text("url", key=True),
    maybe_text("page"),
    maybe_text("etag"),
    maybe_text("last_modified"),
    maybe_text("told"),
    text("looked_at"),
    **PLAIN,
)

followed = Table(
    "followed",
    CATALOGUE,
    text("url", key=True),
    text("kind"),
    maybe_text("title"),
    integer("every"),
    text("added_at"),
    maybe_text("looked_at"),
    text("due_at"),
    integer("failures"),
    maybe_text("error"),
    maybe_text("etag"),
    maybe_text("last_modified"),
    **PLAIN,
)

copies = Table(
    "copies",
    CATALOGUE,
    Column(
        "document", BigInteger, ForeignKey(documents.c.seq, ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    big("place"),
    maybe_big("of"),
    big("head"),
    maybe_text("why"),
    maybe_real("shared"),
    maybe_text("changed"),
    integer("runs"),
    integer("kept"),
    Index("copies_by_head", "head", "place"),
    Index("copies_by_original", "of"),
    **PLAIN,
)

places = Table(
    "places",
    CATALOGUE,
    Column("document_id", ForeignKey(documents.c.id, ondelete="CASCADE"), primary_key=True, nullable=False),
    big("place"),
    **KEYED,
)

sketches = Table("sketches", CATALOGUE, big("run", key=True), big("document", key=True), **KEYED)

pages = Table(
    "pages",
    CATALOGUE,
    text("page"),
    big("document"),
    PrimaryKeyConstraint("page", "document").ddl_if(dialect="sqlite"),
    **KEYED,
)
Index("pages_by_page", pages.c.page, postgresql_using="hash", info=ON_SERVER_ALONE)
_DIGEST = func.hashtextextended(pages.c.page, sql("0"))
Index("pages_once", _DIGEST, pages.c.document, unique=True, info=ON_SERVER_ALONE)

sentences = Table("sentences", CATALOGUE, text("key", key=True), integer("width"), binary("vectors"), **PLAIN)

vectors = Table("vectors", CATALOGUE, text("key", key=True), binary("packed"), **PLAIN)

words_log = Table("words_log", CATALOGUE, big("id", key=True), **PLAIN)

texts = Table(
    "texts", IN_FILE, Column("id", Integer, primary_key=True), text("key", unique=True), text("terms"), **PLAIN
)

texts_on_server = Table(
    "texts",
    ON_SERVER,
    integer("id", key=True),
    text("key", unique=True),
    text("terms"),
    integer("length"),
    **PLAIN,
)

vocabulary = Table(
    "vocabulary",
    ON_SERVER,
    Column("id", Integer, Identity(always=True), primary_key=True),
    text("term", unique=True),
    integer("texts", default=0),
    **PLAIN,
)

postings = Table(
    "postings",
    ON_SERVER,
    integer("term"),
    integer("text"),
    integer("frequency"),
    integer("length"),
    PrimaryKeyConstraint("term", "text", postgresql_include=["frequency", "length"]),
    **PLAIN,
)

totals = Table("totals", ON_SERVER, big("texts"), big("words"), **PLAIN)
