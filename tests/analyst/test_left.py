"""Who leaves something is not what is left; and who leaves one thing may stay in another."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.models import Stance


@pytest.mark.parametrize(
    ("language", "claim", "text"),
    [
        ("en", "The Northbank factory remains open", "The first trucks left the Northbank factory on Monday."),
        ("en", "The school remains open", "The pupils left the school at noon."),
        ("en", "The minister stays in office", "The minister left the building on Monday."),
        ("ar", "المصنع سيواصل العمل", "غادر العمال المصنع مساء الاثنين."),
        ("ar", "ميناء المرفأ سيواصل العمل", "أول سفينة غادرت ميناء المرفأ صباح الثلاثاء."),
        ("fr", "L'usine reste ouverte", "Les camions ont quitté l'usine lundi."),
    ],
)
def test_what_others_leave_may_stay_as_it_is(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.CONTRADICTS


@pytest.mark.parametrize(
    ("language", "claim", "text"),
    [
        ("en", "The company stays in Northbank", "The company left Northbank on Monday."),
        ("en", "The troops remain at the base", "The troops left the base on Monday."),
        ("en", "The minister stays in office", "The minister left office on Monday."),
        ("ar", "القوات باقية في القاعدة", "غادرت القوات القاعدة يوم الاثنين."),
    ],
)
def test_who_was_to_stay_and_left_contradicts_it(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.CONTRADICTS
