"""The kinds of columns that tables are made of, as each of the two databases writes them."""

from typing import Any

from sqlalchemy import BigInteger, Column, Double, Identity, Integer, LargeBinary, Text
from sqlalchemy import text as sql

# Texts are ordered as SQLite orders them, whatever the language of the server.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
# SQLite counts up nothing but this.
_COUNTED = BigInteger().with_variant(Integer(), "sqlite")

# The `info` of an index that SQLite has no use for.
ON_SERVER_ALONE = {"only": "postgresql"}
# Options of a table that SQLite keeps in the order of its key.
KEYED: dict[str, Any] = {"sqlite_with_rowid": False, "implicit_returning": False}
PLAIN: dict[str, Any] = {"implicit_returning": False}
# Options of a table with an `identity`: SQLite gives no number twice.
COUNTED: dict[str, Any] = {"sqlite_autoincrement": True, "implicit_returning": False}


def identity(name: str) -> Column[int]:
    """A number that only grows; the key of its table."""
    return Column(name, _COUNTED, Identity(), primary_key=True)


def text(name: str, *, key: bool = False, unique: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, _TEXT, primary_key=key, nullable=False, unique=unique or None, server_default=default)


def maybe_text(name: str) -> Column[str | None]:
    return Column(name, _TEXT)


def integer(name: str, *, key: bool = False, default: int | None = None) -> Column[int]:
    given = None if default is None else sql(str(default))
    return Column(name, Integer, primary_key=key, autoincrement=False, nullable=False, server_default=given)


def big(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, BigInteger, primary_key=key, autoincrement=False, nullable=False)


def maybe_big(name: str) -> Column[int | None]:
    return Column(name, BigInteger)


def real(name: str) -> Column[float]:
    return Column(name, Double, nullable=False)


def maybe_real(name: str) -> Column[float | None]:
    return Column(name, Double)


def binary(name: str, *, key: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, primary_key=key, nullable=False)
