"""Coverage stores in the tables of earlier layouts, made from one of today: with what these had, as they had it."""

import shutil
from dataclasses import replace

from agent.config import Settings
from agent.coverage.index.catalogue import open_catalogue
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.database import open_database
from agent.coverage.index.rows import WholeRows
from agent.coverage.index.store import Index
from agent.storage import Connection, Layout
from agent.storage import open_database as open_tables
from agent.storage.schema import COVERAGE
from tests.support.earlier import CATALOGUES

FORMER_SPACE = "isnad-former"
_FACTS = ("dimension", "embedder", "splitter", "languages_parted")


def make_former(settings: Settings, number: str) -> None:
    """Puts the store of a data folder into the tables of a layout, and whole rows into the index as it had them."""
    _whole_rows(settings)
    folder = settings.data_dir
    with open_database(settings) as today, open_tables(settings, _made(settings, number)) as former:
        with today.reading() as reading, former.writing() as writing:
            for table in _tables(writing):
                columns = _columns(writing, table)
                rows = reading.execute(f"SELECT {columns} FROM {table}").fetchall()
                holes = ", ".join("?" * len(columns.split(", ")))
                writing.executemany(f"INSERT INTO {table} ({columns}) VALUES ({holes})", [tuple(row) for row in rows])
            writing.execute("INSERT INTO texts_index (rowid, terms) SELECT id, terms FROM texts")
        facts = {name: told for name in _FACTS if (told := today.fact(name)) is not None}
        if number < "6":
            # Sentences had no vectors of their own.
            facts["splitter"] = facts["splitter"].rpartition("/")[0]
        former.learn(**facts, space=FORMER_SPACE)
    for left in folder.glob("catalogue.*"):
        left.unlink()
    for made in folder.glob("former.sqlite*"):
        made.rename(folder / made.name.replace("former", "catalogue"))
    shutil.rmtree(folder / "words", ignore_errors=True)


def _whole_rows(settings: Settings) -> None:
    index = Index(IndexLocation(settings.data_dir / "chroma"))
    with open_catalogue(settings) as catalogue:
        spoken = dict(catalogue.spoken_keys())
        keys, rows = WholeRows(catalogue.database).read(spoken)
        index.drop(str(catalogue.fact("space")))
        index.write(FORMER_SPACE, keys, list(rows), [spoken[key] for key in keys])
    index.close()


def _made(settings: Settings, number: str) -> Layout:
    """The empty tables of that layout."""
    (earlier,) = (one for one in CATALOGUES if one.version == number)
    former = replace(COVERAGE, key="former")
    replace(earlier, layout=former).make(settings)
    return replace(former, version=number)


def _tables(connection: Connection) -> list[str]:
    named = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'texts_%' AND name <> 'facts'"
    )
    # Documents first: others refer to them.
    return sorted((name for (name,) in named), key=lambda name: name != "documents")


def _columns(connection: Connection, table: str) -> str:
    return ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA table_info({table})"))
