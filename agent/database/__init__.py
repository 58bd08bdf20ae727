"""Tables in a file of the data folder or on a PostgreSQL server: one dialect of SQL, one meaning of a transaction."""

from agent.database.interface import Connection, Database, Layout, Rows, marks, slices
from agent.database.opening import open_database

__all__ = ["Connection", "Database", "Layout", "Rows", "marks", "open_database", "slices"]
