"""Tables on a PostgreSQL server: one writer at a time, one moment for a reader, and a server that goes away."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent.config import Settings
from agent.errors import ConfigurationError, StoreError
from agent.storage import Database, Layout, open_database
from agent.storage.turns import WorkTurns
from evals.servers.postgres import PostgresServer, run_postgres
from tests.support.earlier import notes_tables

LAYOUT = Layout(
    name="notes in",
    key="notes",
    version="1",
    otherwise="Name {elsewhere}.",
    tables=notes_tables(),
)
INSERT = "INSERT INTO notes (text) VALUES (?)"
PASSWORD = "p%40ss-w0rd"


def _at(url: str) -> Settings:
    return Settings(database_url=SecretStr(url), chroma_url="http://127.0.0.1:9")


@pytest.fixture
def notes(database_url: str) -> Iterator[Database]:
    with open_database(_at(database_url), LAYOUT) as database:
        yield database


def _write(database: Database, *texts: str) -> None:
    with database.writing() as connection:
        connection.executemany(INSERT, [(text,) for text in texts])


def _texts(database: Database) -> list[str]:
    with database.reading() as connection:
        return [row[0] for row in connection.execute("SELECT text FROM notes ORDER BY number")]


def test_many_that_come_at_once_make_the_tables_once(database_url: str) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(8) as threads:
        opened = threads.map(lambda _: stack.enter_context(open_database(_at(database_url), LAYOUT)), range(8))
        assert len({database.fact("name") for database in opened}) == 1


def test_what_was_written_inside_stands_together_or_not_at_all(notes: Database) -> None:
    with suppress(KeyError), notes.writing():
        _write(notes, "one")
        raise KeyError("in the midst")
    with notes.writing():
        _write(notes, "two")
        _write(notes, "three")
    assert _texts(notes) == ["two", "three"]


def test_a_statement_that_failed_undoes_all_even_where_somebody_went_on(notes: Database) -> None:
    def goes_on() -> None:
        with notes.writing() as connection:
            _write(notes, "one")
            with suppress(StoreError), notes.reading():
                connection.execute("SELECT * FROM nothing_of_the_kind")

    with pytest.raises(StoreError, match="nothing was written"):
        goes_on()
    assert _texts(notes) == []


def test_nobody_sees_a_later_number_before_an_earlier_one(notes: Database, database_url: str) -> None:
    begun, written = threading.Event(), threading.Event()

    def writes_slowly() -> None:
        with notes.writing():
            _write(notes, "first")
            begun.set()
            assert not written.wait(0.3)

    with open_database(_at(database_url), LAYOUT) as other, ThreadPoolExecutor(1) as threads:
        slow = threads.submit(writes_slowly)
        assert begun.wait(240)
        _write(other, "second")
        written.set()
        slow.result()
        assert _texts(other) == ["first", "second"]


def test_what_is_read_in_a_snapshot_is_of_one_moment(notes: Database, database_url: str) -> None:
    with open_database(_at(database_url), LAYOUT) as other:
        with notes.snapshot():
            assert _texts(notes) == []
            _write(other, "meanwhile")
            assert _texts(notes) == []
        assert _texts(notes) == ["meanwhile"]


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\udfff\x00\ufdd0", "\ufdd00000", "😀 ونص", "100 % ? %s", ""])
def test_every_text_is_read_back_as_it_was_written(notes: Database, text: str) -> None:
    _write(notes, text)
    assert _texts(notes) == [text]


def test_texts_are_ordered_as_in_a_file(notes: Database, settings: Settings) -> None:
    with open_database(settings, LAYOUT) as file:
        ordered = []
        for database in (notes, file):
            _write(database, "b", "A", "a", "~", "É", "é", "z", "ب", "2016", "_")
            with database.reading() as connection:
                ordered.append([row[0] for row in connection.execute("SELECT text FROM notes ORDER BY text")])
    assert ordered[0] == ordered[1]


def test_another_layout_is_left_alone(notes: Database, database_url: str) -> None:
    notes.learn(layout="99")
    with (
        pytest.raises(StoreError, match=r"layout 99, not 1.*another database in ISNAD_DATABASE_URL"),
        open_database(_at(database_url), LAYOUT),
    ):
        pytest.fail("opened another layout")


async def test_turns_are_taken_one_after_the_other_by_all_who_share_the_tables(
    notes: Database, database_url: str
) -> None:
    with open_database(_at(database_url), LAYOUT) as other:
        latch = other.latch()
        async with WorkTurns(notes).take():
            assert not latch.take()
        assert latch.take()
        latch.give()


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    with run_postgres() as server:
        yield server


def test_a_server_that_crashes_costs_one_error_and_nothing_that_was_written(own_server: PostgresServer) -> None:
    def writes_while_it_crashes(database: Database) -> None:
        with database.writing():
            _write(database, "in the midst")
            own_server.crash()
            own_server.start()
            _write(database, "after the crash")

    with open_database(_at(own_server.create_database()), LAYOUT) as database:
        _write(database, "before")
        with pytest.raises(StoreError, match="ISNAD_DATABASE_URL"):
            writes_while_it_crashes(database)
        _write(database, "after")
        assert _texts(database) == ["before", "after"]


async def test_a_turn_ends_with_the_server_that_gave_it(own_server: PostgresServer) -> None:
    with open_database(_at(own_server.create_database()), LAYOUT) as database:
        async with WorkTurns(database).take():
            own_server.crash()
            own_server.start()
        async with WorkTurns(database).take():
            _write(database, "after")
        assert _texts(database) == ["after"]


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://someone:{PASSWORD}@127.0.0.1:9/isnad",
        f"postgresql://someone@127.0.0.1:9/isnad?password={PASSWORD}",
        "postgresql://someone:p%zzss-w0rd@127.0.0.1:9/isnad",
        "postgresql://someone:ss-w0rd@127.0.0.1:port/isnad",
    ],
)
def test_no_error_shows_the_password(address: str, create_database: Callable[[], str]) -> None:
    with pytest.raises((StoreError, ConfigurationError)) as told, open_database(_at(address), LAYOUT):
        pytest.fail("opened what is not there")
    shown = "".join(str(err) for err in (told.value, told.value.__cause__) if err)
    assert "ISNAD_DATABASE_URL" in shown
    assert "ss-w0rd" not in shown


def test_the_address_that_is_shown_tells_where_and_who(tmp_path: Path) -> None:
    from agent.storage.address import DatabaseAddress

    address = DatabaseAddress(SecretStr(f"postgresql://someone:{PASSWORD}@db.example/isnad?sslmode=require"))
    assert str(address) == "someone@db.example:5432/isnad"
    assert "ss-w0rd" not in repr(address)
    assert address.without_secrets("no p@ss-w0rd, no p%40ss-w0rd") == "no ***, no ***"
