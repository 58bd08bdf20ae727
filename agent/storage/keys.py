"""API keys: made, recognised and revoked, what each has spent today, and what its webhooks are signed with.

A key itself is never stored. A webhook secret has to be: whoever signs needs it.

A key is 256 random bits, so one round of SHA-256 keeps it: there is nothing to guess.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from secrets import token_bytes, token_hex, token_urlsafe
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, Field

from agent.config import Settings
from agent.errors import BadInput, StoreError
from agent.models import Frozen
from agent.storage.engine import one_at_a_time, open_pool, translated
from agent.storage.tables import keys as tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Row, Table

_FILE = "keys.sqlite"
_MARK = "isnad"
# Raised with every change of the tables, which then need a way from the one before.
_NAME, _LAYOUT = "keys", 1
# Who asks where there are no keys.
LOCAL = "local"
_BUSY_MILLISECONDS = 10_000
# Two webhook secrets are in force for so long after a change.
_OVERLAP = timedelta(hours=24)
_AT_FIRST = datetime.fromtimestamp(0, UTC).isoformat()
# Compared with when a key is unknown, so that unknown and wrong keys take the same time.
_NOBODY = sha256(b"nobody").hexdigest()


class Scope(StrEnum):
    """`verify` and `read` are about one's own verifications; `admin` may do everything, to everybody's."""

    VERIFY = "verify"
    READ = "read"
    COVERAGE = "coverage"
    ADMIN = "admin"


class Key(Frozen):
    """What is known of a key. `id` also stands in the key itself, to recognise it by, and stays when it is renewed.

    `renewals`: how often it was renewed.
    """

    id: str
    name: str
    scopes: tuple[Scope, ...]
    requests_per_minute: int | None = Field(None, gt=0)
    daily_tokens: int | None = Field(None, gt=0)
    created_at: AwareDatetime
    renewals: int = Field(0, ge=0)
    revoked_at: AwareDatetime | None = None


class Keys:
    """Opened with `open_keys`; safe for threads and processes. Every method raises `StoreError`."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine

    def create(
        self,
        name: str,
        scopes: Iterable[Scope],
        *,
        requests_per_minute: int | None = None,
        daily_tokens: int | None = None,
    ) -> str:
        """A new key, told this once. Raises `BadInput` for a name that is empty or in use."""
        key = Key(
            id=token_hex(4),
            name=" ".join(name.split()),
            scopes=tuple(sorted(set(scopes))),
            requests_per_minute=requests_per_minute,
            daily_tokens=daily_tokens,
            created_at=datetime.now(UTC),
        )
        if not key.name or not key.scopes:
            raise BadInput("a key has a name and at least one scope")
        if self._is_used(key.name):
            raise BadInput(f"there is a key named {key.name!r} already; renew or revoke it, or take another name")
        text = _new_text(key.id)
        with self._writing() as connection:
            connection.execute(tables.keys.insert().values({"id": key.id, **_row_of(key, text)}))
        return text

    def renew(self, id_or_name: str) -> str:
        """Other letters for a key, told this once; those before are refused from now on.

        What it has had verified, its bounds and its webhook secrets stay. A key that was revoked is in use again.

        Raises `BadInput` when no key is called that, and when another than the revoked one has its name now.
        """
        named = [key for key in self.listing() if id_or_name in (key.id, key.name)]
        if not named:
            raise BadInput(f"no key is called {id_or_name!r}; `isnad keys list` shows them")
        # The one in use, or the latest of those that were revoked.
        before = max(named, key=lambda key: (key.revoked_at is None, key.created_at))
        if before.revoked_at is not None and self._is_used(before.name):
            raise BadInput(f"another key is named {before.name!r} now; revoke that one first")
        after, keys = before.model_copy(update={"renewals": before.renewals + 1}), tables.keys
        text = _new_text(after.id)
        with self._writing() as connection:
            row = _row_of(after, text) | {"revoked_at": None}
            connection.execute(keys.update().where(keys.c.id == after.id).values(row))
        return text

    def _is_used(self, name: str) -> bool:
        return any(key.name == name and key.revoked_at is None for key in self.listing())

    def recognise(self, text: str) -> Key | None:
        """The key, unless it is unknown or revoked; both take the same time."""
        mark, _, rest = text.partition("_")
        row = self._row(rest.partition("_")[0]) if mark == _MARK else None
        same = compare_digest(_hash(text), row.hash if row else _NOBODY)
        return _key(row) if row is not None and same and row.revoked_at is None else None

    def in_use(self, key_id: str) -> Key | None:
        """The key of that id, unless it was revoked. For who has shown the key before."""
        row = self._row(key_id)
        return _key(row) if row is not None and row.revoked_at is None else None

    def revoke(self, id_or_name: str) -> Key:
        """Raises `BadInput` when no key in use is called that."""
        key, keys = self.named(id_or_name), tables.keys
        with self._writing() as connection:
            now = datetime.now(UTC).isoformat()
            connection.execute(keys.update().where(keys.c.id == key.id).values(revoked_at=now))
        return key

    def named(self, id_or_name: str) -> Key:
        """A key in use; raises `BadInput` when none is called that."""
        for key in self.listing():
            if id_or_name in (key.id, key.name) and key.revoked_at is None:
                return key
        raise BadInput(f"no key in use is called {id_or_name!r}; `isnad keys list` shows them")

    def listing(self) -> list[Key]:
        """All keys, also revoked ones, the oldest first."""
        with self._reading() as connection:
            rows = connection.execute(tables.keys.select())
            return sorted((_key(row) for row in rows), key=lambda key: key.created_at)

    def none_was_made(self) -> bool:
        """Whether there never was a key. Revoking the last one does not open the door again."""
        with self._reading() as connection:
            return connection.execute(tables.keys.select().limit(1)).first() is None

    def spend(self, key_id: str, tokens: int) -> None:
        """Adds to what a key has spent today (UTC)."""
        spending, today = tables.spending, _today()
        with self._writing() as connection:
            mine = (spending.c.key_id == key_id) & (spending.c.day == today)
            more = spending.update().where(mine).values(tokens=spending.c.tokens + tokens)
            if not connection.execute(more).rowcount:
                _insert_first(connection, spending, key_id=key_id, day=today, tokens=0)
                connection.execute(more)

    def secrets(self, key_id: str) -> tuple[str, ...]:
        """With which webhooks of a key are signed, the newest first; the first is made when it is first needed."""
        with self._reading() as connection:
            found = self._secrets(connection, key_id)
        if not found:
            with self._writing() as connection:
                # At a moment that is the same for all: of several that come first, one makes it.
                _insert_first(connection, tables.secrets, key_id=key_id, made_at=_AT_FIRST, secret=_new_secret())
            return self.secrets(key_id)
        newest = found[0][1]
        still = datetime.now(UTC) - newest < _OVERLAP
        return tuple(secret for secret, _ in found[: 2 if still else 1])

    def rotate(self, key_id: str) -> str:
        """A new secret; the one before stays in force for a day, so that both sides can change."""
        secret = _new_secret()
        with self._writing() as connection:
            row = {"key_id": key_id, "made_at": datetime.now(UTC).isoformat(), "secret": secret}
            connection.execute(tables.secrets.insert().values(row))
        return secret

    def _secrets(self, connection: "Connection", key_id: str) -> list[tuple[str, datetime]]:
        secrets = tables.secrets
        rows = connection.execute(secrets.select().where(secrets.c.key_id == key_id))
        found = [(str(row.secret), datetime.fromisoformat(row.made_at)) for row in rows]
        return sorted(found, key=lambda one: one[1], reverse=True)

    def left(self, key_id: str) -> int | None:
        """The tokens that a key may still spend today; None for no bound."""
        row = self._row(key_id)
        daily = _key(row).daily_tokens if row is not None else None
        if daily is None:
            return None
        spending = tables.spending
        mine = (spending.c.key_id == key_id) & (spending.c.day == _today())
        with self._reading() as connection:
            spent = connection.execute(spending.select().where(mine)).first()
        return max(0, daily - (spent.tokens if spent else 0))

    def _row(self, key_id: str) -> "Row[tuple[str, ...]] | None":
        keys = tables.keys
        with self._reading() as connection:
            return connection.execute(keys.select().where(keys.c.id == key_id)).first()

    @contextmanager
    def _reading(self) -> "Iterator[Connection]":
        with _translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> "Iterator[Connection]":
        with _translated(), self._engine.begin() as connection:
            yield connection


