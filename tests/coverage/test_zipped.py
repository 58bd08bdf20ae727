"""ZIP files of clippings: read one file at a time, within bounds."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from agent.coverage.intake import zipped
from agent.coverage.intake.given import NOTHING, GivenMetadata
from agent.coverage.intake.metadata import Item, Rejection, Skipped
from agent.coverage.intake.reading import read_coverage
from agent.errors import InputFault
from agent.models import Document
from tests.support.office_files import docx, p, r

WORDS = "The quay opened on Monday, the harbour office said."


def _zip(place: Path, **files: bytes | str) -> Path:
    with ZipFile(place, "w", ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name.replace("__", "."), data)
    return place


def _read(path: Path, given: GivenMetadata = NOTHING) -> list[Item]:
    return list(read_coverage([path], given))


def test_every_kind_of_file_in_it_is_read_and_the_rest_is_told(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "a__txt": f"Outlet: Harbour Post\nDate: 2026-03-05\n\n{WORDS}",
        "b__html": f"<html><body><article><p>{WORDS} Boats came in.</p></article></body></html>",
        "c__jsonl": '{"text": "One."}\n{"text": "Two."}\nno json\n',
        "d__docx": docx(p(r(WORDS))),
        "photo__png": b"\x89PNG",
        "inner__zip": b"PK\x03\x04",
        "empty__txt": "",
    }
    items = _read(_zip(tmp_path / "all.zip", **files))
    assert len([one for one in items if isinstance(one, Document)]) == 5
    assert items[0] == next(one for one in items if isinstance(one, Document) and one.outlet == "Harbour Post")
    refused = {Path(one.path).name for one in items if isinstance(one, Rejection)}
    skipped = {Path(one.path).name for one in items if isinstance(one, Skipped)}
    assert (refused, skipped) == ({"c.jsonl", "empty.txt"}, {"photo.png", "inner.zip"})


def test_what_is_given_is_of_its_clippings_alone(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", a__txt=WORDS, b__jsonl='{"text": "One.", "outlet": "The Ledger"}')
    outlets = [one.outlet for one in _read(path, GivenMetadata(outlet="Harbour Post")) if isinstance(one, Document)]
    assert outlets == ["Harbour Post", "The Ledger"]


def test_what_unpacks_to_more_than_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MOST_OF_ONE", 10_000)
    path = _zip(tmp_path / "a.zip", bomb__txt=b"a " * 500_000, a__txt=WORDS)
    assert path.stat().st_size < 10_000
    bomb, read = _read(path)
    assert isinstance(bomb, Rejection)
    assert bomb.code is InputFault.FILE_TOO_LARGE
    assert isinstance(read, Document)


def test_the_whole_is_bounded_in_size_and_in_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = _zip(tmp_path / "a.zip", **{f"{number}__txt": f"{WORDS} {number}" for number in range(9)})
    monkeypatch.setattr(zipped, "MOST_FILES", 4)
    *read, last = _read(many)
    assert (len(read), type(last)) == (4, Rejection)
    monkeypatch.setattr(zipped, "MOST_FILES", 100)
    monkeypatch.setattr(zipped, "MOST_UNPACKED", 3 * len(WORDS))
    assert isinstance(_read(many)[-1], Rejection)
    assert len(_read(many)) < 6


def test_a_list_of_more_files_than_are_looked_at_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    many = _zip(tmp_path / "a.zip", **{f"{number}__txt": "x" for number in range(50)})
    monkeypatch.setattr(zipped, "_MOST_DIRECTORY", 1000)
    (refused,) = _read(many)
    assert isinstance(refused, Rejection)
    assert refused.code is InputFault.FILE_TOO_LARGE


@pytest.mark.parametrize("damage", ["cut", "nothing", "middle"])
def test_a_damaged_one_is_told(tmp_path: Path, damage: str) -> None:
    path = _zip(tmp_path / "a.zip", a__txt=WORDS * 50, b__txt=f"{WORDS} Again.")
    data = path.read_bytes()
    at = data.index(b"a.txt") + 12
    broken = {"cut": data[:60], "nothing": b"", "middle": data[:at] + b"\xff" * 8 + data[at + 8 :]}[damage]
    path.write_bytes(broken)
    items = _read(path)
    assert [type(one) for one in items if isinstance(one, Rejection)] == [Rejection]
    assert len(items) == (2 if damage == "middle" else 1)


def test_a_word_file_of_another_name_is_one(tmp_path: Path) -> None:
    (tmp_path / "story.zip").write_bytes(docx(p(r(WORDS))))
    (document,) = _read(tmp_path / "story.zip")
    assert isinstance(document, Document)
    assert document.text.strip() == WORDS


def test_a_name_that_leads_elsewhere_leads_nowhere(tmp_path: Path) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as opened:
        opened.writestr("../../outside.txt", WORDS)
        opened.writestr("/etc/other.txt", f"{WORDS} Again.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(buffer.getvalue())
    _read(tmp_path / "in" / "a.zip")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"]
