"""How number words and figures make one number, and where the next begins: at the edges of every rule."""

import pytest

from agent.analyst.lexical.counting import numeral_at
from agent.analyst.lexical.numbers import read_numbers
from agent.analyst.lexical.numerals import load_numerals
from agent.analyst.lexical.words import words
from agent.text import fold

# By language, a text and the values that stand in it.
VALUES: dict[str, list[tuple[str, list[float]]]] = {
    "en": [
        ("three-quarters of a million people", [750_000]),
        ("a quarter of a million", [250_000]),
        ("a quarter of the people", []),
        ("several dozen people", []),
        ("a few hundred people", []),
        ("nineteen hundred ships", [1900]),
        ("twenty hundred ships", [20]),
        ("1 500 ships", [1, 500]),
        ("1\u202f500 ships", [1500]),
        ("half a million people", [500_000]),
        ("a hundred ships", [100]),
        ("2½ and a half", [2.5]),
        ("one and a half", [1.5]),
        ("seventy - one", [70, 1]),
        ("seventy one", [71]),
        ("seventy -", [70]),
        ("seventy+one people", [70, 1]),
        ("twenty and one", [20, 1]),
        ("five and hundred", [5]),
        ("one hundred and", [100]),
        ("hundred and ships", []),
        ("two million three thousand", [2_003_000]),
        ("two thousand million", [2_000_000_000]),
        ("three thousand two million", [3_002_000_000]),
        ("five thousand thousand", [5_000_000]),
        ("five thousand two thousand", [7000]),
        ("two million million", [2_000_000_000_000]),
        ("one hundred thousand million", [100_000_000_000]),
        ("2 thousand 5 million", [2000, 5_000_000]),
        ("one thousand two hundred million", [1_200_000_000]),
        ("two hundred hundred", [200]),
        ("two dozen hundred", [24]),
        ("a dozen dozen", [12, 12]),
        ("two hundred dozen", [200, 12]),
        ("five hundred six seven", [506, 7]),
        ("two hundred and ten and five", [210, 5]),
        ("sixty eleven", [60, 11]),
        ("six seven", [6, 7]),
        ("ten twenty", [10, 20]),
        ("twenty thirty", [20, 30]),
        ("twenty ten", [20, 10]),
        ("one hundred zero", [100]),
        ("1,500 000", [1500, 0]),
        ("1½", [1.5]),
        ("1 ½", [1, 0.5]),
        ("½", [0.5]),
        ("£5", [5]),
        ("£5k", [5000]),
        ("5k£", [5000]),
        ("5k £", [5000]),
        ("5k", [5]),
        ("5m €", [5_000_000]),
        ("$5", [5]),
        ("€ 5 m", [5_000_000]),
        ("5 m wide and £3", [5, 3]),
        ("1234.567", [1234.567]),
        ("1,234,567", [1_234_567]),
        ("1.234.567", [1_234_567]),
        ("1,23,456", []),
        ("1.234,56", [1234.56]),
        ("1.2,3.4", []),
        ("1,234,56", []),
        ("1,234,567.8", [1234567.8]),
        ("12,34", [12.34]),
        ("1234,5", [1234.5]),
        ("1234,567", [1234.567]),
        ("1,234,5678", []),
        ("123,456", [123_456]),
    ],
    "fa": [
        ("پانصد و یک میلیارد", [501_000_000_000]),
        ("یک میلیارد", [1_000_000_000]),
        ("چند هزار نفر", []),
        ("ده\u200cها هزار نفر", []),
        ("ربع میلیون", [250_000]),
        ("نه", []),
        ("یک", []),
        ("نه هزار نفر", [9000]),
        ("یک میلیون نفر", [1_000_000]),
        ("صد هزار", [100_000]),
        ("صد و بیست و یک هزار", [121_000]),
        ("بیست صد", [20, 100]),
        ("نوزده صد", [1900]),
        ("سیصد و چهل و دو", [342]),
        ("چهل سیصد", [40, 300]),
        ("هزار و سیصد", [1300]),
        ("هزار هزار", [1_000_000]),
    ],
    "ar": [
        ("ثمانمئة وثمانية عشر شخصا", [818]),
        ("مئتين وواحد عشرة", [211]),
        ("خمسة وعشرون ألفاً", [25_000]),
        ("عشرون مليوناً", [20_000_000]),
        ("25 ألفا من السكان", [25_000]),
        ("قتل ألفاً منهم", [1000]),
        ("ألفا رجل", [2000]),
        ("مليونا رجل", [2_000_000]),
        ("نصف المليون", [500_000]),
        ("ربع مليون", [250_000]),
        ("ثلاثة أرباع المليون", [750_000]),
        ("خمسة عشر", [15]),
        ("مليون ونصف ألف", [1_500_000, 1000]),
        ("ألف ونصف ألف رجل", [1500]),
        ("ألف ونصف الألف رجل", [1500]),
        ("واحد عشر", [11]),
        ("تسعة عشر", [19]),
        ("أحد عشر", [11]),
        ("مئة وخمسة عشر", [115]),
        ("عشرة عشر", [10, 10]),
        ("مئة عشر", [110]),
        ("صفر عشر", [0, 10]),
        ("خمسة وعشر", [5, 10]),
        ("مئة وعشر", [110]),
        ("ألف خمسة", [1005]),
        ("خمسة خمسة", [5, 5]),
        ("واحد و عشرون", [21]),
        ("تسعة وتسعون", [99]),
        ("واحد وعشرون", [21]),
        ("عشرة وعشرون", [10, 20]),
        ("صفر وعشرون", [0, 20]),
        ("مئة وواحد وعشرون", [121]),
        ("خمسة وعشرة", [5, 10]),
        ("ألفان ومئتان", [2200]),
        ("ألفان وألف", [2000, 1000]),
        ("مليونان وألفان", [2_002_000]),
        ("ألفان ومليونان", [2000, 2_000_000]),
        ("مليونان وثلاثة آلاف ومئة", [2_003_100]),
        ("ألف وألف", [1000, 1000]),
        ("مليون وألف", [1_001_000]),
        ("ألف مليون", [1_000_000_000]),
        ("ألف ومليون", [1000, 1_000_000]),
        ("ألفا مليون", [2_000_000_000]),
        ("مئتا ألف", [200_000]),
        ("مئتا مليون", [200_000_000]),
        ("خمسة ألفان", [5, 2000]),
        ("ألفين مئتين", [2200]),
        ("3 آلاف و5000", [3000, 5000]),
        ("3 آلاف و1000", [3000, 1000]),
        ("3 آلاف و999 رجل", [3999]),
        ("3 آلاف 500", [3000, 500]),
        ("3 آلاف و1.5", [3000, 1.5]),
        ("خمسة و500", [5, 500]),
        ("3 آلاف وخمسة و500", [3005, 500]),
        ("مليون ونصف مليون", [1_500_000]),
        ("مليون ونصف المليون", [1_500_000]),
        ("مليون ونصف ألف", [1_500_000, 1000]),
        ("مليون ونصف", [1_500_000]),
        ("ثلاثة ونصف", [3.5]),
        ("مليون ونصف رجل", [1_500_000]),
        ("ألف ونصف الألف رجل", [1500]),
        ("1 500", [1, 500]),
    ],
    "fr": [
        ("1 500,50 euros", [1500.5]),
        ("un quart de million", [250_000]),
        ("plusieurs mille", []),
        ("soixante-dix-sept", [77]),
        ("soixante-seize", [76]),
        ("quatre-vingt-seize", [96]),
        ("vingt-onze", [20, 11]),
        ("trente dix", [30, 10]),
        ("soixante dix", [70]),
        ("vingt dix", [20, 10]),
        ("quatre-vingt", [80]),
        ("cent quatre-vingt", [180]),
        ("quatre vingt", [80]),
        ("trois vingt", [3, 20]),
        ("cent soixante-dix", [170]),
        ("quatre vingt-quinze mille", [95000]),
        ("mille neuf cent quatre-vingt-dix-neuf", [1999]),
        ("vingt et un", [21]),
        ("deux et trente", [2, 30]),
        ("cent dix", [110]),
        ("cent vingt", [120]),
        ("cent dix vingt", [110, 20]),
        ("dix dix", [10, 10]),
        ("cent cent", [100, 100]),
        ("deux cents mille", [200_000]),
        ("cent cinq six", [105, 6]),
        ("deux mille mille", [2_000_000]),
        ("mille million", [1_000_000_000]),
        ("mille mille", [1_000_000]),
        ("deux millions mille", [2_000_000, 1000]),
        ("deux mille millions", [2_000_000_000]),
        ("un million deux mille", [1_002_000]),
        ("1 500 000", [1_500_000]),
        ("1500 000", [1500, 0]),
        ("150 000 000", [150_000_000]),
        ("1.5 500", [1.5, 500]),
        ("12 5000", [12, 5000]),
        ("1 50", [1, 50]),
        ("1  500", [1, 500]),
        ("123.456", [123_456]),
        ("12345,678", [12345.678]),
    ],
    "es": [
        ("tres cuartos de millón", [750_000]),
        ("varios mil", []),
        ("doscientos cinco", [205]),
        ("doscientos trescientos", [200, 300]),
        ("mil doscientos", [1200]),
        ("dos mil quinientos", [2500]),
        ("quinientos mil", [500_000]),
        ("cinco doscientos", [5, 200]),
        ("cien mil", [100_000]),
        ("12 500", [12500]),
    ],
    "tr": [
        ("birkaç bin kişi", []),
        ("çeyrek milyon", [250_000]),
        ("5 bin 300", [5300]),
        ("5 bin 1000", [5000, 1000]),
        ("5 bin 999 yüz", [5999, 100]),
        ("5 yüz 300", [500, 300]),
        ("5 bin 300 400", [5300, 400]),
        ("5 hazar", [5]),
        ("bir buçuk milyon", [1_500_000]),
        ("bir buçuk bin kişi", [1500]),
        ("iki milyon buçuk", [2_500_000]),
        ("yüz bin", [100_000]),
        ("on bir", [11]),
        ("on on", [10, 10]),
        ("yirmi on bir", [20, 11]),
        ("bin yüz", [1100]),
        ("beş yüz bin", [500_000]),
        ("yüz yüz", [100, 100]),
    ],
    "de": [
        ("1234.567", [1234.567]),
        ("1,234.56", [1234.56]),
        ("1.234,56", [1234.56]),
        ("0.125", [0.125]),
        ("0,125", [0.125]),
        ("1.125", [1125]),
        ("1.25", [1.25]),
        ("1.234.567,8", [1234567.8]),
        ("1.2.3", []),
    ],
}


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [(text, language, found) for language, some in VALUES.items() for text, found in some],
)
def test_parts_make_one_number_or_begin_another(text: str, language: str, values: list[float]) -> None:
    assert [one.value for one in read_numbers(words(text), language)] == values


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("5 millones 200 mil personas", "es", [5_200_000]),
        ("3 mil 500 euros", "es", [3500]),
        ("5 millions 200 mille personnes", "fr", [5_200_000]),
        ("5 million 200 thousand people", "en", [5_200_000]),
        ("5 million 200 dollars", "en", [5_000_000, 200]),
        ("5 thousand 200 million people", "en", [5000, 200_000_000]),
        ("5 millions 200 euros", "fr", [5_000_000, 200]),
    ],
)
def test_figures_before_a_lower_scale_go_on_with_the_number(text: str, language: str, values: list[float]) -> None:
    assert [one.value for one in read_numbers(words(text), language)] == values


