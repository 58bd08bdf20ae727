"""Months that are named without a day: of the year in which they are nearest to the day of publication."""

from datetime import date

import pytest

from agent.dates import months_named

NOVEMBER = (date(2024, 11, 1), date(2024, 11, 30))


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("They had written in November to complain of the locks", "en", NOVEMBER),
        ("Ils avaient écrit en novembre", "fr", NOVEMBER),
        ("الأقفال مكسورة منذ تشرين الثاني", "ar", NOVEMBER),
        ("قرارداد از فروردین معلق است", "fa", (date(2025, 3, 21), date(2025, 4, 20))),
    ],
)
def test_the_nearest_one_is_meant(text: str, language: str, days: tuple[date, date]) -> None:
    assert months_named(text, language, date(2025, 2, 14)) == (days,)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They march through the gate, and may return", "en"),
        ("It was closed on 3 November", "en"),
        ("It was closed in November 2011", "en"),
        ("تیر به دیوار خورد", "fa"),
        ("Nothing happened", "en"),
    ],
)
def test_other_words_and_whole_dates_are_no_months(text: str, language: str) -> None:
    assert months_named(text, language, date(2025, 2, 14)) == ()


def test_a_lunar_month_is_that_of_its_own_calendar() -> None:
    assert months_named("منذ رمضان", "ar", date(2025, 2, 14)) == ((date(2025, 3, 1), date(2025, 3, 29)),)


def test_at_the_ends_of_all_calendars_nothing_is_named() -> None:
    assert months_named("في رمضان", "ar", date(1, 1, 1)) == ()
    assert months_named("in December", "en", date(9999, 12, 31))
