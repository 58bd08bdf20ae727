"""Numbers in digits and in words, with what they count."""

from dataclasses import replace

import pytest

from agent.analyst.lexical.measures import Measured
from agent.analyst.lexical.numbers import Number, read_numbers
from agent.analyst.lexical.words import words


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("9,000 sorties", "en", Number(9000, "sorti", bare=False)),
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
        ("1,234.5 tons", "en", Number(1234.5, "ton", bare=False)),
        ("3,5 tons", "en", Number(3.5, "ton", bare=False)),
        ("واحد وسبعون رجلا", "ar", Number(71, "رجل", bare=False)),
        ("تسعة وعشرون رجلا", "ar", Number(29, "رجل", bare=False)),
        ("أربعة عشر رجلا", "ar", Number(14, "رجل", bare=False)),
        ("أربعة عشر", "ar", Number(14, "", bare=False)),
        ("تسعة آلاف طلعة", "ar", Number(9000, "طلع", bare=False)),
        ("ثلاثة رجال", "ar", Number(3, "رجل", bare=False)),
    ],
)
def test_a_number_is_told_with_what_it_counts(text: str, language: str, number: Number) -> None:
    assert [replace(one, measured=Measured()) for one in read_numbers(words(text), language)] == [number]


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
        ("واحد وثلاثة", "ar", [1, 3]),
        ("سبعون وعشرون", "ar", [70, 20]),
        ("5 وعشرون", "ar", [5, 20]),
    ],
)
def test_what_makes_no_sum_is_told_one_by_one(text: str, language: str, values: list[float]) -> None:
    assert [one.value for one in read_numbers(words(text), language)] == values


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("half a million people", "en", [500_000]),
        ("half-a-million people", "en", [500_000]),
        ("half a dozen ships and two dozen boats", "en", [6, 24]),
        ("one and a half million people, a million and a half", "en", [1_500_000, 1_500_000]),
        ("2½ million and ½ million", "en", [2_500_000, 500_000]),
        ("two thousand five hundred and six", "en", [2506]),
        ("one hundred and seventeen, a hundred and five", "en", [117, 105]),
        ("seventeen hundred, two hundred thousand", "en", [1700, 200_000]),
        ("€1.5bn, $5m, £300k, 5m long", "en", [1_500_000_000, 5_000_000, 300_000, 5]),
        ("no one was hurt and none were lost", "en", []),
        ("hundreds of ships and dozens of boats", "en", []),
        ("two and three of five", "en", [2, 3, 5]),
        ("0.125 percent of 1,250", "en", [0.125, 1250]),
        ("نصف مليون شخص", "ar", [500_000]),
        ("مليون ونصف المليون شخص", "ar", [1_500_000]),
        ("ألف وخمسمئة قتيل، ألفان ومئتان", "ar", [1500, 2200]),
        ("مئة وسبعة عشر قتيلا وعشرون جريحا", "ar", [117, 20]),
        ("مئة وسبعة وعشرون قتيلا", "ar", [127]),
        ("ثلاثة آلاف وخمسمائة وأربعة وستون", "ar", [3564]),
        ("3 آلاف و500 شخص", "ar", [3500]),
        ("١٬٥٠٠ قتيل و١٫٥ مليون و1.500 و2,5", "ar", [1500, 1_500_000, 1500, 2.5]),
        ("واحد من الجنود", "ar", [1]),
        ("صد و هفده نفر", "fa", [117]),
        ("یک میلیون و پانصد هزار نفر", "fa", [1_500_000]),
        ("یک و نیم میلیون، نیم میلیون", "fa", [1_500_000, 500_000]),
        ("۵ هزار و ۳۰۰ نفر", "fa", [5300]),
        ("نه، یک نفر آمد", "fa", []),
        ("سی و نه نفر", "fa", [39]),
        ("quatre-vingt-dix-neuf morts et soixante et onze blessés", "fr", [99, 71]),
        ("quatre-vingts et soixante-quinze", "fr", [80, 75]),
        ("1 500 000 personnes, 1.500 morts, 1,5 million", "fr", [1_500_000, 1500, 1_500_000]),
        ("un demi-million, un million et demi", "fr", [500_000, 1_500_000]),
        ("deux mille dix-sept", "fr", [2017]),
        ("12 M€ et 3 mds", "fr", [12_000_000, 3_000_000_000]),
        ("treinta y un muertos, quinientos heridos, medio millón", "es", [31, 500, 500_000]),
        ("ciento veintidós mil", "es", [122_000]),
        ("yüz on yedi kişi, bir buçuk milyon, yarım milyon", "tr", [117, 1_500_000, 500_000]),
        ("5 bin 300 kişi, 1.500 ölü, 1,5 milyon", "tr", [5300, 1500, 1_500_000]),
        ("1.500 Tote, 1,5 Tonnen", "de", [1500, 1.5]),
        ("1\u202f500\u202f000 and 12\u00a0000", "en", [1_500_000, 12_000]),
    ],
)
def test_a_number_in_words_or_figures_is_one_value(text: str, language: str, values: list[float]) -> None:
    assert [one.value for one in read_numbers(words(text), language)] == values


@pytest.mark.parametrize(
    ("text", "is_year"),
    [
        ("1799", False),
        ("1800", True),
        ("2099", True),
        ("2100", False),
        ("2016.5", False),
        ("1,900", False),
        ("two thousand", False),
    ],
)
def test_a_bare_whole_number_of_these_centuries_is_a_year(text: str, is_year: bool) -> None:
    (number,) = read_numbers(words(text), "en")
    assert number.is_year is is_year
