"""Tables in a file of the data folder or on a PostgreSQL server: one dialect of SQL, one meaning of a transaction."""

from agent.storage.database import open_database
from agent.storage.interface import Connection, Database, Layout, Rows, marks, slices

__all__ = ["Connection", "Database", "Layout", "Rows", "marks", "open_database", "slices"]
