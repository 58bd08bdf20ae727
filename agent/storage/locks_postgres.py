"""Locks on PostgreSQL, for any number of processes: advisory ones, all of a process on one connection of its own.

The server gives them up with the connection. A process whose connection breaks in the midst of a turn goes on without
the lock: what it then wants to write needs the same server.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from psycopg import AsyncConnection
from pydantic import SecretStr
from sqlalchemy import BigInteger, Select, cast, column, exists, func, select, table
from sqlalchemy.dialects.postgresql import OID

from agent.errors import StoreError
from agent.storage.address import DatabaseAddress
from agent.storage.compiling import for_driver, given
from agent.storage.local_locks import LocalLocks

# The first numbers tell these locks from those of the tables.
_CLASS = 1_769_173_603
_KEY = func.hashtext(given("key"))
_TRY = select(func.pg_try_advisory_lock(_CLASS, _KEY))
_RELEASE = select(func.pg_advisory_unlock(_CLASS, _KEY))
_locks = table("pg_locks", column("locktype"), column("classid"), column("objid"), column("database"))
_databases = table("pg_database", column("oid"), column("datname"))
_HERE = select(_databases.c.oid).where(_databases.c.datname == func.current_database()).scalar_subquery()
_HELD = select(
    exists().where(
        _locks.c.locktype == "advisory",
        cast(_locks.c.classid, BigInteger) == _CLASS,
        _locks.c.objid == cast(_KEY, OID),
        _locks.c.database == _HERE,
    )
)
_AGAIN_SECONDS = 0.2


class SharedLocks:
    """`Locks` of all processes that share the database. In a process, who comes first goes first."""

    def __init__(self, address: DatabaseAddress) -> None:
        self._address = address
        self._here = LocalLocks()
        self._opening = asyncio.Lock()
        self._connection: AsyncConnection | None = None

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        async with self._here.hold(key):
            asked = asyncio.create_task(self._ask(_TRY, key))
            try:
                while not await asyncio.shield(asked):
                    await asyncio.sleep(_AGAIN_SECONDS)
                    asked = asyncio.create_task(self._ask(_TRY, key))
                yield
            finally:
                await asyncio.shield(self._give_up(asked, key))

    async def held(self, key: str) -> bool:
        return await self._here.held(key) or await self._ask(_HELD, key)

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _ask(self, query: "Select[bool]", key: str) -> bool:
        try:
            connection = await self._connected()
            try:
                return await _answer(connection, query, key)
            except psycopg.OperationalError:
                if not connection.closed:
                    raise
            # The server was away since somebody last asked, and may be there again.
            return await _answer(await self._connected(), query, key)
        except psycopg.Error as err:
            said = self._address.without_secrets(" ".join(str(err).split()))
            raise StoreError(
                f"cannot keep others from a chat in {str(self._address)!r}: {said}. Check that the PostgreSQL server "
                "of ISNAD_DATABASE_URL runs and lets this user in."
            ) from err

    async def _give_up(self, asked: "asyncio.Task[bool]", key: str) -> None:
        """Whoever is cancelled while asking may be given the lock all the same."""
        with suppress(StoreError):
            if await asked:
                await self._release(key)

    async def _release(self, key: str) -> None:
        connection = self._connection
        if connection is not None and not connection.closed:
            try:
                await _answer(connection, _RELEASE, key)
            except psycopg.Error:
                # What could not be given up on the connection is given up with it.
                await connection.close()

    async def _connected(self) -> AsyncConnection:
        async with self._opening:
            if self._connection is None or self._connection.closed:
                self._connection = await AsyncConnection.connect(autocommit=True, **self._address.parameters())
            return self._connection


async def _answer(connection: AsyncConnection, query: "Select[bool]", key: str) -> bool:
    text, values = for_driver(query, "postgresql", {"key": key})
    row = await (await connection.execute(text.encode(), values)).fetchone()
    assert row is not None, "every question has one row"
    return bool(row[0])


@asynccontextmanager
async def open_shared_locks(url: SecretStr) -> AsyncIterator[SharedLocks]:
    locks = SharedLocks(DatabaseAddress(url))
    try:
        yield locks
    finally:
        await locks.close()
