"""Files of strangers are read in a new Python of their own, which has so much time and is told no key of ours."""

import re
from pathlib import Path

import pytest

from agent.coverage.intake import apart
from agent.coverage.intake.apart import read_apart
from agent.coverage.intake.metadata import Caution, Rejection
from agent.coverage.intake.office import read_office
from agent.coverage.intake.reading import read_coverage
from agent.errors import BadInput, InputFault
from agent.models import Document, Frozen
from tests.support.office_files import docx, odt, p, packed, pdf, r

SHUT = "The Northbank bridge was shut on Tuesday."


def _refusal(data: bytes) -> Rejection:
    (item,) = read_office(data, "clipping")
    assert isinstance(item, Rejection)
    return item


def test_pages_without_text_are_told_and_a_scan_is_refused() -> None:
    items = list(read_office(pdf([(60, 100, SHUT)], []), "clipping"))
    (caution,) = [item.reason for item in items if isinstance(item, Caution)]
    assert re.findall(r"\d+", caution) == ["1", "2"]
    assert _refusal(pdf([], [])).code is InputFault.SCANNED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (docx(p(r(SHUT)))[:300], "damaged"),
        (pdf([(60, 100, SHUT)])[:60], "damaged"),
        (packed({"word/document.xml": "<w:document"}), "damaged"),
        (packed({"xl/workbook.xml": "<workbook/>"}), "no Word document"),
        (odt("<text:p>x</text:p>", manifest="<encryption-data/>"), "password"),
        (docx(p(r(SHUT)), more={f"word/{n}.xml": b" " * 9_000_000 for n in range(2)}), "16 MB of markup"),
        (docx(p(r(SHUT)), more={"word/x.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "entities"),
        (odt("<text:p>" + "<text:span>" * 5000 + "</text:span>" * 5000 + "</text:p>"), "damaged"),
        (docx("<w:tbl><w:tr><w:tc>" * 3000 + p(r("x")) + "</w:tc></w:tr></w:tbl>" * 3000), "damaged"),
        (docx("<w:drawing><w:p>" * 50_000 + r("x") + "</w:p></w:drawing>" * 50_000), "damaged"),
        (b"PK\x05\x06" + b"\x00" * 18, "no Word document"),
    ],
)
def test_what_is_damaged_locked_or_hostile_is_refused(data: bytes, why: str) -> None:
    assert why in _refusal(data).reason


class Nothing(Frozen):
    pass


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(BadInput, match="longer than 0 seconds"):
        read_apart("pdf_reader", pdf([(60, 100, SHUT)]), Nothing, "PDF document", seconds=0.001)


def test_a_file_is_what_is_in_it_and_not_what_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(docx(p(r(SHUT))))
    (tmp_path / "b.docx").write_text("only words")
    told = list(read_coverage([tmp_path]))
    assert [item.text for item in told if isinstance(item, Document)] == [SHUT]
    assert [item.code for item in told if isinstance(item, Rejection)] == [InputFault.BROKEN]


def test_no_key_of_ours_is_known_where_a_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Known(Frozen):
        names: tuple[str, ...]

    (tmp_path / "tell.py").write_text(
        "import json, os, sys; sys.stdin.buffer.read(); print(json.dumps({'names': sorted(os.environ)}))"
    )
    monkeypatch.setenv("ISNAD_API_KEY", "secret")
    monkeypatch.setattr(apart, "__file__", str(tmp_path / "apart.py"))
    assert "ISNAD_API_KEY" not in read_apart("tell", b"x", Known, "file").names