@contextmanager
def open_keys(settings: Settings) -> Iterator[Keys]:
    """The keys of the shared database, or of a data folder; one can be made while the service runs."""
    if settings.database_url is None:
        engine = _build_embedded(settings)
        try:
            with _translated():
                _make(engine)
            yield Keys(engine)
        finally:
            engine.dispose()
    else:
        with open_pool(settings) as pool:
            with _translated(), one_at_a_time(pool.engine):
                _make(pool.engine)
            yield Keys(pool.engine)


def _make(engine: "Engine") -> None:
    """Not by first asking which there are: another may make one meanwhile. Raises `StoreError` for those of a later
    version."""
    from sqlalchemy.schema import CreateTable

    layouts = tables.layouts
    with engine.begin() as connection:
        for table in tables.KEYS.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
        _insert_first(connection, layouts, tables=_NAME, version=_LAYOUT)
        version = connection.execute(layouts.select().where(layouts.c.tables == _NAME)).one().version
    if version > _LAYOUT:
        raise StoreError(
            f"the keys were made by a later version of Isnad (layout {version}, not {_LAYOUT}); use that"
        )


def _insert_first(connection: "Connection", table: "Table", **row: str | int) -> None:
    """A row that several may make at once: the first of them does."""
    from sqlalchemy.dialects import postgresql, sqlite

    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).values(row).on_conflict_do_nothing())


def _new_secret() -> str:
    return f"whsec_{b64encode(token_bytes(32)).decode()}"


def _build_embedded(settings: Settings) -> "Engine":
    from sqlalchemy import create_engine, event

    with _translated():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        # What webhooks are signed with stands in it.
        (settings.data_dir / _FILE).touch(mode=0o600)
    engine = create_engine(f"sqlite:///{settings.data_dir / _FILE}", hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: object, _: object) -> None:
    execute = connection.execute  # type: ignore[attr-defined]  # a connection of sqlite3
    execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    execute("PRAGMA journal_mode=WAL")


def _new_text(key_id: str) -> str:
    return f"{_MARK}_{key_id}_{token_urlsafe(32)}"


def _row_of(key: Key, text: str) -> dict[str, str | None]:
    return {"hash": _hash(text), "key": key.model_dump_json(exclude={"id", "revoked_at"})}


def _key(row: "Row[tuple[str, ...]]") -> Key:
    known = Key.model_validate_json(f'{{"id": "{row.id}", {row.key[1:]}')
    return known.model_copy(update={"revoked_at": datetime.fromisoformat(row.revoked_at) if row.revoked_at else None})


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"


def _translated() -> AbstractContextManager[None]:
    return translated("the keys", "ISNAD_DATABASE_URL or ISNAD_DATA_DIR names where they are.")
