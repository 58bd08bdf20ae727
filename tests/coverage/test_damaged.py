"""Coverage that came damaged: mended before it is stored and told so, or told and not heard."""

import json
from pathlib import Path

import pytest
from arabic_reshaper import reshape  # type: ignore[import-untyped]  # ships no types
from bidi import get_display  # type: ignore[import-untyped]  # ships no types

from agent.coverage.intake.metadata import Caution, Item, Rejection
from agent.coverage.intake.reading import read_coverage
from agent.errors import InputFault
from agent.models import Document
from agent.text import Repair

DENIAL = "نفى الدفاع المدني أن 71 شخصا قتلوا في الفيضان يوم الخميس وبلغت كلفة الأضرار 4000 دينار"


def _read(tmp_path: Path, text: str, **told: str) -> list[Item]:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": text, "outlet": "Harbour Post", **told}), "utf-8")
    return list(read_coverage([path]))


@pytest.mark.parametrize(
    ("text", "stored", "repairs"),
    [
        ("Cars may not use the North-\nbank bridge.", "Cars may not use the Northbank bridge.", [Repair.HYPHENS]),
        ("The bridge is\u2028closed.", "The bridge is\nclosed.", [Repair.LINES]),
        ("Bread &amp;amp; milk are dear.", "Bread & milk are dear.", [Repair.ENTITIES]),
        ("The coun\u00adcil met.", "The council met.", [Repair.HIDDEN]),
        (reshape(DENIAL), DENIAL, [Repair.FORMS]),
        (DENIAL.encode().decode("latin-1"), DENIAL, [Repair.ENCODING]),
        (get_display(f"{DENIAL}.", base_dir="R"), f"{DENIAL}.", [Repair.ORDER]),
        ("Nothing is wrong here.", "Nothing is wrong here.", []),
    ],
)
def test_a_text_is_mended_before_it_is_stored_and_the_store_knows(
    tmp_path: Path, text: str, stored: str, repairs: list[Repair]
) -> None:
    (document,) = _read(tmp_path, text)
    assert isinstance(document, Document)
    assert document.text == stored
    assert document.provenance.mended == tuple(repairs)


@pytest.mark.parametrize(
    "text",
    [
        get_display(DENIAL, base_dir="R"),
        get_display(reshape(DENIAL), base_dir="R"),
        DENIAL[::-1],
        " ".join(word[::-1] for word in DENIAL.split()),
        f"In English first.\n{get_display(DENIAL, base_dir='R')}",
        get_display("שהגשר הישן נסגר ביום שלישי אמר ראש העיר", base_dir="R"),
        get_display("شهردار گفت که پل قدیمی از روز سه‌شنبه بسته است", base_dir="R"),
    ],
)
def test_a_text_in_visual_order_is_not_added_and_its_line_is_told_why(tmp_path: Path, text: str) -> None:
    (rejection,) = _read(tmp_path, text)
    assert isinstance(rejection, Rejection)
    assert rejection.line == 1
    assert rejection.code is InputFault.DAMAGED


def test_a_title_in_visual_order_is_left_out_and_told(tmp_path: Path) -> None:
    caution, document = _read(tmp_path, DENIAL, title=get_display("الدفاع المدني ينفي مقتل العشرات", base_dir="R"))
    assert isinstance(caution, Caution)
    assert caution.reason.startswith("title ")
    assert isinstance(document, Document)
    assert document.title is None
    assert document.provenance.left_out[0].what.startswith("title ")


def test_titles_and_bylines_are_mended_too(tmp_path: Path) -> None:
    (document,) = _read(
        tmp_path, "The bridge is shut.", title="Caf&eacute; &amp;quot;Bridge&amp;quot;", author="S. Lev\u00adin"
    )
    assert isinstance(document, Document)
    assert (document.title, document.author) == ('Café "Bridge"', "S. Levin")


def test_the_language_is_that_of_the_mended_words(tmp_path: Path) -> None:
    (document,) = _read(tmp_path, reshape("شهردار گفت که پل قدیمی از روز شنبه بسته است"))
    assert isinstance(document, Document)
    assert document.language == "fa"
