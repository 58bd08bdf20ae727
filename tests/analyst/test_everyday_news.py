"""What everyday news tells of another thing, of a time that is over, of somebody else, or with other words."""

import pytest

from agent.analyst.lexical.extract import read_statements
from agent.analyst.lexical.judging import stance_of
from agent.models import Stance

ANOTHER_OF_ITS_KIND = [
    ("جسر السنديان آيل للسقوط", "نفت البلدية أن يكون جسر الزيتون آيلا للسقوط.", "ar"),
    ("أغلقت البلدية جسر السنديان يوم الاثنين", "أعادت البلدية فتح جسر الزيتون يوم الاثنين.", "ar"),
    ("پل بهار ناامن است", "شهرداری ناامن بودن پل شقایق را تکذیب کرد.", "fa"),
]
THE_SAME_OF_ITS_KIND = [
    ("جسر السنديان آيل للسقوط", "نفت البلدية أن يكون جسر السنديان آيلا للسقوط.", "ar"),
    ("جسر السنديان آيل للسقوط", "نفت البلدية أن يكون الجسر آيلا للسقوط.", "ar"),
    ("پل بهار ناامن است", "شهرداری ناامن بودن پل بهار را تکذیب کرد.", "fa"),
]
SO_UNTIL_THEN = [
    ("The bridge is safe", "The bridge was safe until the flood.", "en"),
    ("Le pont est sûr", "Le pont était sûr jusqu'à la crue.", "fr"),
    ("El puente es seguro", "El puente era seguro hasta la inundación.", "es"),
    ("الجسر آمن", "كان الجسر آمنا حتى الفيضان.", "ar"),
    ("پل امن است", "پل تا سیل امن بود.", "fa"),
]
SO_STILL = [
    ("The road is closed", "The road was closed until further notice.", "en"),
    ("The bridge was safe", "The bridge was safe until the flood.", "en"),
]
OPPOSED = [
    ("عثر على المتسلقين المفقودين على قيد الحياة", "عثر على المتسلقين المفقودين ميتين.", "ar"),
    ("أدين رجل الأعمال بتهمة الاحتيال", "برأت محكمة الاستئناف رجل الأعمال من تهمة الاحتيال.", "ar"),
    ("L'Alliance verte a remporté le scrutin.", "L'Alliance verte a perdu le scrutin.", "fr"),
    (
        "Le conseil municipal a voté une hausse des impôts.",
        "Le conseil municipal a rejeté une hausse des impôts.",
        "fr",
    ),
    ("واردات گندم متوقف شد.", "واردات گندم ادامه دارد.", "fa"),
    ("12,000 homes have power", "12,000 homes lost power.", "en"),
]
IN_OTHER_WORDS = [
    ("He was found guilty of fraud", "He was convicted of fraud.", "en"),
    ("A ceasefire took effect at midnight in Orlen", "The ceasefire in Orlen came into force at midnight.", "en"),
    ("رفعت الحكومة أسعار الوقود بنسبة 20 في المئة", "زادت الحكومة أسعار الوقود بنسبة 20%.", "ar"),
    ("بهای نان بیست درصد گران شد.", "قیمت نان ۲۰ درصد افزایش یافت.", "fa"),
]


@pytest.mark.parametrize(("claim", "passage", "language"), ANOTHER_OF_ITS_KIND)
def test_what_is_told_of_another_of_the_kind_says_nothing(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.UNRELATED


@pytest.mark.parametrize(("claim", "passage", "language"), THE_SAME_OF_ITS_KIND)
def test_a_denial_of_the_same_one_or_of_one_without_its_name_contradicts(
    claim: str, passage: str, language: str
) -> None:
    assert stance_of(claim, passage, language).stance is Stance.CONTRADICTS


@pytest.mark.parametrize(("claim", "passage", "language"), SO_UNTIL_THEN)
def test_what_was_so_until_then_does_not_support_that_it_is(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("claim", "passage", "language"), SO_STILL)
def test_what_lasts_and_what_was_supports(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(("claim", "passage", "language"), OPPOSED)
def test_opposites_of_everyday_news_contradict(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.CONTRADICTS


@pytest.mark.parametrize(("claim", "passage", "language"), IN_OTHER_WORDS)
def test_what_is_told_in_other_words_supports(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Power was cut to 12,000 homes", "Twelve thousand homes were left without power."),
        ("12,000 homes lost power", "12,000 homes were left without power."),
    ],
)
def test_power_that_was_cut_is_not_contradicted_by_homes_without_power(claim: str, passage: str) -> None:
    assert stance_of(claim, passage, "en").stance is not Stance.CONTRADICTS


def test_gas_prices_that_were_cut_cut_nobody_off_from_gas() -> None:
    assert stance_of("Gas prices were cut in May", "Gas prices fell in May.", "en").stance is Stance.SUPPORTS


def test_a_pronoun_behind_somebody_else_names_nobody_before_him() -> None:
    text = "The governor of Halden met the chief of police. The chief was asked about the flood. He resigned."
    assert stance_of("The governor of Halden resigned", text, "en").stance is not Stance.SUPPORTS


def test_a_fire_dismisses_nobody() -> None:
    assert stance_of("The governor of Halden resigned", "The governor of Halden saw the fire.", "en").stance is not (
        Stance.SUPPORTS
    )


def test_who_heads_a_house_is_not_called_by_its_name() -> None:
    (said,) = read_statements('"We will not pay," said the head of Corvale Water.', "en")
    assert said.draft.attribution.speaker == "head of Corvale Water"
