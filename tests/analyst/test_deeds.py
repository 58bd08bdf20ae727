"""Who accuses, decides, refuses or counts, and where the text goes on by itself."""

import pytest

from agent.analyst.lexical.extract import statements
from agent.models import Article


def _told(text: str, language: str) -> list[tuple[str | None, str]]:
    article = Article(text=text, language=language)
    found = statements(article)
    assert all(text[one.span.start : one.span.end] == one.draft.quote for one in found)
    return [(one.draft.attribution.speaker, one.draft.text) for one in found]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Police put the number at 90", "Police"),
        ("en", "Organisers estimated the crowd at 4,000", "Organisers"),
        ("en", "The fire service counted 12 burnt homes", "fire service"),
        ("en", "Residents spoke of 20 dead", "Residents"),
        ("en", "The union accused Orlex of breaking the agreement", "union"),
        ("en", "The council decided to close the swimming hall", "council"),
        ("en", "The court ordered the release of three drivers", "court"),
        ("en", "The company refused to pay the bonuses", "company"),
        ("en", "Foreign Secretary Paul Ardent accused Orlex of fraud", "Paul Ardent"),
        ("ar", "قدّرت الشرطة العدد بتسعين", "الشرطة"),
        ("ar", "قدّرت النقابة عدد المتظاهرين بـ 4 آلاف شخص", "النقابة"),
        ("ar", "اتهم الاتحاد الشركة بأنها خرقت الاتفاق", "الاتحاد"),
        ("ar", "حمّل السكان البلدية مسؤولية الفيضان", "السكان"),
        ("ar", "قرر مجلس المدينة إغلاق المسبح", "مجلس المدينة"),
        ("ar", "أمر وزير النقل نادر وافي بتشكيل لجنة", "نادر وافي"),
        ("ar", "رفضت الشركة دفع المكافآت", "الشركة"),
        ("fa", "پلیس شمار معترضان را ۹۰ نفر برآورد کرد", "پلیس"),
        ("fa", "دادستانی شرکت را به پنهان کردن نتایج متهم کرد", "دادستانی"),
        ("fa", "وزیر راه کشور روز دوشنبه تصمیم گرفت پل را ببندد", "وزیر راه کشور"),
        ("fr", "La police a évalué la foule à 90 personnes", "La police"),
        ("fr", "Le parquet a accusé la société d'avoir caché les résultats", "Le parquet"),
        ("fr", "Le conseil municipal a décidé de fermer la piscine", "Le conseil municipal"),
        ("es", "El sindicato estima las pérdidas en dos millones", "El sindicato"),
        ("es", "La fiscalía acusó a la empresa de ocultar los resultados", "La fiscalía"),
        ("tr", "Polis kalabalığı 90 kişi olarak tahmin etti", "Polis"),
        ("tr", "Sendika, Orlex'i anlaşmayı bozmakla suçladı", "Sendika"),
        ("tr", "Belediye meclisi yüzme havuzunu kapatmaya karar verdi", "Belediye meclisi"),
    ],
)
def test_whoever_does_it_with_words_is_its_speaker_and_the_words_stay(language: str, text: str, speaker: str) -> None:
    assert _told(f"{text}.", language) == [(speaker, text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Three men accused of theft were released."),
        ("en", "Residents ordered to leave slept in a school."),
        ("en", "The engine refused to start on Monday."),
        ("en", "The rise put inflation at 5 per cent."),
        ("en", "Police put up new barriers on Monday."),
        ("en", "He refused to leave the hall."),
        ("en", "Workers who refused to leave were sacked."),
        ("ar", "رفض الوزارة العرض أثار غضباً."),
        ("ar", "حمل رئيس البلدية العلم في المسيرة."),
        ("ar", "كانت روسيا قد قررت البدء بالسحب."),
        ("fr", "Le maire a été accusé de fraude."),
        ("fa", "دادگاهی در شهر شرکت را محکوم کرد."),
    ],
)
def test_what_only_looks_like_it_has_no_speaker(language: str, text: str) -> None:
    assert {speaker for speaker, _ in _told(text, language)} == {None}


