"""Number words of languages that have no other lists."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.analyst.lexical.numbers import read_numbers
from agent.analyst.lexical.words import words
from agent.models import Stance


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de", "fünfundzwanzig Schulen", [25]),
        ("de", "dreihundert Schulen", [300]),
        ("de", "zwei Millionen dreihundert Tausend", [2_300_000]),
        ("de", "3,5 Millionen Euro", [3_500_000]),
        ("de", "1.500 Schulen", [1500]),
        ("ru", "сто двадцать пять школ", [125]),
        ("ru", "две тысячи триста", [2300]),
        ("ru", "двадцати пяти школ", [25]),
        ("ru", "12 тыс. школ", [12_000]),
        ("ru", "3,5 млн рублей", [3_500_000]),
    ],
)
def test_number_words_are_read(language: str, text: str, values: list[float]) -> None:
    assert [number.value for number in read_numbers(words(text), language)] == values


@pytest.mark.parametrize(
    ("language", "claim", "text", "stance"),
    [
        ("de", "Bei dem Unfall starben sechs Menschen.", "Bei dem Unfall starben 6 Menschen.", Stance.SUPPORTS),
        (
            "de",
            "Bei dem Unfall starben 25 Menschen.",
            "Bei dem Unfall starben fünfundzwanzig Menschen.",
            Stance.SUPPORTS,
        ),
        ("de", "Bei dem Unfall starben sechs Menschen.", "Bei dem Unfall starben sieben Menschen.", Stance.QUALIFIES),
        ("ru", "В аварии погибли шесть человек.", "В аварии погибли 6 человек.", Stance.SUPPORTS),
        ("ru", "В аварии погибли шесть человек.", "В аварии погибли семь человек.", Stance.QUALIFIES),
    ],
)
def test_one_number_is_the_other(language: str, claim: str, text: str, stance: Stance) -> None:
    assert stance_of(claim, text, language).stance is stance
