"""Whose words they are, where a name stands in quotation marks or something was done before "and said"."""

import pytest

from agent.analyst.lexical.extract import statements
from agent.models import Article


def _told(text: str, language: str) -> list[tuple[str, str | None]]:
    drafts = (one.draft for one in statements(Article(text=text, language=language)))
    return [(draft.quote, draft.attribution.speaker) for draft in drafts]


@pytest.mark.parametrize(
    ("language", "text", "quote", "speaker"),
    [
        ("en", 'The company "Gull" said the ferry was safe.', "the ferry was safe", 'company "Gull"'),
        ("en", 'According to the newspaper "Bay News", the pier shut.', "the pier shut", 'newspaper "Bay News"'),
        ("ar", "أعلنت شركة «نورس» إغلاق المرفأ في أيار.", "أعلنت شركة «نورس» إغلاق المرفأ في أيار", "شركة «نورس»"),
        ("ar", "بحسب شركة «نورس البحرية»، سيُغلق المرفأ.", "سيُغلق المرفأ", "شركة «نورس البحرية»"),
        (
            "fr",
            "La société « Goéland » a dit que le bac serait vendu.",
            "le bac serait vendu",
            "La société « Goéland »",
        ),
        (
            "fr",
            "Selon le journal « La Baie », le quai a fermé mardi.",
            "le quai a fermé mardi",
            "le journal « La Baie »",
        ),
        ("fa", "شرکت «مرغ دریایی» گفت که لنج فروخته می‌شود.", "لنج فروخته می‌شود", "شرکت «مرغ دریایی»"),
        ("es", "Según el diario «La Bahía», el muelle cerró.", "el muelle cerró", "el diario «La Bahía»"),
    ],
)
def test_a_name_in_quotation_marks_belongs_to_who_speaks(language: str, text: str, quote: str, speaker: str) -> None:
    assert _told(text, language) == [(quote, speaker)]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("ar", "وقالت الشركة «سنعود إلى العمل غداً».", ("سنعود إلى العمل غداً", "الشركة")),
        ("es", "«El muelle cerrará», dijo la compañía.", ("El muelle cerrará", "la compañía")),
        ("fa", "وزیر گفت «لنج فروخته نمی‌شود».", ("لنج فروخته نمی‌شود", "وزیر")),
    ],
)
def test_what_somebody_said_is_no_name(language: str, text: str, said: tuple[str, str]) -> None:
    assert _told(text, language) == [said]


def test_a_turkish_house_stands_behind_its_name() -> None:
    assert _told("“Martı” şirketi vapurun satılacağını açıkladı.", "tr") == [
        ("vapurun satılacağını", "“Martı” şirketi")
    ]


@pytest.mark.parametrize(
    ("language", "text", "done", "said"),
    [
        (
            "en",
            "The minister toured the dam on Monday and said that the gates were shut.",
            "The minister toured the dam on Monday",
            ("the gates were shut", "minister"),
        ),
        (
            "en",
            "But the union rejected the offer and said the strike would go on.",
            "But the union rejected the offer",
            ("the strike would go on", "union"),
        ),
        (
            "en",
            "Residents fled the town and rescuers said two people were missing.",
            "Residents fled the town",
            ("two people were missing", "rescuers"),
        ),
        (
            "ar",
            "زار الوزير السد يوم الاثنين وقال إن البوابات مغلقة.",
            "زار الوزير السد يوم الاثنين",
            ("البوابات مغلقة", "الوزير"),
        ),
        (
            "fr",
            "Le ministre a visité le barrage lundi et a dit que les vannes étaient fermées.",
            "Le ministre a visité le barrage lundi",
            ("les vannes étaient fermées", "Le ministre"),
        ),
        (
            "es",
            "El ministro visitó la presa el lunes y dijo que las compuertas estaban cerradas.",
            "El ministro visitó la presa el lunes",
            ("las compuertas estaban cerradas", "El ministro"),
        ),
        (
            "fa",
            "وزیر دوشنبه از سد بازدید کرد و گفت دریچه‌ها بسته است.",
            "وزیر دوشنبه از سد بازدید کرد",
            ("دریچه‌ها بسته است", "وزیر"),
        ),
    ],
)
def test_what_was_done_before_and_said_is_no_part_of_a_speaker(
    language: str, text: str, done: str, said: tuple[str, str]
) -> None:
    assert _told(text, language) == [(done, None), said]


def test_a_second_thing_that_one_speaker_says_stays_his() -> None:
    told = _told("The spokesman told reporters that the gates were shut and said the water was rising.", "en")
    assert told == [("the gates were shut", "spokesman"), ("the water was rising", "spokesman")]
