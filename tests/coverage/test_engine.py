"""The words of many texts: in an engine beside the tables that follows them, is made anew when it is lost, and finds
what a look at every text finds."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

import pytest

from agent.config import Settings
from agent.coverage.index import engine, ranking
from agent.coverage.index.database import open_database
from agent.coverage.index.lexical import Lexical
from agent.errors import StoreError
from agent.storage import Database

NAMES = [f"{a}{b}" for a in ("quay", "mole", "tug", "crane", "pilot") for b in ("north", "south", "east", "west")]


def _text(number: int) -> str:
    """Every text has words that many have, and one that is its own."""
    names = f"{NAMES[number % 20]} and the {NAMES[number % 7]}"
    return f"The {names} were told of port{number} by harbourmaster{number % 3}."


TEXTS = {f"k{number:03}": _text(number) for number in range(60)}


@pytest.fixture
def database(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(ranking, "MOST_SCANNED", 10)
    with open_database(settings) as opened:
        yield opened


def _found(lexical: Lexical, text: str, limit: int = 5) -> list[str]:
    return [match.key for match in lexical.query(text, limit)]


def test_the_engine_finds_what_a_look_at_every_text_finds(
    database: Database, shared: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Lexical(database)
    engine.write(TEXTS)
    found = {text: engine.query(text, 8) for text in TEXTS.values()}
    with open_database(shared) as server:
        tables = Lexical(server)
        tables.write(TEXTS)
        for text, matches in found.items():
            other = tables.query(text, 8)
            assert [one.score for one in matches] == pytest.approx([one.score for one in other], rel=1e-3)
            assert matches[0].key == other[0].key
    monkeypatch.setattr(ranking, "MOST_SCANNED", 100)
    looked_at = Lexical(database)
    for text, matches in found.items():
        assert [one.score for one in looked_at.query(text, 8)] == pytest.approx(
            [one.score for one in matches], rel=1e-3
        )


def test_the_engine_follows_while_texts_come_and_go(database: Database) -> None:
    lexical = Lexical(database)
    lexical.write(TEXTS)
    assert _found(lexical, "port7") == ["k007"]
    assert lexical.held(["port7", "port8", "port99"]) == {"port7": 1, "port8": 1}
    lexical.remove(["k007", "k059"])
    assert _found(lexical, "port7") == []
    lexical.write({"new": "A port7 that came last."})
    assert _found(lexical, "port7 port59") == ["new"]


def test_what_a_failed_transaction_wrote_is_not_found(database: Database) -> None:
    lexical = Lexical(database)
    lexical.write(TEXTS)
    assert _found(lexical, "zeppelin") == []
    with suppress(KeyError), database.writing():
        lexical.write({"lost": "A zeppelin."})
        # Whoever asks in the midst of it is told of nothing that may never be.
        assert _found(lexical, "zeppelin") == []
        raise KeyError("killed in between")
    assert _found(lexical, "zeppelin") == []
    assert _found(lexical, "port7") == ["k007"]


@pytest.mark.parametrize("lost", ["all", "a file", "the name"])
def test_a_lost_engine_is_made_anew(settings: Settings, database: Database, lost: str) -> None:
    lexical, folder = Lexical(database), settings.data_dir / "words"
    lexical.write(TEXTS)
    assert _found(lexical, "port7") == ["k007"]
    if lost == "all":
        shutil.rmtree(folder)
    elif lost == "the name":
        (folder / "store").write_text("of another store")
    else:
        (folder / "meta.json").write_text("{")
    assert _found(Lexical(database), "port7") == ["k007"]


def test_an_engine_that_was_killed_before_it_followed_follows_when_it_is_opened(database: Database) -> None:
    lexical = Lexical(database)
    lexical.write(TEXTS)
    assert _found(lexical, "port7") == ["k007"]
    lexical.write({"late": "A zeppelin over port7."})
    assert sorted(_found(Lexical(database), "port7 zeppelin")) == ["k007", "late"]


def test_tables_that_are_older_than_the_engine_are_seen(settings: Settings, database: Database) -> None:
    """A backup of the tables was put back, and the folder beside them left as it was."""
    lexical = Lexical(database)
    lexical.write(TEXTS)
    assert _found(lexical, "port7") == ["k007"]
    with database.writing() as connection:
        connection.execute("DELETE FROM texts WHERE key = 'k007'")
        connection.execute("DELETE FROM facts WHERE name = 'texts_edition'")
    assert Lexical(database).held(["port7"]) == {}


def test_emptied_texts_leave_nothing_in_the_engine(database: Database) -> None:
    lexical = Lexical(database)
    lexical.write(TEXTS)
    assert _found(lexical, "port7") == ["k007"]
    lexical.clear()
    lexical.write({key: text.replace("port7 ", "quay7 ") for key, text in TEXTS.items()})
    assert _found(lexical, "port7") == []
    assert _found(lexical, "quay7") == ["k007"]


def test_a_folder_that_cannot_be_written_is_told(settings: Settings, database: Database) -> None:
    lexical = Lexical(database)
    lexical.write(TEXTS)
    (settings.data_dir / "words").write_text("a file")
    with pytest.raises(StoreError, match="made anew"):
        lexical.query("port7", 5)


def test_the_best_come_first(database: Database) -> None:
    lexical = Lexical(database)
    lexical.write(TEXTS)
    scores = [match.score for match in lexical.query(_text(7), 20)]
    assert len(scores) == 20
    assert all(one >= other for one, other in pairwise(scores))


@pytest.mark.parametrize("tried", [0, 1000])
def test_of_some_texts_those_are_found_that_score_highest_among_all(
    database: Database, shared: Settings, monkeypatch: pytest.MonkeyPatch, tried: int
) -> None:
    """Whether the engine looks among all texts for them, or at these alone."""
    monkeypatch.setattr(engine, "_MOST_TRIED", tried)
    some = [key for number, key in enumerate(TEXTS) if number % 7 == 3]
    with open_database(shared) as server:
        for one in (database, server):
            lexical = Lexical(one)
            lexical.write(TEXTS)
            numbers = lexical.numbers([*some, "nothing"])
            assert sorted(numbers.values()) == some
            texts = list(TEXTS.values())[:12]
            every = lexical.ranked(texts, len(TEXTS))
            for all_of_them, found in zip(every, lexical.ranked(texts, 3, numbers), strict=True):
                assert found == [text for text in all_of_them if text.key in some][:3]
