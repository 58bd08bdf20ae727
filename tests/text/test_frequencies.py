"""The counts of words are those that wordfreq's own package reads."""

import pytest
from wordfreq import get_frequency_dict

from agent.text.frequencies import word_shares, words_above


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_shares_are_those_of_the_package(language: str) -> None:
    assert dict(word_shares(language)) == get_frequency_dict(language, wordlist="small")


@pytest.mark.parametrize("language", ["tlh", "", "../small_en", "AR"])
def test_a_language_without_a_list_has_no_words(language: str) -> None:
    assert word_shares(language) == {}


def test_the_commonest_words_are_those_with_so_large_a_share() -> None:
    shares = word_shares("ar")
    assert words_above("ar", 1e-4) == [word for word, share in shares.items() if share >= 1e-4]
    assert 100 < len(words_above("ar", 1e-4)) < len(shares)
    assert words_above("und", 0) == []
