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


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("tr", "Bakan istifa ettiğini yalanladı", "Bakan"),
        ("tr", "Ahmet Kaya, fabrikanın kapatıldığını reddetti", "Ahmet Kaya"),
        ("fr", "Le ministre dément avoir démissionné", "Le ministre"),
        ("fr", "La mairie a nié toute fermeture", "La mairie"),
        ("en", "The minister denied that he resigned", "minister"),
        ("ar", "نفى الوزير أنه استقال", "الوزير"),
    ],
)
def test_what_somebody_denies_is_quoted_with_the_word_that_denies(language: str, text: str, speaker: str) -> None:
    assert _told(f"{text}.", language) == [(text, speaker)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry dismissed as rumours reports that the hospital was closed."),
        ("en", "The army played down reports that the troops had fled."),
        ("en", "The company's claim that the water was safe was rejected by the mayor."),
        ("es", "El ministro no dijo que el puente fuera seguro."),
        ("fr", "Le ministre n'a pas dit que le pont était fermé."),
    ],
)
def test_nobody_says_what_he_is_told_not_to_have_said(language: str, text: str) -> None:
    assert [(quote.rstrip("."), speaker) for quote, speaker in _told(text, language)] == [(text.rstrip("."), None)]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "The United Nations reports that food is scarce.", [("United Nations", "food is scarce")]),
        ("en", "The injured man claims that he was pushed.", [("injured man", "he was pushed")]),
        ("es", "El ministro les dijo que el puente está cerrado.", [("El ministro", "el puente está cerrado")]),
        ("fr", "Le ministre lui a dit que le pont était fermé.", [("Le ministre", "le pont était fermé")]),
        (
            "es",
            "El alcalde negó que el hospital estuviera cerrado.",
            [("El alcalde", "El alcalde negó que el hospital estuviera cerrado")],
        ),
        (
            "en",
            '"We never closed the road," said the mayor, whom the governor had accused of closing it.',
            [("mayor", "We never closed the road"), (None, "whom the governor had accused of closing it")],
        ),
        (
            "ar",
            "قدّرت الشركة عدد القتلى بتسعة، بينما تحدث خفر السواحل عن 14 قتيلا.",
            [("الشركة", "قدّرت الشركة عدد القتلى بتسعة"), (None, "تحدث خفر السواحل عن 14 قتيلا")],
        ),
    ],
)
def test_what_is_told_beside_somebodys_words_is_not_his(
    language: str, text: str, told: list[tuple[str | None, str]]
) -> None:
    assert [(speaker, quote) for quote, speaker in _told(text, language)] == told


@pytest.mark.parametrize(
    ("language", "text", "speakers"),
    [
        (
            "fr",
            "Le maire affirme que le pont est fermé ; le préfet assure qu'il est ouvert.",
            ["le maire", "le préfet"],
        ),
        ("fa", "شهردار گفت پل بسته است؛ استاندار گفت پل باز است.", ["شهردار", "استاندار"]),
    ],
)
def test_behind_a_semicolon_another_may_speak(language: str, text: str, speakers: list[str]) -> None:
    assert [(speaker or "").casefold() for _, speaker in _told(text, language)] == speakers


def test_what_goes_on_behind_a_semicolon_is_still_his() -> None:
    told = _told("Le maire affirme que le pont est fermé ; les camions passent par le port.", "fr")
    assert {speaker for _, speaker in told} == {"Le maire"}
