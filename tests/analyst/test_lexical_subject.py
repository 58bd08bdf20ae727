"""Who a statement is about where its speaker is the subject, and the same news told in other words."""

import pytest

from agent.analyst.lexical import stance_of
from agent.models import Stance

Pair = tuple[str, str, str]


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        (
            "The tram company sent 90 extra trams to the harbour.",
            "The tram company said it had sent 90 extra trams to the harbour.",
            "en",
        ),
        (
            "أرسلت شركة الترام 90 عربة إضافية إلى المرفأ",
            "أعلنت شركة الترام أنها أرسلت 90 عربة إضافية إلى المرفأ",
            "ar",
        ),
        (
            "شرکت تراموا ۹۰ دستگاه واگن کمکی به بندر فرستاده است",
            "شرکت تراموا اعلام کرد ۹۰ دستگاه واگن کمکی به بندر فرستاده است",
            "fa",
        ),
        (
            "La compagnie a envoyé 90 tramways dans les faubourgs.",
            "La compagnie a annoncé qu'elle avait envoyé 90 tramways dans les faubourgs.",
            "fr",
        ),
    ],
)
def test_whoever_says_it_of_himself_is_its_subject_and_is_quoted_with_it(
    claim: str, passage: str, language: str
) -> None:
    answer = stance_of(claim, passage, language)
    assert answer.stance is Stance.SUPPORTS
    assert answer.quote == passage.rstrip(".") or answer.quote == passage


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        (
            "The tram company sent 90 extra trams to the harbour.",
            "The tram company said that the union had sent 90 extra trams to the harbour.",
            "en",
        ),
        (
            "أرسلت شركة الترام 90 عربة إضافية إلى المرفأ",
            "أعلنت شركة الترام أن البلدية أرسلت 90 عربة إضافية إلى المرفأ",
            "ar",
        ),
        (
            "La compagnie a envoyé 90 tramways dans les faubourgs.",
            "La compagnie a annoncé que le syndicat avait envoyé 90 tramways dans les faubourgs.",
            "fr",
        ),
    ],
)
def test_what_a_speaker_says_of_another_supports_nothing_of_him(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("غرقت العبارة قرب المرفأ", "العبارة اختفت تحت الماء قرب المرفأ", "ar"),
        ("اصطدم القطار بحافلة عند المعبر", "ارتطم القطار بحافلة عند المعبر", "ar"),
        ("شاحنة صدمت بوابة المصنع", "شاحنة ارتطمت ببوابة المصنع", "ar"),
        ("قطارهای خط سه رفت‌وآمد می‌کنند", "قطارهای خط سه حرکت می‌کنند", "fa"),
        ("کارگران بندر دست از کار کشیدند", "کارگران بندر در اعتصاب هستند", "fa"),
        ("نشست شورا دوشنبه برگزار می‌شود", "جلسهٔ شورا دوشنبه برگزار می‌شود", "fa"),
        ("Le pont de Linden s'est effondré.", "Le pont de Linden a fini par s'écrouler.", "fr"),
        ("Les heurts ont duré trois heures.", "Les affrontements ont duré trois heures.", "fr"),
        ("Porters at the port of Sorrel walked out.", "Porters at the Sorrel port went on strike.", "en"),
        ("The yard in Calder ceased production in May.", "The Calder yard was closed in May.", "en"),
        ("Linden köprüsü trafiğe kapatıldı.", "Linden köprüsü kapandı.", "tr"),
    ],
)  # fmt: skip
def test_words_of_news_that_tell_the_same_support(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("غرقت العبارة قرب المرفأ", "مالت العبارة على جانبها ثم غرقت قرب المرفأ", "ar"),
        ("غرقت العبارة في غضون دقائق", "نفت الوزارة تسرب وقود من العبارة الغارقة في الخليج", "ar"),
    ],
)
def test_a_side_is_no_avoidance_and_a_denial_of_something_else_turns_nothing(
    claim: str, passage: str, language: str
) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.CONTRADICTS


def test_a_no_before_a_colon_denies_nothing_behind_it() -> None:
    assert stance_of("No one was hurt.", "No: one was hurt.", "en").stance is not Stance.SUPPORTS


def test_what_a_denial_tells_here_and_there_supports_nothing() -> None:
    text = (
        "The ministry denied that oil leaked from the ferry. It said that a team took samples of water "
        "at six places, among them the beach of Sorrel, which nobody had reached, and that the oil tanks are tight."
    )
    assert stance_of("The oil reached the beach of Sorrel.", text, "en").stance is not Stance.SUPPORTS
