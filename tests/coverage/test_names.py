"""Names by their sound: one in two scripts, and none of the words that are in every text."""

import pytest

from agent.coverage.search.names import names_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Farazrud", "فرازرود"),
        ("Orlex", "ارلکس"),
        ("Tamarin", "تاماران"),
        ("Karasöğüt", "كاراسوغوت"),
        ("Brackenfold", "براكنفولد"),
        ("Dahshan", "الدهشان"),
        ("Kovalenko", "Коваленко"),
    ],
)
def test_a_name_is_one_in_two_scripts(one: str, other: str) -> None:
    assert names_in(one).keys() & names_in(other).keys()


def test_what_arabic_writes_in_one_with_a_name_does_not_hide_it() -> None:
    assert names_in("وبفرازرود").keys() >= names_in("فرازرود").keys() or names_in("بفرازرود").keys() >= {"frsrd"}
    assert "frsrd" in names_in("وفرازرود")


def test_a_word_without_a_capital_is_no_name_where_there_are_capitals() -> None:
    assert not names_in("the frozen corridor of zeppelins")


def test_words_of_every_text_are_no_names() -> None:
    assert not names_in("The Government said that People in the City")
    assert not names_in("قال إن الحكومة في المدينة")


def test_what_is_told_several_times_is_counted() -> None:
    assert names_in("Farazrud, in Farazrud: «فرازرود»")["frsrd"] == 3


def test_too_few_consonants_are_anybodys() -> None:
    assert not names_in("Lao Ya")
