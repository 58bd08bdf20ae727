"""Line ends: headings and paragraphs end there, lines broken by hand go on; each is judged where it stands."""

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text import sentences


def _told(text: str, language: str) -> list[str]:
    return [" ".join(text[s.start : s.end].split()) for s in sentences(text, language)]


HEADED = [
    (
        "en",
        "Bridge closed for six weeks",
        "Engineers alarmed by old pillars",
        "The old bridge of Northbank was closed to cars on Tuesday, the mayor said.",
    ),
    (
        "ar",
        "إغلاق الجسر القديم ستة أسابيع",
        "قلق المهندسين من الأعمدة",
        "أغلق الجسر القديم أمام السيارات يوم الثلاثاء، كما قال رئيس البلدية.",
    ),
    (
        "fa",
        "پل قدیمی شش هفته بسته شد",
        "مهندسان نگران ستون‌ها هستند",
        "شهردار گفت پل قدیمی از روز سه‌شنبه بسته است.",
    ),
    (
        "de",
        "Brücke sechs Wochen gesperrt",
        "Ingenieure besorgt",
        "Die alte Brücke von Nordufer ist seit Dienstag gesperrt, sagte der Bürgermeister.",
    ),
    ("he", "הגשר נסגר לשישה שבועות", "המהנדסים מודאגים", "הגשר הישן נסגר ביום שלישי, אמר ראש העיר."),
    ("zh", "旧桥关闭六周", "工程师担心桥墩", "市长说，旧桥周二关闭。"),
]


@pytest.mark.parametrize(("language", "headline", "deck", "lede"), HEADED)
@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_headline_deck_and_lede_are_three_whatever_ends_their_lines(
    language: str, headline: str, deck: str, lede: str, mark: str
) -> None:
    assert _told(mark.join((headline, deck, lede)), language) == [headline, deck, lede]


@pytest.mark.parametrize(("language", "headline", "deck", "lede"), HEADED[:4])
@pytest.mark.parametrize("width", [36, 44])
def test_they_are_three_above_a_lede_that_is_broken_by_hand_too(
    language: str, headline: str, deck: str, lede: str, width: int
) -> None:
    assert _told("\n".join((headline, deck, *wrap(lede, width))), language) == [headline, deck, lede]


def test_a_paragraph_broken_by_hand_among_whole_ones_is_joined_and_nothing_else() -> None:
    text = (
        "The bridge is shut.\nRepairs are to be paid for by the town of\nNorthbank and the county, said mayor John\n"
        "Hill on Friday in the town hall after a long\nmeeting with engineers.\nNobody was hurt\n"
        "Cars use the other bridge.\nBuses do not run.\nThe river is low.\nBoats may pass."
    )
    assert _told(text, "en") == [
        "The bridge is shut.",
        "Repairs are to be paid for by the town of Northbank and the county, said mayor John Hill on Friday in the "
        "town hall after a long meeting with engineers.",
        "Nobody was hurt",
        "Cars use the other bridge.",
        "Buses do not run.",
        "The river is low.",
        "Boats may pass.",
    ]


def test_arabic_lines_broken_anywhere_are_joined_among_whole_ones() -> None:
    text = (
        "أغلق الجسر القديم يوم الثلاثاء.\nوأضاف المصدر أن\nقرار الإغلاق\nكان\nيهدف\nإلى حماية الناس.\n"
        "اكتشف المهندسون شقوقا في ثلاثة أعمدة.\nتبلغ الكلفة تسعة ملايين.\nلم يصب أحد."
    )
    assert _told(text, "ar") == [
        "أغلق الجسر القديم يوم الثلاثاء.",
        "وأضاف المصدر أن قرار الإغلاق كان يهدف إلى حماية الناس.",
        "اكتشف المهندسون شقوقا في ثلاثة أعمدة.",
        "تبلغ الكلفة تسعة ملايين.",
        "لم يصب أحد.",
    ]


def test_arabic_lines_broken_at_one_width_are_joined_among_whole_ones() -> None:
    told = [
        "أغلق الجسر.",
        "أغلقت الشرطة الجسر القديم شمال المدينة أمام السيارات يوم الثلاثاء بعد اكتشاف المهندسين شقوقا بثلاثة أعمدة.",
        "تبلغ الكلفة تسعة ملايين.",
        "لم يصب أحد.",
    ]
    for width in (30, 40, 50):
        assert _told("\n".join((told[0], *wrap(told[1], width), *told[2:])), "ar") == told


def test_a_dateline_stands_by_itself_above_lines_broken_anywhere() -> None:
    text = "الزاهرة ـ الخميس 24 تشرين الأول 2024\nقال\nمصدر رفيع\nإن\nالوزيرة استقالت مساء\nالأربعاء."
    assert _told(text, "ar") == [
        "الزاهرة ـ الخميس 24 تشرين الأول 2024",
        "قال مصدر رفيع إن الوزيرة استقالت مساء الأربعاء.",
    ]


def test_a_name_that_a_line_end_parts_stays_one() -> None:
    told = [
        "The old bridge of Northbank was closed to cars on Tuesday, the mayor, John Hill, said.",
        "Engineers discovered cracks in three pillars of the bridge, which Northbank Works built long ago.",
    ]
    for width in (50, 60, 76):
        assert _told("\n".join(wrap(" ".join(told), width)), "en") == told


def test_an_abbreviation_that_a_line_ends_with_may_go_on_in_the_next() -> None:
    told = [
        "The troops of the U.S. Army left the base on Tuesday at 9 p.m.",
        "The road of the U.N. Force stays open.",
    ]
    for width in (21, 24, 30, 44, 62):
        assert _told("\n".join(wrap(" ".join(told), width)), "en") == told, width
    lines = "He moved to the U.S.\nThe army stayed in Washington D.C.\nProfits rose."
    assert _told(lines, "en") == ["He moved to the U.S.", "The army stayed in Washington D.C.", "Profits rose."]


def test_a_headline_in_capitals_is_no_line_of_the_lede() -> None:
    text = "Northbank Mayor Announces Bridge Closure\nJohn Hill says that the old bridge of\nNorthbank must close."
    assert _told(text, "en") == [
        "Northbank Mayor Announces Bridge Closure",
        "John Hill says that the old bridge of Northbank must close.",
    ]


def test_what_is_announced_by_a_colon_goes_with_it_and_items_stand_apart() -> None:
    assert _told('The mayor said:\n"We will close it."\nHe left.', "en") == [
        'The mayor said: "We will close it."',
        "He left.",
    ]
    assert _told("To be had:\n• bread,\n• milk\n- eggs and\n1) salt\n2. oil", "en") == [
        "To be had:",
        "• bread,",
        "• milk",
        "- eggs and",
        "1) salt",
        "2. oil",
    ]


def test_a_row_of_marks_parts_what_stands_above_and_below() -> None:
    assert _told("bridge closed\n*****\nthe mayor says so", "en") == ["bridge closed", "*****", "the mayor says so"]


@given(
    st.lists(
        st.sampled_from(["The", "mayor", "قال", "وزير", ",", ".", "5", "\n", "\n\n", "-", "“", "市"]), max_size=60
    )
)
def test_every_word_stands_in_one_sentence_however_lines_are_broken(pieces: list[str]) -> None:
    text = " ".join(pieces)
    spans = sentences(text, "en")
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())
