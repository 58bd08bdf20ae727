"""Every store that an earlier version made opens: it is brought to the present layout, and stays beside as it was."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import Inspector, create_engine, inspect
from sqlalchemy.schema import DropIndex

from agent.config import Settings
from agent.coverage.embedding.built_in import BuiltInEmbedder
from agent.coverage.embedding.sentences import SentenceVectors
from agent.coverage.index.catalogue import Catalogue
from agent.jobs.database import open_engine
from agent.jobs.engine_setup import make_ready
from agent.jobs.engine_table import WORKFLOWS
from agent.models import Label, Provenance
from agent.storage import Layout, open_database
from agent.storage.answers import open_answers
from agent.storage.engine import open_pool
from agent.storage.keys import Scope, open_keys
from agent.storage.reports import open_reports
from agent.storage.schema import COVERAGE
from tests.support.earlier import ANSWERS, CATALOGUES, EARLIER, REPORTS, EarlierTables
from tests.support.reports import arabic_report

DOCUMENT = "INSERT INTO documents (id, language, text, state, added_at) VALUES (?, ?, ?, ?, ?)"
ROW = ("d1", "en", "The bridge is closed.", "ready", "2016-03-15T00:00:00+00:00")
Shape = dict[str, tuple[set[str], set[str | None]]]


def _shape(settings: Settings, key: str) -> Shape:
    """The columns and indices of the tables of a layout, by the table."""
    if settings.database_url is None:
        engine = create_engine(f"sqlite:///{settings.data_dir / key}.sqlite")
        try:
            return _inspected(inspect(engine), None)
        finally:
            engine.dispose()
    with open_pool(settings) as pool:
        return _inspected(inspect(pool.engine), f"isnad_{key}")


def _inspected(inspector: Inspector, schema: str | None) -> Shape:
    return {
        name: (
            {column["name"] for column in inspector.get_columns(name, schema)},
            {index["name"] for index in inspector.get_indexes(name, schema)},
        )
        for name in inspector.get_table_names(schema)
    }


def _named(earlier: EarlierTables) -> str:
    return f"{earlier.layout.key}-{earlier.version}"


@pytest.mark.parametrize("earlier", EARLIER, ids=_named)
def test_what_an_earlier_version_made_becomes_what_is_made_anew(places: Settings, earlier: EarlierTables) -> None:
    earlier.make(places)
    with open_database(places, earlier.layout) as database:
        assert database.fact("layout") == earlier.layout.version
    fresh = replace(earlier.layout, key=f"{earlier.layout.key}_fresh")
    with open_database(places, fresh):
        pass
    assert _shape(places, earlier.layout.key) == _shape(places, fresh.key) != {}


@pytest.mark.parametrize("earlier", CATALOGUES, ids=_named)
def test_documents_of_an_earlier_catalogue_are_still_there_and_in_a_copy(
    places: Settings, earlier: EarlierTables
) -> None:
    earlier.make(places)
    with open_database(places, _at(earlier)) as database, database.writing() as connection:
        connection.execute(DOCUMENT, ROW)
        connection.execute("INSERT INTO sketches VALUES (1, 1)")
        database.learn(embedder="words", splitter="sentences")
    for _ in range(2):
        with open_database(places, COVERAGE) as database:
            (document,) = Catalogue(database).get(["d1"]).values()
            assert (document.text, document.provenance) == ("The bridge is closed.", Provenance())
            SentenceVectors(database, BuiltInEmbedder().traits).write({"k1": [[1.0] * 2048]})
            assert database.number("SELECT count(*) FROM sentences") == 1
            # Word runs had other numbers then, and are found anew by the reindexing that is asked for.
            otherwise = earlier.version == "3"
            assert database.number("SELECT count(*) FROM sketches") == (0 if otherwise else 1)
            assert database.fact("splitter") == ("of layout 3" if otherwise else "sentences")
    if places.database_url is None:
        with closing(sqlite3.connect(places.data_dir / f"catalogue.layout-{earlier.version}.sqlite")) as copy:
            assert copy.execute("SELECT id FROM documents").fetchall() == [("d1",)]
            assert copy.execute("SELECT value FROM facts WHERE name = 'layout'").fetchall() == [(earlier.version,)]


def _at(earlier: EarlierTables) -> Layout:
    return replace(earlier.layout, version=earlier.version)


def test_reports_in_tables_of_an_earlier_version_are_read_and_written(places: Settings) -> None:
    REPORTS.make(places)
    report = arabic_report()
    for saved in (True, False):
        with open_reports(places) as reports:
            assert reports.save(report) is saved
            assert reports.get(report.run_id) == report
    with open_reports(places) as reports:
        reports.correct(report.run_id, report.claims[0].id, Label.CONTESTED, "read the minutes", "desk")
        assert [one.who for one in reports.corrections(report.run_id)] == ["desk"]
        reports.delete(report.run_id)
        assert reports.listing() == []


def test_answers_in_tables_of_an_earlier_version_are_given_again(places: Settings) -> None:
    ANSWERS.make(places)
    with open_answers(places) as answers:
        assert answers is not None
        answers.put(b"key", b"value")
    with open_answers(places) as answers:
        assert answers is not None
        assert answers.get_many([b"key", b"other"]) == {b"key": b"value"}


def test_keys_of_before_versions_open_the_door(settings: Settings) -> None:
    with open_keys(settings) as keys:
        made = keys.create("desk", [Scope.READ])
    with closing(sqlite3.connect(settings.data_dir / "keys.sqlite")) as earlier, earlier:
        earlier.execute("DROP TABLE isnad_layouts")
    with open_keys(settings) as keys:
        key = keys.recognise(made)
    assert key is not None
    assert key.name == "desk"


def test_jobs_of_before_our_own_indices_are_given_them(settings: Settings) -> None:
    with open_engine(settings, through_power_cuts=False) as engine:
        make_ready(engine)
        made = _indices(settings)
        with engine.begin() as connection:
            for index in WORKFLOWS.indices:
                connection.execute(DropIndex(index))
        assert made - _indices(settings) == {index.name for index in WORKFLOWS.indices}
        make_ready(engine)
        assert _indices(settings) == made


def _indices(settings: Settings) -> set[str]:
    with closing(sqlite3.connect(settings.data_dir / "jobs.sqlite")) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
