"""Whether two numbers are one, and whether a text tells a claim's numbers of other things."""

import pytest

from agent.analyst.lexical.measures import Measured
from agent.analyst.lexical.numbers import Number, read_numbers, same_number, told_otherwise
from agent.analyst.lexical.words import words


def _of(text: str) -> list[Number]:
    return read_numbers(words(text), "en")


def _counted(value: float, unit: str, behind: str = "") -> Number:
    return Number(value, unit, bare=True, behind=behind)


def _measured(value: float, unit: int | None) -> Number:
    return Number(value, "", bare=True, measured=Measured(unit=unit))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1000, 1000, True),
        (1000, 1005, True),
        (1000, 995, True),
        # The larger of the two tells how much is rounded.
        (995, 1000, True),
        (994.99, 1000, False),
        (1000, 1006, False),
        (3, 4, False),
        (0, 0, True),
        (0.5, 0.501, True),
        (0.5, 0.6, False),
        (-71, 71, False),
        # Years, and what may be one, are not rounded; beside what is none they are numbers like others.
        (2015, 2016, False),
        (2015, 2015, True),
        (2015.5, 2015, True),
        (2099, 2100, True),
        (2100, 2099, True),
        (1799, 1800, True),
    ],
)
def test_two_values_are_one_but_for_rounding(one: float, other: float, same: bool) -> None:
    assert same_number(one, other) is same


@pytest.mark.parametrize(
    ("text", "is_year"), [("2015", True), ("2015.5", False), ("2100", False), ("two thousand", False)]
)
def test_a_year_is_a_whole_number_in_digits(text: str, is_year: bool) -> None:
    (number,) = _of(text)
    assert number.is_year is is_year


@pytest.mark.parametrize(
    ("text", "unit", "behind"),
    [
        ("10 people killed", "person", "kill"),
        ("10 people, killed", "person", ""),
        ("10 people", "person", ""),
        ("10 % killed", "%", "kill"),
        ("10", "", ""),
    ],
)
def test_what_stands_behind_the_unit(text: str, unit: str, behind: str) -> None:
    (number,) = _of(text)
    assert (number.unit, number.behind) == (unit, behind)


def test_what_is_counted_stands_behind_of() -> None:
    (number,) = read_numbers(words("2 millions de personnes ont"), "fr")
    assert (number.value, number.unit, number.behind) == (2_000_000, "person", "ont")


@pytest.mark.parametrize(
    ("claim", "text", "otherwise"),
    [
        ("The bill passed by 51 votes to 49.", "The bill passed by 49 votes to 51.", True),
        ("51 votes against 49 seats.", "49 votes against 51 seats.", True),
        ("51 votes against 49 seats.", "51 votes against 49 seats.", False),
        ("Bay won 3-1.", "Bay won 1-3.", True),
        ("Bay won 3-1.", "Bay won 3-1.", False),
        ("Ten people killed and eight people hurt.", "Eight people killed and ten people hurt.", True),
        ("Ten people killed and eight people hurt.", "Ten people killed and eight people hurt.", False),
        ("Ten people killed and eight people hurt.", "Eight people hurt and ten people killed.", False),
        ("Ten ships and eight boats.", "Ten ships and nine boats.", False),
        ("Ten ships.", "Eight ships.", False),
        ("Ten ships.", "There were ships.", False),
        ("The oil costs 40 dollars.", "The oil costs 40 euros.", True),
        ("The oil costs 40 dollars.", "The oil costs 40 dollars.", False),
        ("The oil costs 40 dollars.", "The oil costs 40 euros, that is 40 dollars.", False),
        ("The oil costs 40 dollars.", "The oil costs 50 euros.", False),
    ],
)
def test_a_text_that_tells_the_numbers_of_other_things(claim: str, text: str, otherwise: bool) -> None:
    assert told_otherwise(_of(claim), _of(text)) is otherwise


@pytest.mark.parametrize(
    ("claim", "text", "otherwise"),
    [
        # Each counts what the other did.
        ([_counted(5, "ship"), _counted(7, "boat")], [_counted(7, "ship"), _counted(5, "boat")], True),
        # One value is told of both.
        ([_counted(5, "ship"), _counted(7, "boat")], [_counted(7, "ship"), _counted(5, "ship")], False),
        # The value of the other one counts something else.
        ([_counted(5, "ship"), _counted(7, "boat")], [_counted(7, "crane"), _counted(5, "crane")], False),
        # Nothing says what they count.
        ([_counted(5, ""), _counted(7, "")], [_counted(7, ""), _counted(5, "")], False),
        # The claim has one value for both.
        ([_counted(5, "ship"), _counted(5, "boat")], [_counted(5, "boat"), _counted(5, "ship")], False),
        # The number itself is not in the text.
        ([_counted(5, "ship"), _counted(7, "boat")], [_counted(7, "ship"), _counted(9, "boat")], False),
        # Where the same is counted, what stands behind tells which.
        (
            [_counted(5, "man", "hurt"), _counted(7, "man", "kill")],
            [_counted(7, "man", "hurt"), _counted(5, "man", "kill")],
            True,
        ),
        (
            [_counted(5, "man", "hurt"), _counted(7, "man", "kill")],
            [_counted(7, "man", "kill"), _counted(5, "man", "hurt")],
            False,
        ),
        # Where other things are counted, it does not.
        (
            [_counted(5, "ship", "sunk"), _counted(7, "boat", "lost")],
            [_counted(7, "ship", "lost"), _counted(5, "boat", "sunk")],
            True,
        ),
        # A score is its own other half, both ways round.
        ([_counted(3, "1"), _counted(1, "")], [_counted(1, "3"), _counted(3, "")], True),
        ([_counted(3, "1"), _counted(1, "")], [_counted(1, "ship"), _counted(3, "")], False),
        ([_counted(3, "ship"), _counted(1, "")], [_counted(1, "3"), _counted(3, "")], False),
        # Every place of the value has to be of another kind.
        ([_measured(40, 1)], [_measured(40, 2)], True),
        ([_measured(40, 1)], [_measured(40, 2), _measured(40, 1)], False),
        ([_measured(40, 1)], [_measured(50, 2)], False),
        ([_measured(40, 1)], [], False),
        # Another number of the claim may be told otherwise.
        ([_measured(9, 1), _measured(40, 1)], [_measured(9, 1), _measured(40, 2)], True),
    ],
)
def test_which_numbers_are_told_otherwise(claim: list[Number], text: list[Number], otherwise: bool) -> None:
    assert told_otherwise(claim, text) is otherwise