@pytest.mark.parametrize(
    ("text", "language", "bare"),
    [
        ("1500 ships", "en", True),
        ("half a million people", "en", False),
        ("a hundred ships", "en", False),
        ("1 500 000", "fr", False),
        ("5 bin 300", "tr", False),
    ],
)
def test_digits_alone_are_bare(text: str, language: str, bare: bool) -> None:
    (number,) = read_numbers(words(text), language)
    assert number.bare is bare


@pytest.mark.parametrize(
    ("text", "language", "end"),
    [
        ("5 bin 300 kişi", "tr", 3),
        ("مليون ونصف المليون شخص", "ar", 3),
        ("مليون ونصف شخص", "ar", 2),
        ("مليون ونصف ألف", "ar", 2),
        ("$5m wide", "en", 2),
        ("one and a half ships", "en", 4),
        ("seventy-one-", "en", 3),
    ],
)
def test_a_number_ends_where_its_last_part_does(text: str, language: str, end: int) -> None:
    at = 1 if text.startswith("$") else 0
    numeral = numeral_at(words(text), at, language)
    assert numeral is not None
    assert numeral.end == at + end


def test_only_the_word_before_denies_a_number() -> None:
    found = numeral_at(words("one ship said no"), 0, "en")
    assert found is not None
    assert numeral_at(words("no one came"), 1, "en") is None
    assert numeral_at(words("no 15 ships"), 1, "en") is not None


