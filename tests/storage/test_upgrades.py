"""Tables that an earlier version made are brought to the present layout, and nothing in them is lost."""

from dataclasses import replace

import pytest

from agent.config import Settings
from agent.errors import StoreError
from agent.storage import Layout, open_database
from tests.support.earlier import notes_tables

FIRST = Layout(
    name="notes in",
    key="notes",
    version="1",
    otherwise="Name {elsewhere}.",
    tables=notes_tables(),
)
THIRD = replace(
    FIRST,
    version="3",
    tables=notes_tables("author", "day"),
    upgrades={"1": "ALTER TABLE notes ADD COLUMN author TEXT", "2": "ALTER TABLE notes ADD COLUMN day TEXT"},
)


def test_tables_of_an_earlier_layout_are_brought_up_and_keep_their_rows(places: Settings) -> None:
    with open_database(places, FIRST) as database, database.writing() as connection:
        connection.execute("INSERT INTO notes (text) VALUES (?)", ("first",))
    for _ in range(2):
        with open_database(places, THIRD) as database, database.reading() as connection:
            rows = connection.execute("SELECT text, author, day FROM notes").fetchall()
            assert [tuple(row) for row in rows] == [("first", None, None)]
            assert database.fact("layout") == "3"


def test_a_file_is_kept_as_it_was_beside_the_one_that_was_brought_up(settings: Settings) -> None:
    with open_database(settings, FIRST) as database, database.writing() as connection:
        connection.execute("INSERT INTO notes (text) VALUES (?)", ("first",))
    with open_database(settings, THIRD):
        pass
    with open_database(settings, replace(FIRST, key="notes.layout-1")) as before:
        assert before.fact("layout") == "1"
        with before.reading() as connection:
            assert connection.execute("SELECT count(*) FROM notes").fetchone()[0] == 1


def test_a_new_file_has_no_copy_beside_it(settings: Settings) -> None:
    with open_database(settings, THIRD):
        pass
    assert list(settings.data_dir.glob("*.layout-*")) == []


@pytest.mark.parametrize("upgrades", [{}, {"2": "ALTER TABLE notes ADD COLUMN day TEXT"}])
def test_a_layout_from_which_no_way_leads_is_refused(settings: Settings, upgrades: dict[str, str]) -> None:
    with open_database(settings, FIRST):
        pass
    with (
        pytest.raises(StoreError, match=r"layout 1, not 3"),
        open_database(settings, replace(THIRD, upgrades=upgrades)),
    ):
        pass
    with open_database(settings, FIRST) as database:
        assert database.fact("layout") == "1"
