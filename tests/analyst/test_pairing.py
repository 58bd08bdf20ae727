"""Parts of a claim that a text pairs otherwise, and counts that it tells of another."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.models import Stance

CROSSWISE = [
    ("en", "Imports rose and exports fell last year.", "Imports fell and exports rose last year."),
    ("en", "Imports rose, exports fell.", "Exports rose, imports fell."),
    (
        "en",
        "Marsh was appointed as minister and Ardent as governor.",
        "Ardent was appointed as minister and Marsh as governor.",
    ),
    (
        "en",
        "The board backed the bridge and rejected the tunnel.",
        "The board backed the tunnel and rejected the bridge.",
    ),
    ("ar", "فتحت المدرسة وأغلقت العيادة.", "فتحت العيادة وأغلقت المدرسة."),
    ("ar", "ارتفعت الواردات وانخفضت الصادرات.", "انخفضت الواردات وارتفعت الصادرات."),
    (
        "fr",
        "Les importations ont augmenté et les exportations ont baissé.",
        "Les importations ont baissé et les exportations ont augmenté.",
    ),
    (
        "es",
        "Las importaciones subieron y las exportaciones bajaron.",
        "Las importaciones bajaron y las exportaciones subieron.",
    ),
    ("fa", "واردات افزایش و صادرات کاهش یافت.", "واردات کاهش و صادرات افزایش یافت."),
    ("tr", "İthalat arttı, ihracat azaldı.", "İthalat azaldı, ihracat arttı."),
]

IN_ANOTHER_ORDER = [
    ("en", "Imports rose and exports fell last year.", "Last year exports fell and imports rose."),
    ("fr", "L'école a ouvert et la clinique a fermé.", "La clinique a fermé et l'école a ouvert."),
    ("ar", "ارتفعت الواردات وانخفضت الصادرات.", "انخفضت الصادرات وارتفعت الواردات."),
]


@pytest.mark.parametrize(("language", "claim", "text"), CROSSWISE)
def test_what_stands_crosswise_supports_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), IN_ANOTHER_ORDER)
def test_the_same_parts_in_another_order_support(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.SUPPORTS


def test_a_number_that_another_part_tells_of_another_thing_supports_nothing() -> None:
    text = "Wheat rose by 9 percent and rice by 4 percent."
    assert stance_of("Wheat rose by 4 percent.", text, "en").stance is not Stance.SUPPORTS
    assert stance_of("Wheat rose by 9 percent.", text, "en").stance is Stance.SUPPORTS
