"""What models answered, by the key of the question, and how many bytes that takes."""

from sqlalchemy import Index, MetaData, Table

from agent.storage.tables.columns import PLAIN, big, binary, real

ANSWERS = MetaData()

answers = Table(
    "answers",
    ANSWERS,
    binary("key", key=True),
    binary("value"),
    real("used"),
    Index("answers_by_use", "used"),
    **PLAIN,
)

size = Table("size", ANSWERS, big("bytes"), **PLAIN)
