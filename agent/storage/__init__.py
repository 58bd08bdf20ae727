"""Tables in a file of the data folder or on a PostgreSQL server: one way to write statements, one meaning of a
transaction."""

from agent.storage.compiling import ForEach, NextNumber, given, given_list, insert_new, insert_or_update
from agent.storage.database import open_database
from agent.storage.interface import Connection, Database, Layout, Rows, marks, slices

__all__ = [
    "Connection",
    "Database",
    "ForEach",
    "Layout",
    "NextNumber",
    "Rows",
    "given",
    "given_list",
    "insert_new",
    "insert_or_update",
    "marks",
    "open_database",
    "slices",
]
