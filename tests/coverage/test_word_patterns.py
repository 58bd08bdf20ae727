"""Patterns of words are there before the first text is held against them."""

from agent.coverage.origins.phrases import patterns
from agent.coverage.origins.signatures import signers
from agent.coverage.origins.word_patterns import load_word_patterns


def test_patterns_are_made_without_any_text_of_a_run() -> None:
    made = (patterns, signers)
    for one in (*made, load_word_patterns):
        one.cache_clear()

    load_word_patterns()

    assert [one.cache_info().currsize for one in made] == [1, 1]
