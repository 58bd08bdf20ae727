"""Who says what in Persian, French, Spanish and Turkish, and in a language without lists."""

import pytest

from agent.analyst.lexical.extract import statements
from agent.analyst.lexical.resources import MANNERS
from agent.models import Article, SourceType
from agent.text.language import has_patterns


def told(text: str, language: str) -> list[tuple[str | None, str]]:
    article = Article(text=text, language=language)
    found = statements(article)
    assert all(text[s.span.start : s.span.end] == s.draft.quote for s in found)
    return [(s.draft.attribution.speaker, s.draft.quote) for s in found]


@pytest.mark.parametrize(
    ("language", "text", "speaker", "said"),
    [
        ("fa", "رضا نیکو، سخنگوی اتحادیه، گفت پل بسته است.", "رضا نیکو", "پل بسته است"),
        ("fa", "به گفتهٔ پلیس، جاده تا جمعه بسته است.", "پلیس", "جاده تا جمعه بسته است"),
        ("fa", "چند مسافر به کرانه گفتند قطار نیامد.", "چند مسافر", "قطار نیامد"),
        ("fa", "سه نفر زخمی شدند، اورژانس اعلام کرد.", "اورژانس", "سه نفر زخمی شدند"),
        ("fr", "La porte-parole du port, Ola Orne, a annoncé que le quai ferme.", "Ola Orne", "le quai ferme"),
        ("fr", "« Le quai est fermé », a répliqué le maire de Linden, Paul Orne.", "Paul Orne", "Le quai est fermé"),
        ("fr", "« Le quai est fermé », a lancé Paul Orne devant ses partisans.", "Paul Orne", "Le quai est fermé"),
        ("fr", "« Le quai est fermé », a dit Paul Orne face à la foule lundi.", "Paul Orne", "Le quai est fermé"),
        ("fr", "Le quai est fermé, selon le ministère.", "le ministère", "Le quai est fermé"),
        ("fr", "D’après la commission, le quai est fermé.", "la commission", "le quai est fermé"),
        ("es", "«No hubo aviso», dijo el alcalde de Ardent, Pablo Orne.", "Pablo Orne", "No hubo aviso"),
        ("es", "La ministra, Ana Sol, afirmó que el puente está cerrado.", "Ana Sol", "el puente está cerrado"),
        ("es", "Según el sindicato, 40 obreros siguen en huelga.", "el sindicato", "40 obreros siguen en huelga"),
        ("tr", "Vali Ola Strand, köprünün kapalı olduğunu açıkladı.", "Ola Strand", "köprünün kapalı olduğunu"),
        ("tr", "Muhtar Ola Strand ise «Köprü kapalı» diye konuştu.", "Ola Strand", "Köprü kapalı"),
        ("tr", "Müdürlüğe göre ilçeye 112 kilogram yağmur düştü.", "Müdürlüğe", "ilçeye 112 kilogram yağmur düştü"),
        ("de", "Ola Strand: „Die Brücke ist gesperrt.“", "Ola Strand", "Die Brücke ist gesperrt"),
    ],
)  # fmt: skip
def test_a_report_is_parted_from_what_is_said(language: str, text: str, speaker: str, said: str) -> None:
    assert told(text, language) == [(speaker, said)]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (
            "tr",
            "Vali Ola Strand, köprünün sabaha kadar kapalı olduğunu, 40 kişinin ilçeden tahliye edildiğini açıkladı.",
            ["köprünün sabaha kadar kapalı olduğunu", "40 kişinin ilçeden tahliye edildiğini"],
        ),
        (
            "fr",
            "Ana Sol affirme que le pont du port reste fermé et qu'aucun navire ne passera dimanche.",
            ["le pont du port reste fermé", "qu'aucun navire ne passera dimanche"],
        ),
        (
            "es",
            "Ana Sol dijo que el puente del puerto sigue cerrado y que el agua no es potable.",
            ["el puente del puerto sigue cerrado", "el agua no es potable"],
        ),
    ],
)
def test_two_things_that_one_speaker_says_are_two_statements(language: str, text: str, said: list[str]) -> None:
    found = told(text, language)
    assert [quote for _, quote in found] == said
    assert len({speaker for speaker, _ in found} - {None}) == 1


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (
            "tr",
            "Vali Ola Strand, 22 köye, iki mahalleye ve okula elektrik verilemediğini bildirdi.",
            "22 köye, iki mahalleye ve okula elektrik verilemediğini",
        ),
        (
            "fr",
            "Ana Sol affirme que le pont et le quai du port restent fermés.",
            "le pont et le quai du port restent fermés",
        ),
    ],
)
def test_a_list_within_what_is_said_parts_nothing(language: str, text: str, said: str) -> None:
    assert [quote for _, quote in told(text, language)] == [said]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fa", "یک کارگر که نخواست نامش برده شود گفت ترک‌ها از زمستان دیده می‌شد."),
        ("fr", "Un docker, sous couvert d'anonymat, raconte que l'alarme n'a pas sonné."),
        ("es", "Un trabajador que pidió no ser identificado dijo que el horno no se revisó."),
        ("tr", "Adının yazılmasını istemeyen bir işçi, uyarıların dikkate alınmadığını söyledi."),
    ],
)
def test_who_does_not_want_to_be_named_is_anonymous(language: str, text: str) -> None:
    (only,) = statements(Article(text=text, language=language))
    assert only.draft.attribution.source is SourceType.ANONYMOUS


