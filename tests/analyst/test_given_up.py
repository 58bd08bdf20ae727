"""What was called off, gone back on or lifted, and what only seems to stand against a claim."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.models import Stance

GIVEN_UP = [
    ("en", "The president visited Meridia.", "The president cancelled his visit to Meridia."),
    ("en", "The president visited Meridia.", "The president's visit to Meridia was cancelled."),
    ("en", "The town closed the market.", "The town backed down from closing the market."),
    ("en", "The government raised bread prices.", "The government went back on raising bread prices."),
    ("ar", "زار الرئيس المدينة.", "ألغى الرئيس زيارته للمدينة."),
    ("ar", "أغلقت البلدية السوق.", "تراجعت البلدية عن إغلاق السوق."),
    ("fr", "La mairie a fermé le marché.", "La mairie est revenue sur la fermeture du marché."),
    ("es", "El presidente visitó la ciudad.", "El presidente canceló su visita a la ciudad."),
    ("fa", "شهرداری بازار را بست.", "شهرداری از بستن بازار منصرف شد."),
    ("tr", "Belediye pazarı kapattı.", "Belediye pazarı kapatmaktan vazgeçti."),
]
NO_CONTRADICTION = [
    ("en", "The government lifted the ban on fishing.", "The government allowed fishing again."),
    ("ar", "رفعت الحكومة الحظر عن الصيد.", "سمحت الحكومة بالصيد مجددا."),
    ("fr", "Le gouvernement a levé l'interdiction de la pêche.", "Le gouvernement autorise de nouveau la pêche."),
    ("es", "El gobierno levantó la prohibición de la pesca.", "El gobierno permite de nuevo la pesca."),
    ("tr", "Hükümet balıkçılık yasağını kaldırdı.", "Hükümet balıkçılığa yeniden izin verdi."),
    ("en", "The plant closed in early May.", "The plant closed in late May."),
    ("en", "The herb cures fever.", "The herb prevents fever."),
    ("en", "The union struck in Calder.", "Flights were cancelled because of the strike in Calder."),
]
PLAIN_CONTRADICTION = [
    ("en", "The government banned fishing.", "The government lifted the ban on fishing."),
    ("en", "The minister resigned.", "The minister didn't resign."),
    ("en", "The minister resigned.", "The minister hasn’t resigned."),
    ("en", "The mayor signed the deal.", "The mayor declined to sign the deal."),
    ("en", "The ship was insured.", "The ship was uninsured."),
    ("en", "The dam held.", "The dam burst."),
    ("ar", "لم يصب أحد.", "أصيب ثلاثة أشخاص."),
    ("fr", "Personne n'a été blessé.", "Trois personnes ont été blessées."),
    ("fa", "هیچ‌کس زخمی نشد.", "سه نفر زخمی شدند."),
]


@pytest.mark.parametrize(("language", "claim", "text"), GIVEN_UP)
def test_what_was_given_up_supports_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), NO_CONTRADICTION)
def test_what_goes_together_contradicts_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.CONTRADICTS


@pytest.mark.parametrize(("language", "claim", "text"), PLAIN_CONTRADICTION)
def test_what_excludes_the_claim_contradicts_it(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.CONTRADICTS
