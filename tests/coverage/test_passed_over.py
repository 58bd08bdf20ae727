"""Whatever of a folder is not read is named, with why; and what is said of clippings goes before what they say."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.coverage.intake.given import GivenMetadata
from agent.coverage.intake.metadata import Rejection, Skipped
from agent.coverage.intake.reading import read_coverage
from agent.errors import InputFault
from agent.models import DateSource, Document

SHIP = "The ship came in on Monday."


def _told(folder: Path) -> dict[str, str]:
    """What was passed over, by its path below the folder."""
    return {
        str(Path(item.path).relative_to(folder)): item.reason
        for item in read_coverage([folder])
        if isinstance(item, Skipped)
    }


def test_what_is_in_a_folder_and_not_read_is_named_with_why(tmp_path: Path) -> None:
    folder = tmp_path / "clippings"
    (folder / "desk" / ".git").mkdir(parents=True)
    (folder / "desk" / "ship.txt").write_text(SHIP)
    (folder / "desk" / ".git" / "more.txt").write_text(SHIP)
    (folder / ".hidden.txt").write_text(SHIP)
    (folder / "table.xlsx").write_bytes(b"PK")
    (folder / "no_ending").write_text(SHIP)
    (folder / "package.json").write_text('{"name": "x"}')
    (folder / "drawing.xml").write_text("<svg/>")
    (folder / "map.xml").write_text("<urlset/>")
    (tmp_path / "outside.txt").write_text(SHIP)
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "again").symlink_to(folder / "desk")
    os.mkfifo(folder / "pipe.txt")
    told = _told(folder)
    assert {name: why.partition(" (")[0] for name, why in told.items()} == {
        ".hidden.txt": "hidden",
        "again": "a link to a folder",
        "desk/.git": "hidden",
        "drawing.xml": "XML of a kind that is not read",
        "gone.txt": "a link to nothing",
        "map.xml": "a sitemap holds no text: add it by its address, and its pages are fetched",
        "no_ending": "not a kind of file that is read",
        "out.txt": "a link that leads out of the folder",
        "package.json": "JSON of a kind that is not read",
        "pipe.txt": "no file",
        "table.xlsx": "not a kind of file that is read",
    }
    assert [item.text for item in read_coverage([folder]) if isinstance(item, Document)] == [SHIP]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.xml", "a.jsonl", "a.docx", "a.pdf"])
def test_an_empty_file_is_named_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("\n \n")
    assert [item.code for item in read_coverage([tmp_path]) if isinstance(item, Rejection)] == [InputFault.EMPTY]


def test_an_empty_folder_is_named_too(tmp_path: Path) -> None:
    assert _told(tmp_path) == {".": "there is nothing in this folder"}


def test_an_empty_list_of_documents_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    told = read_coverage([tmp_path / "a.json"])
    assert [item.code for item in told if isinstance(item, Rejection)] == [InputFault.EMPTY]


GIVEN = GivenMetadata(
    outlet="Harbour Post",
    author="Bay Agency",
    language="fr",
    published_at=datetime(2016, 3, 15, tzinfo=UTC),
    url="https://harbour.example/ship",
    title="Ship in",
)


def test_what_is_given_of_a_clipping_is_known_of_it(tmp_path: Path) -> None:
    (tmp_path / "ship.txt").write_text(SHIP)
    (bare,) = read_coverage([tmp_path / "ship.txt"])
    (read,) = read_coverage([tmp_path / "ship.txt"], GIVEN)
    assert isinstance(read, Document)
    assert isinstance(bare, Document)
    assert read.model_dump(include=set(GivenMetadata.model_fields)) == GIVEN.model_dump()
    assert read.provenance.date_from is DateSource.GIVEN
    assert read.id == Document.of(read.text, url=read.url, outlet=read.outlet, title=read.title).id != bare.id


def test_it_goes_before_what_the_file_tells_and_leaves_the_rest(tmp_path: Path) -> None:
    (tmp_path / "ship.md").write_text(f"# The file's own headline\n\n{SHIP}")
    (read,) = read_coverage([tmp_path / "ship.md"], GivenMetadata(outlet="Harbour Post"))
    assert isinstance(read, Document)
    assert (read.outlet, read.title, read.published_at) == ("Harbour Post", "The file's own headline", None)
    assert read.provenance.date_from is None


def test_documents_of_a_folder_that_tell_of_themselves_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "The quay is closed.", "outlet": "Mole Mail"}')
    (tmp_path / "b.txt").write_text(SHIP)
    outlets = [item.outlet for item in read_coverage([tmp_path], GIVEN) if isinstance(item, Document)]
    assert outlets == ["Mole Mail", "Harbour Post"]
