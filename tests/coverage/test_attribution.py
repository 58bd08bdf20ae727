"""Whom the first sentence of a report names as its source, and whether a report has something of its own."""

import pytest

from agent.coverage.origins.attribution import attributed_to, has_own_report
from agent.models import Article, Document

REST = "the second quay opens again on Monday, and more ships come to the town"


def _names(*lines: str) -> list[str]:
    return list(dict.fromkeys(one.name for one in attributed_to(lines)))


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ((f"According to Reuters, {REST}.",), ["Reuters"]),
        (("Quay opens", f"According to Reuters, {REST}."), ["Reuters"]),
        # A headline has no full stop; a first sentence may be short.
        (("Quay opens", "According to Reuters, it opens."), ["Reuters"]),
        (("It opens.", f"According to Reuters, {REST}."), []),
        ((f"Nothing is known yet of the quay, {REST}", f"According to Reuters, {REST}."), []),
        (("Quay opens",), []),
        ((), []),
        # One place in front of it is passed over.
        ((f"NORTHBANK - Reuters reported on Monday that {REST}.",), ["Reuters"]),
        ((f"NORTHBANK - SOUTHBANK - Reuters reported on Monday that {REST}.",), []),
        ((f"The {REST[4:]}, Reuters reported.",), ["Reuters"]),
        ((f"The {REST[4:]} Reuters reported.",), []),
        ((f"The {REST[4:]}, Reuters was told.",), []),
        ((f"Reuters reported on Monday that {REST}.",), ["Reuters"]),
    ],
)
def test_who_is_named_as_the_source_in_the_first_sentence(lines: tuple[str, ...], names: list[str]) -> None:
    assert _names(*lines) == names


@pytest.mark.parametrize(("length", "names"), [(60, ["Reuters"]), (61, [])])
def test_a_line_of_at_most_60_characters_without_an_end_is_a_headline(length: int, names: list[str]) -> None:
    assert _names("a" * length, "According to Reuters, it opens.") == names


@pytest.mark.parametrize(("ends_at", "names"), [(400, ["Reuters"]), (401, [])])
def test_a_first_sentence_is_read_as_far_as_400_characters(ends_at: int, names: list[str]) -> None:
    tail = ", Reuters reported"
    assert _names("a" * (ends_at - len(tail)) + tail + " so") == names


@pytest.mark.parametrize(
    ("outlet", "text", "own"),
    [
        ("Ledger", "The pilot told the Ledger so.", True),
        ("Bay", "The pilot told Bay so.", True),
        ("HP", "The pilot told HP so.", False),
        ("دفتر", "قال الربان لدفتر إن الرصيف سيفتح", True),
        ("Ledger", "The pilot told the Herald so.", False),
        (None, "The pilot told the Ledger so.", False),
        (None, "The pilot told our reporter so.", True),
    ],
)
def test_a_report_has_something_of_its_own(outlet: str | None, text: str, own: bool) -> None:
    assert has_own_report(Document.of(text, outlet=outlet)) is own
    assert has_own_report(Article(text=text, outlet=outlet)) is own


@pytest.mark.parametrize(("ends_at", "own"), [(20_000, True), (20_001, False)])
def test_it_is_looked_for_in_20000_characters(ends_at: int, own: bool) -> None:
    tail = " told the Ledger"
    assert has_own_report(Document.of("a" * (ends_at - len(tail)) + tail, outlet="Ledger")) is own
