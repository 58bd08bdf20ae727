"""What was so at a time gone by is no support for what is so; the opposite of something else contradicts nothing."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.models import Stance

GONE_BY = [
    ("en", "The school in Calder is closed.", "The school in Calder was closed last winter."),
    ("en", "The road to Sorrel is blocked.", "The road to Sorrel was blocked two weeks ago."),
    ("en", "The reservoir is full.", "The reservoir was full in 2019."),
    ("en", "The mill in Linden employs 400 people.", "The mill in Linden employed 400 people in 1990."),
    ("en", "Ada Lorne leads the party.", "Ada Lorne led the party in the nineties."),
    ("fr", "L'école de Linden est fermée.", "L'école de Linden était fermée l'hiver dernier."),
    ("fr", "Le ministre est à l'hôpital.", "Le ministre était à l'hôpital il y a dix ans."),
    ("es", "La escuela está cerrada.", "La escuela estaba cerrada hace dos años."),
    ("ar", "الوزير في المستشفى", "كان الوزير في المستشفى العام الماضي."),
    ("ar", "المصنع يوظف 400 عامل", "كان المصنع يوظف 400 عامل قبل عشر سنوات."),
    ("fa", "مدرسه بسته است", "مدرسه زمستان گذشته بسته بود."),
    ("tr", "Okul kapalı.", "Okul geçen kış kapalıydı."),
]
STILL = [
    ("en", "The school in Calder is closed.", "The school in Calder is closed, as it was last winter."),
    ("en", "The school in Calder was closed last winter.", "The school in Calder was closed last winter."),
    ("en", "The school in Calder is closed.", "The school in Calder is closed."),
    ("en", "The workers struck for two weeks.", "Two weeks the workers struck."),
    ("fr", "L'école de Linden est fermée.", "L'école de Linden est fermée depuis l'hiver dernier."),
    ("ar", "المدرسة مغلقة", "المدرسة مغلقة منذ الشتاء الماضي."),
    ("fa", "مدرسه بسته است", "مدرسه از زمستان گذشته بسته است."),
]
OF_ANOTHER = [
    ("en", "Prices rose in April.", "Wages fell in April."),
    ("en", "Exports rose in April.", "Imports fell in April."),
    ("ar", "ارتفعت الصادرات في نيسان", "انخفضت الواردات في نيسان."),
    ("fr", "Les exportations ont augmenté en avril.", "Les importations ont baissé en avril."),
    ("es", "Las exportaciones subieron en abril.", "Las importaciones bajaron en abril."),
]
OPPOSED = [
    ("en", "Exports rose in April.", "Exports fell in April."),
    ("ar", "ارتفعت الصادرات في نيسان", "انخفضت الصادرات في نيسان."),
    ("fr", "Les exportations ont augmenté en avril.", "Les exportations ont baissé en avril."),
    # A denial by another word of the same meaning.
    ("fr", "Le pont d'Orlou a été fermé.", "La préfecture a démenti la fermeture du pont d'Orlou."),
    # "Election" is on the side of "won", and tells nobody's victory.
    ("en", "Ada Lorne won the Meridia election.", "Ada Lorne lost the Meridia election."),
]


@pytest.mark.parametrize(("language", "claim", "text"), GONE_BY)
def test_what_was_so_then_is_no_support(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), STILL)
def test_what_is_so_still_is(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), OF_ANOTHER)
def test_the_opposite_of_something_else_contradicts_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.CONTRADICTS


@pytest.mark.parametrize(("language", "claim", "text"), OPPOSED)
def test_the_opposite_of_the_same_does(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.CONTRADICTS