def test_what_somebody_does_besides_is_told_by_the_text() -> None:
    text = "أمر وزير النقل نادر وافي بتشكيل لجنة، وتفقّد الموقع برفقة المحافظ قبل الظهر."
    assert [speaker for speaker, _ in _told(text, "ar")] == ["نادر وافي", None]


@pytest.mark.parametrize(
    ("language", "text", "speakers"),
    [
        ("en", "The minister said the dam was sound, while 300 people slept in a hall.", ["minister", None]),
        ("ar", "قال رئيس البلدية إن الجسر آمن، فيما أُغلقت المدارس منذ الأحد.", ["رئيس البلدية", None]),
        ("fa", "شهردار گفت که پل ایمن است، در حالی که مدرسه‌ها تعطیل مانده‌اند.", ["شهردار", None]),
        ("fr", "Le maire a dit que le pont était sûr, tandis que les écoles restaient fermées.", ["Le maire", None]),
        (
            "es",
            "El alcalde dijo que el puente era seguro, mientras que el muelle sigue cerrado.",
            ["El alcalde", None],
        ),
        (
            "tr",
            "Belediye başkanı köprünün güvenli olduğunu söylerken, okullar pazardan beri kapalı kaldı.",
            ["Belediye başkanı", None],
        ),
        (
            "fr",
            "Le maire a dit que le pont était sûr, tandis que la préfecture a dit qu'il était fermé.",
            ["Le maire", "la préfecture"],
        ),
    ],
)
def test_behind_while_the_text_goes_on_by_itself(language: str, text: str, speakers: list[str | None]) -> None:
    assert [speaker for speaker, _ in _told(text, language)] == speakers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("“The dam was sound, while others were not,” the minister said.", "en"),
        (
            "The minister said that the dam was sound, while that of Calder was not, and that it would stay open.",
            "en",
        ),
        ("قال الوزير إن السد سليم فيما يتعلق بالجدار الشمالي.", "ar"),
        ("قال الوزير إن السد سليم، في حين سيبقى الجسر مغلقاً.", "ar"),
    ],
)
def test_what_somebody_sets_against_it_himself_stays_his(text: str, language: str) -> None:
    assert _told(text, language)[0][0] in ("minister", "الوزير")
    assert None not in [speaker for speaker, _ in _told(text, language) if language == "ar"]


def test_a_place_before_a_quotation_is_no_part_of_it() -> None:
    assert _told('بيروت – "نحن مغلقون" قال الوزير.', "ar") == [("الوزير", "الوزير: نحن مغلقون")]
    assert _told("Brindle – “We are closed,” the minister said.", "en") == [
        ("minister", "The minister: We are closed")
    ]


def test_a_mark_that_closes_what_nobody_opened_opens_nothing() -> None:
    assert _told("أكدت إدارة المصنع إغلاق المصنع» في أيار المقبل.", "ar") == [
        ("إدارة المصنع", "أكدت إدارة المصنع إغلاق المصنع في أيار المقبل")
    ]


def test_hard_times_are_no_newspaper() -> None:
    text = "Hard Times – 500 jobs were cut at the Orlex mill on Monday."
    assert _told(text, "en") == [(None, text.rstrip("."))]
    assert _told("Harbour Times – 500 jobs were cut at the Orlex mill.", "en") == [
        (None, "500 jobs were cut at the Orlex mill")
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Martı” şirketi vapurun satılacağını açıkladı.", "“Martı” şirketi"),
        ("“Martı” adlı şirket vapurun satılacağını açıkladı.", "“Martı” adlı şirket"),
        ("“Martı Denizcilik”, vapurun satılacağını açıkladı.", "Martı Denizcilik"),
    ],
)
def test_a_turkish_company_in_quotation_marks_speaks(text: str, speaker: str) -> None:
    ((who, said),) = _told(text, "tr")
    assert who == speaker
    assert said.endswith(": vapurun satılacağını")
