"""Keys, what they have spent, and what their webhooks are signed with: made by whoever opens them first."""

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text

KEYS = MetaData()

keys = Table(
    "isnad_keys",
    KEYS,
    Column("id", String(16), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("key", Text, nullable=False),
    Column("revoked_at", String(40)),
)

spending = Table(
    "isnad_spending",
    KEYS,
    Column("key_id", String(16), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("tokens", BigInteger, nullable=False),
)

secrets = Table(
    "isnad_webhook_secrets",
    KEYS,
    Column("key_id", String(16), primary_key=True),
    Column("made_at", String(40), primary_key=True),
    Column("secret", String(80), nullable=False),
)

layouts = Table(
    "isnad_layouts",
    KEYS,
    Column("tables", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
)
