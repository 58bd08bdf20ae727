"""Where in a report its first and last lines say whose it is, line by line and sentence by sentence."""

from collections.abc import Iterable

import pytest

from agent.coverage.origins.naming import CreditedName
from agent.coverage.origins.notes import credited_first, credited_last, hinted, lines_of

LINE = "Something stands here"
NOTE = "First published by Le Quai."
SIGNED = "(Bay News Agency)"


def _names(found: Iterable[CreditedName]) -> list[str]:
    return list(dict.fromkeys(one.name for one in found))


def test_lines_are_read_without_empty_ones_and_without_sentences_that_are_cut() -> None:
    text = "tail of one. Two. Three.\n\n \nFour. Five. Six cu"
    assert lines_of(text) == ["tail of one. Two. Three.", "Four. Five. Six cu"]
    assert lines_of(text, cut_first=True) == ["Two. Three.", "Four. Five. Six cu"]
    assert lines_of(text, cut_last=True) == ["tail of one. Two. Three.", "Four. Five."]
    assert lines_of(f"{text}t.\n", cut_last=True) == ["tail of one. Two. Three.", "Four. Five. Six cut."]
    assert lines_of("one without an end\nTwo.\nthree without", cut_first=True, cut_last=True) == ["Two."]
    assert lines_of("", cut_first=True, cut_last=True) == lines_of(" \n", cut_first=True, cut_last=True) == []


@pytest.mark.parametrize(("place", "names"), [(0, ["Le Quai"]), (4, ["Le Quai"]), (5, [])])
def test_a_note_stands_in_the_first_five_lines_or_the_last_five(place: int, names: list[str]) -> None:
    lines = [*[LINE] * place, NOTE, *[LINE] * 9]
    assert _names(credited_first(lines)) == names
    assert _names(credited_last(lines[::-1])) == names


@pytest.mark.parametrize(("place", "names"), [(0, ["Bay News Agency"]), (2, ["Bay News Agency"]), (3, [])])
def test_who_signs_does_in_the_first_three_lines_or_the_last_three(place: int, names: list[str]) -> None:
    assert _names(credited_first([*[LINE] * place, "By Bay News Agency", *[LINE] * 9])) == names
    assert _names(credited_last([*[LINE] * 9, SIGNED, *[LINE] * place])) == names


@pytest.mark.parametrize(("place", "names"), [(0, ["Le Quai"]), (2, ["Le Quai"]), (3, [])])
def test_a_note_is_one_of_three_sentences_at_the_outer_end_of_its_line(place: int, names: list[str]) -> None:
    before, behind = ["It is shut."] * place, ["It is shut."] * (5 - place)
    assert _names(credited_first([" ".join([*before, NOTE, *behind])])) == names
    assert _names(credited_last([" ".join([*behind, NOTE, *before])])) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Source: Harbour Post", ["Harbour Post"]),
        ("Source: Ada Pilot", []),
        ("(Bay News Agency, Northbank) The quay is shut", ["Bay News Agency"]),
        ("الزاهرة (مدى الجنوب) - أغلق الرصيف", ["مدي الجنوب"]),
        ("مدينة الزاهرة (مدى الجنوب) - أغلق الرصيف", ["مدي الجنوب"]),
        ("مدينة الزاهرة القديمة (مدى الجنوب) - أغلق الرصيف", []),
        ("الزاهرة (الجنوب) - أغلق الرصيف", []),
        ("مدينة الزاهرة القديمة (الجنوب) - أغلق الرصيف", []),
        ("PORT TOWN (Ola Strand) - The quay is shut", []),
        ("PORT TOWN (STX) - The quay is shut", ["STX"]),
    ],
)
def test_whom_a_first_line_credits(line: str, names: list[str]) -> None:
    assert _names(credited_first([line])) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (SIGNED, ["Bay News Agency"]),
        ("The quay is shut. (Bay News Agency)", ["Bay News Agency"]),
        ("(Bay News Agency, via our partners)", ["Bay News Agency"]),
        ("Bay News Agency, via our partners", ["Bay News Agency"]),
        ("via Harbour Post", ["Harbour Post"]),
        ("First published by Le Quai on Monday", ["Le Quai"]),
        ("First published by Le Quai which sank", []),
        ("Photos via Harbour Post", []),
        ("Source: Harbour Post, photo", []),
    ],
)
def test_whom_a_last_line_credits(line: str, names: list[str]) -> None:
    assert _names(credited_last([line])) == names


@pytest.mark.parametrize(("length", "names"), [(240, ["Harbour Post"]), (241, [])])
def test_a_label_is_no_longer_than_240_characters(length: int, names: list[str]) -> None:
    start = "Source: Harbour Post, on the quay, "
    assert _names(credited_last([start + "a" * (length - len(start))])) == names


@pytest.mark.parametrize(("end", "names"), [(60, []), (61, ["Harbour Post"])])
def test_a_label_that_speaks_of_a_picture_in_60_characters_is_of_the_picture(end: int, names: list[str]) -> None:
    start = "Source: Harbour Post, on the "
    assert _names(credited_last([f"{start}{'a' * (end - len(start) - 6)} photo"])) == names


@pytest.mark.parametrize(("end", "names"), [(40, []), (41, ["Le Quai"])])
def test_a_note_that_speaks_of_a_picture_in_40_characters_is_of_the_picture(end: int, names: list[str]) -> None:
    start = "First published by Le Quai on "
    assert _names(credited_last([f"{start}{'a' * (end - len(start) - 6)} photo"])) == names


def test_names_that_may_be_a_persons_are_hints_in_the_first_line_and_in_the_last() -> None:
    dateline, signed = "PORT TOWN (Ola Strand) - The quay", "The quay is shut. (La Vigie australe)"
    assert list(hinted([dateline, "NORTHBANK (Ada Pilot) - The quay"], [])) == ["Ola Strand"]
    assert list(hinted([LINE, dateline], [])) == []
    assert list(hinted([], ["(Ada Pilot)", "(Ola Strand)", signed])) == ["La Vigie australe"]
    assert list(hinted([], [signed, LINE])) == []
