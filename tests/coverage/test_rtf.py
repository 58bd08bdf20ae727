"""Rich-text documents: the words that their readers see, in the letters that they were written in."""

import pytest

from agent.coverage.intake.metadata import Rejection
from agent.coverage.intake.office import read_office
from agent.models import Document

_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset178 Arial;}{\f2\fcharset204 Arial;}"
    r"{\f3\fcharset128 Gothic;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}"
)


def _read(body: str, head: str = _HEAD) -> Document:
    items = list(read_office(f"{head}{body}}}".encode("latin-1"), "a.rtf"))
    (document,) = (one for one in items if isinstance(one, Document))
    return document


def _left_out(document: Document) -> list[str]:
    return [one.what for one in document.provenance.left_out]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\pard One line.\par Another.\par", "One line.\n\nAnother."),
        ("\\pard One line.\\\nAnother.", "One line.\n\nAnother."),
        (r"One\line two\tab three", "One\ntwo\tthree"),
        (r"A caf\'e9, caf\u233\'e9 and caf\u233?.", "A café, café and café."),
        (r"It\rquote s \ldblquote shut\rdblquote \emdash so.", "It’s “shut”—so."),
        (r"Braces \{ and \} and \\.", "Braces { and } and \\."),
        (r"{\f1 \'c7\'e1\'e3\'ed\'e4\'c7\'c1 \'e3\'db\'e1\'de}.", "الميناء مغلق."),
        (r"\f2 \'cf\'ee\'f0\'f2 \'e7\'e0\'ea\'f0\'fb\'f2.", "Порт закрыт."),
        (r"{\f3 \'8d\'60}", "港"),
        (r"{\uc0\u1605\u1610\u1606\u1575\u1569}", "ميناء"),
        (r"\uc2\u1605\'e3\'e3\u1606\'e4\'e4 x", "من x"),
        (r"\u-10179?\u-8704? end", "😀 end"),
        (r"\u1605?\u1740?\zwnj\u1588?\u1608?\u1583?", "می\u200cشود"),
        (r"Auth\-ority, co\_operation", "Authority, co\u2011operation"),
        (r"{\field{\*\fldinst HYPERLINK \"x\"}{\fldrslt linked}} words", "linked words"),
        (r"{\*\generator Works;}{\pict\wmetafile8 0102ff}Said.", "Said."),
        ("{\\pict\\bin4 }}}}\\picw1}Said.", "Said."),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt \pard In a box.\par}}}Said.", "In a box.\n\nSaid."),
        (r"{\listtext\'b7\tab}First\par{\pntext 2.\tab}Second\par", "First\n\nSecond"),
        (r"Cut off {\b in the mid", "Cut off in the mid"),
        (r"Closed }too} often", "Closed"),
    ],
)
def test_the_words_of_a_rich_text(body: str, text: str) -> None:
    assert _read(body).text == text


def test_what_it_tells_of_itself() -> None:
    read = _read(r"{\info{\title Bridge shut \u8211?}{\author Ada Pilot}{\creatim\yr2024}}\pard Said.\par")
    assert (read.title, read.author, read.text, read.published_at) == ("Bridge shut –", "Ada Pilot", "Said.", None)


def test_a_row_of_a_table_is_a_line() -> None:
    rows = r"\trowd\pard\intbl Town\cell Dead\cell\row\trowd\intbl Northbank\par and Bay\cell 17\cell\row"
    assert _read(rows + r"\pard After.\par").text == "Town Dead\n\nNorthbank and Bay 17\n\nAfter."


@pytest.mark.parametrize(
    ("body", "text", "what"),
    [
        (r"17{\super 1} lorries", "17 lorries", "footnotes"),
        (r"17{\super\chftn}{\footnote\pard\chftn Ministry.} lorries", "17 lorries", "footnotes"),
        (r"17{\up6 2} lorries", "17 lorries", "footnotes"),
        (r"{\v Nobody died.}It is shut.", "It is shut.", "hidden text (“Nobody died”)"),
        (r"It is {\strike not }shut.", "It is shut.", "struck"),
        (r"It is {\deleted not }shut.", "It is shut.", "deletions"),
        (r"{\header\pard Harbour Post\par}It is shut.", "It is shut.", "headers and footers"),
        (r"It is shut.{\*\atnid AP}{\*\annotation Really?}", "It is shut.", "comments"),
        (r"{\pict 0102}It is shut.", "It is shut.", "pictures"),
    ],
)
def test_what_is_left_out_is_told(body: str, text: str, what: str) -> None:
    read = _read(body)
    assert read.text == text
    (left_out,) = _left_out(read)
    assert left_out.startswith(what) or what in left_out


@pytest.mark.parametrize("body", [r"120 m{\super 2} of land", r"It is {\v0 shown} and {\strike0 said}"])
def test_what_is_only_raised_or_switched_off_is_read(body: str) -> None:
    read = _read(body)
    assert _left_out(read) == []
    assert read.text in ("120 m² of land", "It is shown and said")


def test_the_text_of_an_editor_for_macs() -> None:
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2709\n{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;\\f1\\fnil"
        "\\fcharset178 GeezaPro;}\n{\\*\\expandedcolortbl;;}\n\\pard\\pardirnatural\n\\f0\\fs24 \\cf0 "
    )
    assert (
        _read("The harbour is shut.\\\n\\f1 \\'e3\\'db\\'e1\\'de\\f0 .", head).text == "The harbour is shut.\n\nمغلق."
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{\\rtf1 " + b"{" * 2000, "slow to read"),
        (b"{\\rtf1 {\\*\\x}}", ""),
        (b"{\\rtf1" + b"\\b" * 3_000_001, "slow to read"),
    ],
)
def test_what_holds_no_words_or_too_many_signs_is_refused(data: bytes, why: str) -> None:
    (rejection,) = read_office(data, "a.rtf")
    assert isinstance(rejection, Rejection)
    assert why in rejection.reason