def test_a_pronoun_and_a_last_name_mean_who_spoke_before() -> None:
    text = "La ministre Ana Sol affirme que le pont est fermé. Elle assure que l'eau est potable."
    assert [speaker for speaker, _ in told(text, "fr")] == ["Ana Sol", "Ana Sol"]
    turkish = "Vali Ola Strand, köprünün kapalı olduğunu açıkladı. Strand, yolun açık olduğunu söyledi."
    assert [speaker for speaker, _ in told(turkish, "tr")] == ["Ola Strand", "Ola Strand"]


def test_what_nobody_says_is_the_outlets_and_nothing_is_lost() -> None:
    assert told("Le pont est fermé depuis lundi.", "fr") == [(None, "Le pont est fermé depuis lundi.")]
    first, second = told("خط یک از کار افتاد؛ اتحادیه می‌گوید هشتاد درصد رانندگان نیامدند.", "fa")
    assert first == (None, "خط یک از کار افتاد")
    assert second[0] == "اتحادیه"


def test_a_report_that_closes_an_arabic_sentence_names_its_speaker() -> None:
    text = "قتلت الفيضانات 71 شخصا في ساوثبانك، قال رئيس البلدية للصحفيين."
    assert told(text, "ar") == [("رئيس البلدية", "قتلت الفيضانات 71 شخصا في ساوثبانك")]


def test_a_name_with_a_hyphen_and_a_title_is_one_name() -> None:
    text = "The ministry’s spokesman, Brig. Hatem al-Zuraiqi, said that three guards were on duty."
    assert told(text, "en") == [("Hatem al-Zuraiqi", "three guards were on duty")]


def test_a_statement_that_names_its_source_in_the_middle_is_one_statement() -> None:
    text = "The cameras, according to the director, had been dead since December."
    assert told(text, "en") == [("director", "The cameras, according to the director, had been dead since December")]


def test_the_languages_that_are_told_to_have_patterns_have_them() -> None:
    assert all(has_patterns(language) for language in MANNERS | {"ar", "en"})
    assert not has_patterns("de")


def test_a_passive_told_by_its_vowels_has_no_speaker() -> None:
    text = "قال الوزير سامي نور إن الجسر مغلق. وذُكِرَ أن الطريق مفتوح."
    assert [speaker for speaker, _ in told(text, "ar")] == ["سامي نور", None]


@pytest.mark.parametrize(
    "text",
    [
        "The minister did not say that the school is open.",
        "If the mayor says that the road is open, people will come.",
        "لم يقل الوزير إن المدرسة مفتوحة",
    ],
)
def test_what_is_not_said_or_only_might_be_has_no_speaker(text: str) -> None:
    language = "en" if text.isascii() else "ar"
    assert {speaker for speaker, _ in told(text, language)} == {None}


def test_what_somebody_denies_to_have_said_is_no_statement_of_his() -> None:
    assert "the dam is safe" not in [
        said for _, said in told("Ola Strand denies that he said the dam is safe.", "en")
    ]


def test_a_source_that_asked_not_to_be_named_speaks() -> None:
    (only,) = statements(Article(text="A worker who asked not to be named said the alarm was off.", language="en"))
    assert (only.draft.attribution.source, only.draft.quote) == (SourceType.ANONYMOUS, "the alarm was off")
