"""Numbers in digits and in words, with what they count."""

import pytest

from agent.analyst.lexical.numbers import Number, numbers_told
from agent.analyst.lexical.words import words


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("9,000 sorties", "en", Number(9000, "sorti", bare=True)),
        ("nine thousand sorties", "en", Number(9000, "sorti", bare=False)),
        ("2 million people", "en", Number(2_000_000, "person", bare=False)),
        ("two hundred thousand men", "en", Number(200_000, "man", bare=False)),
        ("one hundred", "en", Number(100, "", bare=False)),
        ("seventy-one people", "en", Number(71, "person", bare=False)),
        ("seventy-one", "en", Number(71, "", bare=False)),
        ("ninety-nine ships", "en", Number(99, "ship", bare=False)),
        ("twenty-", "en", Number(20, "", bare=False)),
        ("five", "en", Number(5, "", bare=False)),
        ("not fourteen ships", "en", Number(14, "ship", bare=False, denied=True)),
        ("no 5 ships", "en", Number(5, "ship", bare=True, denied=True)),
        ("with 5 ships", "en", Number(5, "ship", bare=True)),
        ("5 , , ships", "en", Number(5, "", bare=True)),
        ("5 ships not", "en", Number(5, "ship", bare=True)),
        ("5 (big) ships", "en", Number(5, "big", bare=True)),
        ("5 % of", "en", Number(5, "%", bare=True)),
        ("1,234.5 tons", "en", Number(1234.5, "ton", bare=True)),
        ("3,5 tons", "en", Number(3.5, "ton", bare=True)),
        ("واحد وسبعون رجلا", "ar", Number(71, "رجل", bare=False)),
        ("تسعة وعشرون رجلا", "ar", Number(29, "رجل", bare=False)),
        ("أربعة عشر رجلا", "ar", Number(14, "رجل", bare=False)),
        ("أربعة عشر", "ar", Number(14, "", bare=False)),
        ("تسعة آلاف طلعة", "ar", Number(9000, "طلع", bare=False)),
        ("ثلاثة رجال", "ar", Number(3, "رجل", bare=False)),
    ],
)
def test_a_number_is_told_with_what_it_counts(text: str, language: str, number: Number) -> None:
    assert numbers_told(words(text), language) == [number]


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("ships", "en", []),
        ("thousand ships", "en", []),
        ("1.2.3", "en", []),
        ("5 or 6 ships", "en", [5, 6]),
        ("seventy-ten people", "en", [70, 10]),
        ("ten-one ships", "en", [10, 1]),
        ("one-two ships", "en", [1, 2]),
        ("seventy. one", "en", [70, 1]),
        ("70-1", "en", [70, 1]),
        ("خمسة سبعون", "ar", [5, 70]),
        ("عشرون عشر", "ar", [20, 10]),
        ("واحد وثلاثة", "ar", [1]),
        ("سبعون وعشرون", "ar", [70]),
        ("5 وعشرون", "ar", [5]),
    ],
)
def test_what_makes_no_sum_is_told_one_by_one(text: str, language: str, values: list[float]) -> None:
    assert [one.value for one in numbers_told(words(text), language)] == values


@pytest.mark.parametrize(
    ("text", "is_year"),
    [("1799", False), ("1800", True), ("2099", True), ("2100", False), ("2016.5", False), ("two thousand", False)],
)
def test_a_bare_whole_number_of_these_centuries_is_a_year(text: str, is_year: bool) -> None:
    (number,) = numbers_told(words(text), "en")
    assert number.is_year is is_year
