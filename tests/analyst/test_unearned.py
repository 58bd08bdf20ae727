"""Support that is none: only planned, nearly so, asked for, or told of what belongs to the one the claim is about."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.models import Stance

NOT_SUPPORTED = [
    ("en", "The minister has resigned.", "The former minister has resigned from the club."),
    ("ar", "استقال الوزير.", "استقال الوزير السابق من النادي."),
    ("fr", "Le ministre a démissionné.", "L'ancien ministre a démissionné du club."),
    ("en", "The bank raised rates.", "Analysts believe that the bank raised rates."),
    ("ar", "استقال الوزير.", "لو استقال الوزير لسقط القانون."),
    ("fr", "Le vaccin est sûr.", "Le vaccin n'est pas sûr."),
    ("de", "Der Impfstoff ist sicher.", "Der Impfstoff ist nicht sicher."),
    ("de", "Der Minister ist zurückgetreten.", "Der Minister ist angeblich zurückgetreten."),
    ("de", "Alle Schulen wurden geschlossen.", "Einige Schulen wurden geschlossen."),
    ("de", "Der Schaden betrug 20 Millionen Euro.", "Der Schaden betrug 20 Millionen Dollar."),
    ("he", "השר התפטר.", "השר לשעבר התפטר."),
    ("it", "Il vaccino è sicuro.", "Il vaccino non è sicuro."),
    ("ru", "Завод закрыт.", "Завод не закрыт."),
    ("hi", "कारखाना बंद है।", "कारखाना बंद नहीं है।"),
    ("zh", "疫苗安全。", "疫苗不安全。"),
    ("ja", "ワクチンは安全である。", "ワクチンは安全ではない。"),
    ("cs", "Továrna je zavřená.", "Továrna není zavřená."),
    ("en", "The council approved the new bridge.", "The council plans to approve the new bridge."),
    ("en", "The hospital ran out of oxygen.", "The hospital almost ran out of oxygen."),
    ("en", "The airline cancelled 30 flights.", "The airline threatened to cancel 30 flights."),
    ("en", "The judge freed the captain.", "The judge was asked to free the captain."),
    ("en", "The bus driver was drunk.", "Nobody said the bus driver was drunk."),
    ("en", "The dam burst at night.", "Had the dam burst at night, hundreds would have died."),
    ("en", "The factory fired 40 workers in May.", "The union accused the factory of firing 40 workers in May."),
    ("en", "The minister resigned.", "The minister's deputy resigned."),
    (
        "en",
        "The ferry Halcyon sank near Sorrel on Monday.",
        "The ferry Halcyon's lifeboat sank near Sorrel on Monday.",
    ),
    ("ar", "أغلقت الشركة المنجم.", "تعتزم الشركة إغلاق المنجم."),
    ("ar", "غرقت العبارة ليلا.", "كادت العبارة تغرق ليلا."),
    ("ar", "أفرج القاضي عن القبطان.", "طلب المحامي من القاضي الإفراج عن القبطان."),
    ("ar", "استقال الوزير.", "استقال نائب الوزير."),
    ("fa", "وزیر استعفا داد.", "معاون وزیر استعفا داد."),
    ("fa", "قاضی ناخدا را آزاد کرد.", "وکیل از قاضی خواست ناخدا را آزاد کند."),
    ("fr", "Le ministre a démissionné.", "L'adjoint du ministre a démissionné."),
    ("fr", "Le ferry a coulé dans la nuit.", "Le ferry a failli couler dans la nuit."),
    ("fr", "Le conseil a approuvé le budget.", "Le conseil doit approuver le budget mardi."),
]

SUPPORTED = [
    ("en", "The former minister resigned.", "The former minister has resigned."),
    ("fr", "Le vaccin est sûr.", "Le vaccin est sûr, dit la ministre."),
    ("de", "Der Impfstoff ist sicher.", "Der Impfstoff ist sicher, sagte die Ministerin."),
    ("cs", "Továrna je zavřená.", "Továrna je zavřená, řekl starosta."),
    ("en", "The council approved the bridge.", "The council approved the bridge, which will cost two million."),
    ("en", "The council plans to close the bridge.", "The council plans to close the bridge in autumn."),
    ("en", "The factory fired 40 workers.", "The factory fired 40 workers in May."),
    ("en", "The minister resigned.", "On Monday the minister resigned, the minister's office said."),
    ("ar", "استقال وزير الري.", "استقال وزير الري أمس."),
    ("fr", "Le ministre a démissionné.", "Le ministre a démissionné lundi."),
]


@pytest.mark.parametrize(("language", "claim", "text"), NOT_SUPPORTED)
def test_what_has_not_come_about_or_is_of_another_supports_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), SUPPORTED)
def test_plans_for_something_else_take_no_support(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.SUPPORTS


def test_what_tells_which_of_two_is_meant_contests_nothing() -> None:
    assert stance_of("The north road is closed.", "The south road is closed.", "en").stance is Stance.UNRELATED


def test_of_a_language_without_lists_other_words_contest_nothing() -> None:
    assert stance_of("部长已辞职。", "部长可能已辞职。", "zh").stance is Stance.UNRELATED
