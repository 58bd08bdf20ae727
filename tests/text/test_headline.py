"""The name of a text that bears none."""

from agent.text.headline import first_words, headline_in, listed_by

WORDS = "The quay opened on Monday, the office said."


def test_a_short_first_line_that_ends_no_sentence_is_the_headline() -> None:
    assert headline_in(f"# Quay two opens\n\n{WORDS}") == "Quay two opens"
    assert headline_in(f"افتتاح الرصيف الثاني\n{WORDS}") == "افتتاح الرصيف الثاني"
    assert headline_in(f"Will the quay open?\n{WORDS}") == "Will the quay open?"


def test_a_text_without_one_has_none() -> None:
    assert headline_in(WORDS) is None
    assert headline_in(f"{WORDS}\n{WORDS}") is None
    assert headline_in("The harbour office said on Monday that the second quay\nwould be opened again.") is None
    assert headline_in("") is None


def test_a_text_is_listed_by_its_headline_or_its_first_words() -> None:
    assert listed_by(f"Quay two opens\n{WORDS}") == "Quay two opens"
    assert listed_by(WORDS) == WORDS
    assert first_words("one two three", most=9) == "one two…"
