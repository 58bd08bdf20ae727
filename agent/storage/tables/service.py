"""What a service remembers beside reports: chats, sessions, shared links, and how much was asked for in a minute."""

from sqlalchemy import ARRAY, Column, Index, Integer, MetaData, PrimaryKeyConstraint, Table

from agent.storage.tables.columns import COUNTED, PLAIN, big, identity, maybe_big, maybe_text, text

THREADS, SESSIONS, SHARES, LIMITS, RATES = MetaData(), MetaData(), MetaData(), MetaData(), MetaData()

threads = Table(
    "threads",
    THREADS,
    text("owner"),
    text("id"),
    text("title"),
    maybe_text("run_id"),
    text("created_at"),
    text("updated_at"),
    PrimaryKeyConstraint("owner", "id"),
    **PLAIN,
)

ended = Table("ended", SESSIONS, text("session", key=True), big("at"), **PLAIN)

shares = Table(
    "shares",
    SHARES,
    text("id", key=True),
    text("run_id"),
    text("made_by"),
    big("made_at"),
    big("until"),
    maybe_big("revoked_at"),
    Index("shares_by_run", "run_id"),
    **PLAIN,
)

taken = Table(
    "taken",
    LIMITS,
    identity("number"),
    text("endpoint"),
    big("at"),
    big("tokens"),
    Index("taken_by_endpoint", "endpoint", "at"),
    **COUNTED,
)

# Half of a page stays free, so that a row is written anew where it stands. What it holds need not outlive a crash.
asked = Table(
    "asked",
    RATES,
    text("key", key=True),
    big("second"),
    Column("counts", ARRAY(Integer), nullable=False),
    prefixes=["UNLOGGED"],
    postgresql_with={"fillfactor": 50},
    **PLAIN,
)
