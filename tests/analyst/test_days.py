"""Which days the words of an article tell, seen from its day of publication: a Wednesday."""

from datetime import date

import pytest

from agent.analyst.lexical.days import days_mentioned, days_named, months_mentioned
from agent.analyst.lexical.words import words

PUBLISHED = date(2016, 3, 16)


@pytest.mark.parametrize(
    ("text", "language", "ahead", "days"),
    [
        ("It shut today", "en", False, [(16, 2, 3, False)]),
        ("It shut yesterday evening", "en", False, [(15, 2, 3, False)]),
        ("It shut yesterday, Tuesday", "en", False, [(15, 2, 3, False), (15, 4, 5, False)]),
        ("It shut yesterday Tuesday evening", "en", False, [(15, 2, 4, False)]),
        ("It opens tomorrow", "en", True, [(17, 2, 3, False)]),
        ("It shut on Wednesday", "en", False, [(16, 3, 4, False)]),
        ("It shut on Tuesday", "en", False, [(15, 3, 4, False)]),
        ("It shut on Thursday", "en", False, [(10, 3, 4, False)]),
        ("It opens on Tuesday", "en", True, [(22, 3, 4, False)]),
        ("It opens on Wednesday", "en", True, [(16, 3, 4, False)]),
        ("Tuesday", "en", False, [(15, 0, 1, False)]),
        ("Tuesday was that", "en", False, [(15, 0, 1, False)]),
        ("It shut that Tuesday", "en", False, []),
        ("It shut on 15 March", "en", False, [(15, 3, 5, True)]),
        ("It shut on March 14, 2016, the first", "en", False, [(14, 3, 5, True)]),
        ("It shut on 31 March and 1 March", "en", False, [(31, 3, 5, True), (1, 6, 8, True)]),
        ("It shut on 30 February", "en", False, []),
        ("أغلق أمس الثلاثاء", "ar", False, [(15, 1, 3, False)]),
        ("أغلق في ذلك الثلاثاء", "ar", False, []),
        ("أغلق في 15 آذار", "ar", False, [(15, 2, 4, True)]),
        ("Il ferme lundi", "fr", False, []),
        ("It shut the day before yesterday", "en", False, [(14, 3, 6, False)]),
        ("It opens the day after tomorrow", "en", True, [(18, 3, 6, False)]),
        ("It shut three days ago", "en", False, [(13, 2, 5, False)]),
        ("أغلق أول أمس", "ar", False, [(14, 1, 3, False)]),
        ("أغلق أول من أمس", "ar", False, [(14, 1, 4, False)]),
        ("أغلق أمس الأول الاثنين", "ar", False, [(14, 1, 4, False)]),
        ("يفتح بعد غد", "ar", True, [(18, 1, 3, False)]),
        ("It shut on the 5th of March", "en", False, [(5, 4, 8, True)]),
        ("أغلق في الحادي والعشرين من آذار", "ar", False, [(21, 2, 6, True)]),
        ("أغلق الأحد الخامس من آذار", "ar", False, [(13, 1, 2, False), (5, 2, 5, True)]),
        ("أغلق في النصف الأول من آذار", "ar", False, []),
    ],
)
def test_days_of_this_month(text: str, language: str, ahead: bool, days: list[tuple[int, int, int, bool]]) -> None:
    told = days_mentioned(words(text), language, PUBLISHED, ahead=ahead)
    assert all((one.day.year, one.day.month) == (2016, 3) for one in told)
    assert [(one.day.day, one.at, one.after, one.calendar) for one in told] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 15 March 2014", date(2014, 3, 15)),
        ("on 15 March 2014 and 2015", date(2014, 3, 15)),
        ("on 15 March in the year of 2014", date(2014, 3, 15)),
        ("on 15 March, in the year of 2014", date(2016, 3, 15)),
        ("on 15 March of the year 2014", date(2014, 3, 15)),
        ("في 2 تشرين الأول 2014", date(2014, 10, 2)),
        ("on 15 March with 20144 ships", date(2016, 3, 15)),
    ],
)
def test_the_year_is_told_near_the_day_or_it_is_that_of_publication(text: str, day: date) -> None:
    language = "en" if text.isascii() else "ar"
    assert [one.day for one in days_mentioned(words(text), language, PUBLISHED, ahead=False)] == [day]


def test_without_a_day_of_publication_only_whole_dates_are_told() -> None:
    text = words("today, on Tuesday, on 15 March, and on 16 March 2014")
    assert [one.day for one in days_mentioned(text, "en", None, ahead=False)] == [date(2014, 3, 16)]


@pytest.mark.parametrize(
    ("text", "language", "keys"),
    [
        ("Shut on Monday, 15 March", "en", {"w0", "3-15"}),
        ("Shut on March 15 and April 2", "en", {"3-15", "4-2"}),
        ("فتح الأحد 15 كانون الثاني", "ar", {"w6", "1-15"}),
        ("fermé lundi 15 mars", "fr", {"w0", "3-15"}),
        ("geschlossen am Montag, 15. März", "de", set()),
        ("shut", "en", set()),
    ],
)
def test_days_as_keys_to_compare(text: str, language: str, keys: set[str]) -> None:
    assert days_named(words(text), language) == keys


@pytest.mark.parametrize(
    ("text", "language", "months"),
    [
        ("In March and on 7 June the quay was shut.", "en", {3, 6}),
        ("They may march on.", "en", set()),
        ("They came in may.", "en", set()),
        ("They came in May.", "en", {5}),
        ("Le quai ouvre en mars.", "fr", {3}),
        ("Rıhtım Mart ayında açılıyor.", "tr", {3}),
        ("rıhtım mart ayında açılıyor.", "tr", set()),
        ("يفتح الرصيف في مارس.", "ar", {3}),
        ("The quay opens.", "en", set()),
    ],
)
def test_months_are_named_with_a_day_or_without(text: str, language: str, months: set[int]) -> None:
    assert months_mentioned(words(text), language) == months
