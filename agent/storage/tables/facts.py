"""What stands beside every set of tables: its version, its name, and what else its owner notes."""

from sqlalchemy import MetaData, Table

from agent.storage.tables.columns import KEYED, text

FACTS = MetaData()

facts = Table("facts", FACTS, text("name", key=True), text("value"), **KEYED)
