"""Two tellings of one report, sentence by sentence."""

import pytest
from rapidfuzz.fuzz import ratio

from agent.coverage.origins.sentence_diff import Difference, TextPart, differences

SHUT = "The old bridge was shut on Monday."
MOVED = "Seventeen lorries waited at the gate."
CLOSED = "Nobody knows when it opens again."


def _same(*sentences: str) -> Difference:
    return Difference(part=TextPart.SAME, after=" ".join(sentences))


def _told(first: str, copy: str) -> list[Difference]:
    return differences(first, copy, "en")


def test_what_is_the_same_is_kept_once_as_the_copy_has_it() -> None:
    assert _told(f"{SHUT} {MOVED}", f"{SHUT.upper()}  {MOVED}") == [_same(SHUT.upper(), MOVED)]


def test_a_sentence_that_is_nearly_the_same_was_changed() -> None:
    changed = MOVED.replace("Seventeen", "Seventy")
    assert _told(f"{SHUT} {MOVED} {CLOSED}", f"{SHUT} {changed} {CLOSED}") == [
        _same(SHUT),
        Difference(part=TextPart.CHANGED, before=MOVED, after=changed),
        _same(CLOSED),
    ]


def test_a_sentence_that_is_like_none_was_added_and_what_nothing_is_like_was_left_out() -> None:
    other = "Ferries cross twice a day."
    assert _told(f"{SHUT} {MOVED} {CLOSED}", f"{SHUT} {other} {CLOSED}") == [
        _same(SHUT),
        Difference(part=TextPart.ADDED, after=other),
        Difference(part=TextPart.LEFT_OUT, before=MOVED),
        _same(CLOSED),
    ]


def test_what_stood_before_a_changed_sentence_was_left_out_and_what_stood_behind_it_is_looked_at_again() -> None:
    ferry = "A ferry of the town crosses twice a day."
    first, copy = f"{MOVED} {SHUT} {ferry}", f"{SHUT.replace('Monday', 'Sunday')} {ferry.replace('twice', 'once')}"
    assert _told(first, copy) == [
        Difference(part=TextPart.LEFT_OUT, before=MOVED),
        Difference(part=TextPart.CHANGED, before=SHUT, after=SHUT.replace("Monday", "Sunday")),
        Difference(part=TextPart.CHANGED, before=ferry, after=ferry.replace("twice", "once")),
    ]


def test_a_sentence_is_changed_once() -> None:
    changed = SHUT.replace("Monday", "Sunday")
    assert [one.part for one in _told(SHUT, f"{changed} {SHUT.replace('Monday', 'Friday')}")] == [
        TextPart.CHANGED,
        TextPart.ADDED,
    ]


@pytest.mark.parametrize(("shared", "is_changed"), [(6, True), (5, False)])
def test_three_fifths_in_common_are_nearly_the_same(shared: int, is_changed: bool) -> None:
    first = "abcdefghij"
    copy = first[:shared] + "qrstuvwxyz"[: 10 - shared]
    assert (ratio(first, copy) >= 60) is is_changed
    assert [one.part is TextPart.CHANGED for one in _told(first, copy)] == ([True] if is_changed else [False, False])


def test_space_alone_is_no_sentence() -> None:
    assert _told("", f" \n{SHUT}\n \n") == [Difference(part=TextPart.ADDED, after=SHUT)]


@pytest.mark.parametrize(("count", "is_compared"), [(600, True), (601, False)])
def test_texts_of_more_than_600_sentences_are_not_compared(count: int, is_compared: bool) -> None:
    long = " ".join(f"Line {number} of the list was read." for number in range(count))
    assert [bool(_told(long, SHUT)), bool(_told(SHUT, long))] == [is_compared] * 2


def test_a_sentence_that_stands_everywhere_is_compared_too() -> None:
    """`difflib` leaves out what is frequent in long texts, if it is let."""
    often = " ".join([SHUT] * 250)
    assert _told(f"{MOVED} {often}", often) == [
        Difference(part=TextPart.LEFT_OUT, before=MOVED),
        _same(*[SHUT] * 250),
    ]
