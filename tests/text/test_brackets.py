"""Brackets stand as they are said, whatever wrote them; where they do not tell which it was, nothing is turned."""

import pytest
from bidi import get_display  # type: ignore[import-untyped]  # ships no types

from agent.text.brackets import in_order

TURNED = str.maketrans("()[]", ")(][")


def _visual(*lines: str, base: str = "R") -> list[str]:
    return [get_display(line, base_dir=base) for line in lines]


@pytest.mark.parametrize(
    "lines",
    [
        ("الجسر (القديم", "في الشمال) مغلق"),
        ("הגשר (הישן", "בצפון) סגור"),
        ("(الجسر) مغلق", "[والمطار] مفتوح"),
        ("ب) الجسر (القديم) مغلق",),
    ],
)
@pytest.mark.parametrize("drawn", [True, False])
def test_brackets_that_tell_the_other_way_are_turned(lines: tuple[str, ...], drawn: bool) -> None:
    right, wrong = _visual(*lines), [line.translate(TURNED) for line in _visual(*lines)]
    assert in_order(right, "R", drawn=drawn) == list(lines)
    assert in_order(wrong, "R", drawn=drawn) == list(lines)


@pytest.mark.parametrize("text", ["الجسر (القديم مغلق", "أ) الجسر مغلق", "قال :) ثم :)"])
def test_brackets_that_do_not_tell_are_left(text: str) -> None:
    assert in_order(_visual(text), "R", drawn=False) == [text]


@pytest.mark.parametrize("text", ["He wrote )so( and ]so[ in 2024.", "The port )الميناء is( shut"])
def test_brackets_among_letters_that_run_right_are_never_turned(text: str) -> None:
    assert in_order(_visual(text, base="L"), "L", drawn=False) == [text]
    assert in_order(_visual(text, base="L"), "L", drawn=True) == [text]


def test_a_tag_of_ours_in_a_text_is_no_tag() -> None:
    assert in_order(["a(\U000e01efb)\U000e01ef"], "L", drawn=True) == ["a(b)"]
