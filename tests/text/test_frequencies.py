"""The counts of words are those that wordfreq's own package reads."""

import pytest
from wordfreq import get_frequency_dict

from agent.text.frequencies import word_shares


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_shares_are_those_of_the_package(language: str) -> None:
    assert dict(word_shares(language)) == get_frequency_dict(language, wordlist="small")


@pytest.mark.parametrize("language", ["tlh", "", "../small_en", "AR"])
def test_a_language_without_a_list_has_no_words(language: str) -> None:
    assert word_shares(language) == {}
