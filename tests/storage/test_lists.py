"""What stands behind IN: lists of any length, in few texts."""

from pathlib import Path

import pytest
from sqlalchemy import select

from agent.storage import Database, given_list, insert_new
from agent.storage.compiling import for_driver
from agent.storage.interface import Layout
from agent.storage.sqlite import open_file
from agent.storage.tables.facts import facts

_KNOWN = select(facts.c.name).where(facts.c.name.in_(given_list("names")))


@pytest.mark.parametrize("length", [0, 1, 5, 7, 200, 500, 501])
def test_a_list_of_any_length_finds_each_of_its_values_once(tmp_path: Path, length: int) -> None:
    layout = Layout(name="facts", key="facts", version="1", otherwise="")
    names = [f"n{number:03}" for number in range(length)]
    with open_file(tmp_path / "facts.sqlite", layout) as database:
        assert _found(database, names) == []
        with database.writing() as connection:
            connection.executemany(insert_new(facts), [{"name": name, "value": "x"} for name in [*names, "other"]])
        assert _found(database, names) == names


def _found(database: Database, names: list[str]) -> list[str]:
    with database.reading() as connection:
        return sorted(row[0] for row in connection.execute(_KNOWN, {"names": names}).fetchall())


def test_lists_of_many_lengths_are_few_texts() -> None:
    texts = {for_driver(_KNOWN, "sqlite", {"names": ["x"] * length})[0] for length in range(1, 501)}
    assert len(texts) < 20
