"""Letters in visual order: told for certain, turned around where that is safe, and never seen where they are not."""

import pytest
from arabic_reshaper import reshape  # type: ignore[import-untyped]  # ships no types
from bidi import get_display  # type: ignore[import-untyped]  # ships no types
from hypothesis import given
from hypothesis import strategies as st

from agent.text import damage_of, restore
from agent.text.order import in_reading_order, is_visual
from agent.text.restoring import LOST_LETTERS, VISUAL_ORDER

DENIAL = "نفى الدفاع المدني أن 71 شخصا قتلوا في الفيضان يوم الخميس وبلغت كلفة الأضرار 4000 دينار"
TOLD = {
    "ar": DENIAL,
    "ar with Latin": "قالت وكالة Harbour Post إن 25 سفينة غادرت الميناء يوم الاثنين بعد إصلاح الرصيف",
    "fa": "شهردار گفت که پل قدیمی از روز سه‌شنبه بسته است و مردم باید از راه دیگری بروند",
    "ur": "وزیر نے کہا کہ پل بند ہے اور لوگوں کو دوسرے راستے سے جانا ہو گا",
    "he": "ראש העיר אמר שהגשר הישן נסגר ביום שלישי ושהתיקון יעלה תשעה מיליון",
}


def _visual(text: str) -> str:
    return "\n".join(get_display(line, base_dir="R") for line in text.split("\n"))


@pytest.mark.parametrize("text", TOLD.values(), ids=TOLD.keys())
def test_a_text_in_visual_order_is_told_from_one_in_reading_order(text: str) -> None:
    assert not is_visual(text)
    assert damage_of(text) is None
    for turned in (_visual(text), _visual(reshape(text)), text[::-1], " ".join(word[::-1] for word in text.split())):
        assert is_visual(turned)
        assert damage_of(turned) == VISUAL_ORDER


def test_a_quotation_in_visual_order_is_found_in_a_text_that_is_not() -> None:
    assert is_visual(f"{TOLD['ar with Latin']}. {_visual(DENIAL)} {TOLD['ar with Latin']}.")
    assert is_visual(f"The statement reads:\n{_visual('نفى الدفاع المدني الخبر')}\nand nothing more.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The old bridge is shut.",
        "لا لا لا",
        "شهد عهد الأب ما شهد عهد الابن من الحكم:\nقمعا واعتقالا وقتلا وتهجيرا",
        "مثلا فعلا أصلا قليلا إلا أنه",
        "باب ليل سوس توت",
        "ت ر ت ي ب ا ل ح ب و ت",
        "د. م. أ.د.",
        "وَٱلْعَصْرِ إِنَّ ٱلْإِنسَانَ لَفِي خُسْرٍ",
        "ناوی پیشاندان وەک نوێ پاشەکەوت بکە",
        "پەیوەندیی یەک-بۆ-یەک",
        "چېسلا يوق",
        "د پښتو ژبه په افغانستان کې ویل کېږي",
    ],
)
def test_what_stands_in_reading_order_is_never_taken_for_the_other(text: str) -> None:
    assert not is_visual(text)


PAGE = (
    "أعلن رئيس البلدية أن الجسر القديم أغلق عام 2024 أمام السيارات.\n"
    "واكتشف المهندسون شقوقا في ثلاثة أعمدة من الجسر، وقال المجلس\n"
    "إن الإصلاح يكلف 4000 دينار وفق مجلة Harbour Post."
)


@pytest.mark.parametrize("shape", [str, reshape])
def test_lines_of_a_page_are_turned_around_where_full_stops_and_numbers_tell_how(shape: type[str]) -> None:
    restored = restore(_visual(shape(PAGE)))
    assert restored.text == PAGE
    assert restored.damage is None
    assert restored.mended[0] == "letters in visual order were put in reading order, line by line"


@pytest.mark.parametrize("words", ["(القديم)", "[القديم] (أمس)", "«القديم»", "(الذي [بني] هنا)"])
def test_brackets_of_a_page_that_was_turned_around_open_before_they_close(words: str) -> None:
    page = PAGE.replace("القديم", words)
    mirrored = _visual(page).translate(str.maketrans("()[]«»", ")(][»«"))
    assert [restore(text).text for text in (_visual(page), mirrored)] == [page, page]


def test_a_page_in_hebrew_is_turned_around_too() -> None:
    page = "ראש העיר אמר שהגשר הישן נסגר ביום שלישי.\nהתיקון יעלה תשעה מיליון, אמרה המועצה."
    assert restore(_visual(page)).text == page


@pytest.mark.parametrize(
    "text",
    [
        _visual(DENIAL),
        " ".join(_visual(PAGE).split("\n")),
        "\n".join(" ".join(word[::-1] for word in line.split()) for line in PAGE.split("\n")),
        "\n".join(line[::-1] for line in PAGE.split("\n")),
        f"{_visual(PAGE)}\n{PAGE}",
        _visual(PAGE.replace("2024", "25").replace("4000", "37")),
    ],
    ids=["no full stop", "lines joined", "words only", "numbers too", "both orders", "numbers that may be either"],
)
def test_what_may_come_out_as_words_that_nobody_wrote_is_left_as_it_is(text: str) -> None:
    assert is_visual(text)
    assert in_reading_order(text) is None
    restored = restore(text)
    assert restored.damage == VISUAL_ORDER
    assert restored.mended == ()


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("??? ?????? ?????? 71 ???", LOST_LETTERS),
        ("ق\ufffdل الد\ufffd\ufffdع الم\ufffdني \ufffdن", LOST_LETTERS),
        ("What?? Really???", None),
        ("One letter was lo\ufffdt here, and all others stand.", None),
    ],
)
def test_letters_that_were_lost_are_told(text: str, damage: str | None) -> None:
    assert damage_of(text) == damage


ARABIC = st.sampled_from([*DENIAL.split(), *PAGE.split(), ".", "\n", "(", "ﻻ", "\u202b", "\u0651", "71"])


@given(st.lists(ARABIC, max_size=50).map(" ".join) | st.text(max_size=100))
def test_whatever_comes_is_restored_or_refused(text: str) -> None:
    for one in (text, text[::-1], _visual(text)):
        restored = restore(one, "ar")
        assert restored.damage is not None or not is_visual(restored.text)