@pytest.mark.parametrize(
    ("word", "language", "known"),
    [
        ("five", "en", True),
        ("5", "en", True),
        ("5th", "en", True),
        ("ship", "en", False),
        ("", "en", False),
        ("وخمسه", "ar", True),
        ("ولد", "ar", False),
        ("واحد", "ar", True),
        ("یک", "fa", False),
        ("دو", "fa", True),
        ("vijf", "nl", False),
        ("5", "nl", True),
    ],
)
def test_a_figure_or_a_word_for_a_number_is_known_as_such(word: str, language: str, known: bool) -> None:
    assert load_numerals(language).has(word) is known


def test_a_number_may_begin_with_its_words_an_article_or_a_half() -> None:
    english = load_numerals("en")
    assert {"five", "a", "half"} <= english.openers
    assert [one for one in ("five", "a", "half", "7", "ship", "the") if english.may_begin(one)] == [
        "five",
        "a",
        "half",
        "7",
    ]


def test_a_language_without_a_list_has_no_words_and_parts_no_thousands_by_spaces() -> None:
    unlisted = load_numerals("nl")
    assert (unlisted.words, unlisted.signs, unlisted.spaced) == ({}, "", False)
    assert [one.value for one in read_numbers(words("1 500"), "nl")] == [1, 500]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("deux millions de personnes", "fr"),
        ("dos millones de personas", "es"),
        ("two million of people", "en"),
        ("25 ألفا من سكان", "ar"),
    ],
)
def test_what_is_counted_stands_behind_a_word_that_says_of(text: str, language: str) -> None:
    bare = text.rpartition(" ")[2]
    assert read_numbers(words(text), language)[0].unit == read_numbers(words(f"7 {bare}"), language)[0].unit


def test_a_word_that_is_often_no_number_is_none_by_itself() -> None:
    persian = load_numerals("fa")
    assert [persian.has(fold(word)) for word in ("یک", "نه", "دو", "میلیون", "12", "پل")] == [
        False,
        False,
        True,
        True,
        True,
        False,
    ]


def test_small_numbers_are_those_below_a_hundred() -> None:
    small = load_numerals("en").small
    assert {"one", "nineteen", "ninety"} <= small
    assert not {"hundred", "dozen", "thousand"} & small


def test_a_part_of_a_scale_begins_a_number() -> None:
    openers = load_numerals("en").openers
    assert {"three", "half", "quarter", "a"} <= openers
    assert "of" not in openers
