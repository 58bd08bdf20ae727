"""Days that running text names without a year, in the calendar and by the names of its language."""

import pytest

from agent.dates import DayOfMonth, day_of_month_at, is_calendar_word, weekday_named


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("15 march", "en", DayOfMonth(3, 15, 2)),
        ("march 15", "en", DayOfMonth(3, 15, 2)),
        ("1 sept", "en", DayOfMonth(9, 1, 2)),
        ("31 may", "en", DayOfMonth(5, 31, 2)),
        ("0 may", "en", None),
        ("32 may", "en", None),
        ("may 2024", "en", None),
        ("may", "en", None),
        ("may on", "en", None),
        ("may 015", "en", None),
        ("15", "en", None),
        ("", "en", None),
        ("15 mars", "en", None),
        ("15 mars", "fr", DayOfMonth(3, 15, 2)),
        ("15 mayıs", "tr", DayOfMonth(5, 15, 2)),
        ("15 آذار", "ar", DayOfMonth(3, 15, 2)),
        ("15 كانون الثاني", "ar", DayOfMonth(1, 15, 3)),
        ("كانون الثاني 15", "ar", DayOfMonth(1, 15, 3)),
        ("15 كانون الأول", "ar", DayOfMonth(12, 15, 3)),
        ("15 كانون", "ar", None),
        ("3 ناصر", "ar", None),
        ("3 جدی", "fa", None),
        ("15 مهر", "fa", DayOfMonth(7, 15, 2)),
        ("15 märz", "de", None),
        ("5 th of march", "en", DayOfMonth(3, 5, 4)),
        ("march 5 th", "en", DayOfMonth(3, 5, 2)),
        ("1 er mai", "fr", DayOfMonth(5, 1, 3)),
        ("premier mai", "fr", DayOfMonth(5, 1, 2)),
        ("5 de marzo", "es", DayOfMonth(3, 5, 3)),
        ("الخامس عشر من كانون الثاني", "ar", DayOfMonth(1, 15, 5)),
        ("الخامس من القوات", "ar", None),
    ],
)
def test_a_day_of_a_month_in_either_order(text: str, language: str, day: DayOfMonth | None) -> None:
    words = ["behind", *text.split()]
    assert day_of_month_at(words, 1, language) == day
    assert day_of_month_at(words, 0, language) is None


def test_of_a_day_between_two_months_each_has_it() -> None:
    words = ["march", "15", "april"]
    assert [day_of_month_at(words, at, "en") for at in range(4)] == [
        DayOfMonth(3, 15, 2), DayOfMonth(4, 15, 2), None, None
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "language", "number"),
    [
        ("monday", "en", 0),
        ("sunday", "en", 6),
        ("sat", "en", None),
        ("sun", "en", None),
        ("الاحد", "ar", 6),
        ("احد", "ar", None),
        ("پنج‌شنبه", "fa", 3),
        ("salı", "tr", 1),
        ("montag", "de", None),
    ],
)
def test_only_the_whole_name_of_a_weekday_tells_it(word: str, language: str, number: int | None) -> None:
    assert weekday_named(word, language) == number
    assert is_calendar_word(word, language) is (number is not None)


def test_a_month_is_no_name_and_what_is_called_like_one_is() -> None:
    told = [("en", "march jan may harbour"), ("es", "marzo mar"), ("ar", "اذار ناصر كانون"), ("fa", "مهر اسد")]
    assert {word: is_calendar_word(word, language) for language, words in told for word in words.split()} == {
        "march": True, "jan": True, "may": True, "harbour": False, "marzo": True, "mar": False,
        "اذار": True, "ناصر": False, "كانون": False, "مهر": True, "اسد": False,
    }  # fmt: skip
