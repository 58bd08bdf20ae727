"""Right-to-left lines on terminals of both kinds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.doors.render.bidi import LineOrder, base_direction, isolated, one_line, order_for, wrapped

BARE = "\u0627\u0644\u0644\u063a\u0629"


@pytest.mark.parametrize(
    "environ",
    [
        {"VTE_VERSION": "7200"},
        {"KONSOLE_VERSION": "220400"},
        {"TERM_PROGRAM": "Apple_Terminal"},
        {"TERM_PROGRAM": "mintty"},
        {"MLTERM": "3.9.3"},
        {"TERM": "mlterm-256color"},
    ],
)
def test_terminals_that_order_lines_themselves_are_left_to_it(environ: dict[str, str]) -> None:
    assert order_for(environ, terminal=True) is LineOrder.TERMINAL


@pytest.mark.parametrize("environ", [{}, {"TERM": "xterm-256color"}, {"VTE_VERSION": "5400"}, {"VTE_VERSION": "x"}])
def test_other_terminals_are_served_lines_in_the_order_of_the_eye(environ: dict[str, str]) -> None:
    assert order_for(environ, terminal=True) is LineOrder.VISUAL


def test_what_is_no_terminal_gets_the_text_as_stored() -> None:
    assert order_for({"VTE_VERSION": "7200"}, terminal=False) is LineOrder.LOGICAL
    assert wrapped(f"says {isolated(BARE)}, 12", 80, LineOrder.LOGICAL) == [f"says {BARE}, 12"]


def shape_free(line: str) -> str:
    """A visual line with its letters back in their plain forms."""
    return unicodedata.normalize("NFKC", line)


def test_letters_are_joined_and_run_from_right_to_left() -> None:
    (line,) = wrapped("سلام", 80, LineOrder.VISUAL)
    assert line == "\ufee1\ufefc\ufeb3"


def test_each_wrapped_line_is_ordered_by_itself_so_that_the_first_line_holds_the_first_words() -> None:
    first, second = wrapped("واحد اثنان خمسة أربعة", 12, LineOrder.VISUAL)
    assert shape_free(first)[::-1] == "واحد اثنان"
    assert shape_free(second)[::-1] == "خمسة أربعة"


def test_brackets_and_quotation_marks_turn_round_within_right_to_left_text_only() -> None:
    (line,) = wrapped("«اب» (ج)", 80, LineOrder.VISUAL)
    assert line == "(\ufe9d) \u00ab\ufe8f\ufe8d\u00bb"
    (line,) = wrapped(f"says (named) {isolated('(اب)')}", 80, LineOrder.VISUAL, "L")
    assert line == "says (named) (\ufe8f\ufe8d)"
    assert wrapped("«so» (it is)", 80, LineOrder.VISUAL) == ["«so» (it is)"]


def test_vowel_marks_stay_on_their_letters() -> None:
    (line,) = wrapped("بُت", 80, LineOrder.VISUAL)
    assert line == "\ufe96\ufe91\u064f"


def test_numbers_and_latin_words_keep_their_direction_inside_arabic() -> None:
    (line,) = wrapped("منظومة S-400 في 2016", 80, LineOrder.VISUAL)
    assert line.startswith("2016")
    assert "S-400" in line


def test_a_terminal_of_its_own_order_is_told_where_a_direction_ends() -> None:
    (line,) = wrapped(f"says: {isolated(BARE)}, 14 March", 80, LineOrder.TERMINAL, "L")
    assert f"{BARE}\u200e, 14" in line
    (line,) = wrapped(f"{BARE}.", 80, LineOrder.TERMINAL)
    assert line == f"\u200e\u202b{BARE}.\u202c\u200e"


def test_the_direction_is_that_of_the_first_letter() -> None:
    assert base_direction("12 «اب» x") == "R"
    assert base_direction("12 «ab» ا") == "L"
    assert base_direction("12") == "L"


def test_nothing_that_moves_the_cursor_hides_or_turns_the_direction_is_left() -> None:
    hostile = "a\x1b[2J\x07\u202eb\u2066c\u200bd\r\ne\x9bf\U000e0041\u2028g"
    assert one_line(hostile) == "a[2Jbcd ef g"


@given(st.text(alphabet=st.sampled_from("اب سلا(ج)«»ab 12\u064f.,-"), max_size=60), st.integers(5, 30))
def test_ordering_loses_and_invents_no_letter(text: str, width: int) -> None:
    plain = " ".join(text.split())
    lines = wrapped(plain, width, LineOrder.VISUAL)
    told = shape_free("".join(lines))
    assert sorted(c for c in told if c.isalnum()) == sorted(c for c in shape_free(plain) if c.isalnum())
