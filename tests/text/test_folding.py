"""The normalised view of a text, and what a model sees of it."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text import fold, normalise, visible

pytestmark = pytest.mark.long


@given(st.text(max_size=200))
def test_every_normalised_character_leads_back_into_the_text(text: str) -> None:
    view = normalise(text)
    for n in range(len(view.text)):
        span = view.span(n, n + 1)
        assert 0 <= span.start < span.end <= len(text)
    assert list(view.offsets) == sorted(view.offsets)


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("إِيرَان", "ايران"),
        ("مُصطَفىٰ", "مصطفي"),
        ("حكومة", "حكومه"),
        ("٢٠١٦", "2016"),
        ("ســـوريا", "سوريا"),
        ("CAFÉ", "cafe"),
    ],
)
def test_one_word_in_two_spellings_folds_to_one(written: str, also: str) -> None:
    assert fold(written) == fold(also)


def test_what_ends_lines_in_other_programs_ends_them_for_a_model() -> None:
    assert (
        visible("weeks\u2028Engineers\x0balarmed\x85by\x0cold\u2029pillars")
        == "weeks\nEngineers\nalarmed\nby\nold\npillars"
    )


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("17¹ people", "17 people"),
        ("٧١² شخصا", "71 شخصا"),
        ("5 m²", "5 m2"),
        ("10⁶ boats", "10^6 boats"),
        ("lost²", "lost2"),
    ],
)
def test_the_mark_of_a_note_joins_no_number(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_what_was_folded_is_remembered_for_short_texts_alone() -> None:
    normalise("ab")
    tracemalloc.start()
    try:
        for number in range(20):
            normalise(f"{number}\u0301" + "\u0301" * 20_000)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 500_000
