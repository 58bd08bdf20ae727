"""What one sentence says of several things: a claim for each, quoted as it stands; and what stays whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.analyst.lexical.clauses import clauses_of
from agent.analyst.lexical.extract import read_statements
from agent.analyst.lexical.words import joined, words
from tests.analyst.lexical_text import told_in

TAKEN_APART = [
    # Predicates that share a subject.
    (
        "The bridge was closed in May and was reopened by Monday.",
        ["The bridge was closed in May", "The bridge was reopened by Monday"],
    ),
    ("He was arrested and charged with arson.", ["He was arrested", "He was charged with arson"]),
    (
        "Marsh was arrested on Monday and rejected the charges.",
        ["Marsh was arrested on Monday", "Marsh rejected the charges"],
    ),
    ("The council met, but then it left for Oldport.", ["The council met", "it left for Oldport"]),
    # Objects, subjects, qualities, examples.
    (
        "Residents fled to Harbourtown, Oldport and Brindle.",
        ["Residents fled to Harbourtown", "Residents fled to Oldport", "Residents fled to Brindle"],
    ),
    ("The blast killed 12 people and 30 soldiers.", ["The blast killed 12 people", "The blast killed 30 soldiers"]),
    ("The blast killed soldiers and civilians.", ["The blast killed soldiers", "The blast killed civilians"]),
    (
        "The mine, the mill and the bridge were closed.",
        ["The mine was closed", "the mill was closed", "the bridge was closed"],
    ),
    (
        "Oldport is a small, poor and remote town in the north.",
        [
            "Oldport is a small town in the north",
            "Oldport is a poor town in the north",
            "Oldport is a remote town in the north",
        ],
    ),
    (
        "The storm closed several roads, including the coast road, the mill lane and the old bridge.",
        [
            "The storm closed several roads",
            "The storm closed several roads, including the coast road",
            "The storm closed several roads, including the mill lane",
            "The storm closed several roads, including the old bridge",
        ],
    ),
    # What is put in.
    (
        "Lena Marsh, the mayor of Brindle, resigned on Tuesday.",
        ["Lena Marsh resigned on Tuesday", "Lena Marsh is the mayor of Brindle"],
    ),
    (
        "The bridge, which was built in 1908, was closed in May.",
        ["The bridge was closed in May", "The bridge was built in 1908"],
    ),
    (
        "Marsh, whose brother leads the union, left Brindle.",
        ["Marsh left Brindle", "Marsh’s brother leads the union"],
    ),
    ("Ann Lee (born in 1964) is an engineer.", ["Ann Lee is an engineer", "Ann Lee was born in 1964"]),
    (
        "The mayor moved to Oldport, where the mill had closed.",
        ["The mayor moved to Oldport", "in Oldport the mill had closed"],
    ),
    # What came of it, what for, when and why.
    (
        "The blast hit a market on Monday, killing 12 people.",
        ["The blast hit a market on Monday", "The blast hit a market on Monday, killing 12 people"],
    ),
    ("Marsh led the club for years, winning two cups.", ["Marsh led the club for years", "Marsh won two cups"]),
    ("After the dam broke, the mayor left Brindle.", ["the dam broke", "the mayor left Brindle"]),
    ("The mayor resigned because the dam had failed.", ["The mayor resigned", "the dam had failed"]),
    ("Since it was opened, the mill has lost money.", ["the mill was opened", "the mill has lost money"]),
    ("After meeting the king, the envoy left Oldport.", ["the envoy left Oldport", "the envoy met the king"]),
    ("The mayor resigned after losing the vote.", ["The mayor resigned", "The mayor lost the vote"]),
    (
        "The envoy flew to Oldport to open the bridge.",
        ["The envoy flew to Oldport", "The envoy flew to Oldport to open the bridge"],
    ),
    # What was cut off before what "and" joins stays with it.
    (
        "It was their first and, to date, only win for Sorrel.",
        ["It was their first and, to date, only win for Sorrel"],
    ),
    # A relative clause with a figure can be looked for by itself.
    (
        "The plant, which opened in 1968, lost 12 million last year.",
        ["The plant lost 12 million last year", "The plant opened in 1968"],
    ),
    ("Twelve houses were flooded, rescuers counted.", ["Rescuers: Twelve houses were flooded"]),
    # What something is, and what is told of it.
    ("Lee is a lawyer who led the party in 2010.", ["Lee is a lawyer", "Lee led the party in 2010"]),
    (
        "The Ferry is a film directed by Ann Lee and written by Bob Ray.",
        ["The Ferry is a film", "The Ferry is directed by Ann Lee", "The Ferry is written by Bob Ray"],
    ),
]


@pytest.mark.parametrize(("text", "claims"), TAKEN_APART)
def test_each_thing_that_a_sentence_says_is_told(text: str, claims: list[str]) -> None:
    assert [one.draft.text for one in told_in(text, "en", None)] == claims


@pytest.mark.parametrize(
    "text",
    [
        "The mayor did not say whether the bridge and the road were closed.",
        "The bridge will open if the dam holds and the river falls.",
        "The mayor denied that the bridge was closed and the road was flooded.",
        "The dam was not opened because the river was low.",
        "The council did not close the mill, the mine and the bridge.",
        "When it rains, the road is closed.",
        "It is believed that the dam is safe and the river is low.",
        "Brindle and Oldport signed a treaty.",
        "The talks between Ann Lee and Bob Ray were held in Oldport.",
        "The plan may fail, killing the project.",
        "A man who killed two people was arrested.",
        "Is the bridge closed and is the road open?",
    ],
)
def test_nothing_is_torn_from_what_it_stands_under(text: str) -> None:
    assert len(told_in(text, "en")) == 1


@pytest.mark.parametrize(
    ("language", "text", "claims"),
    [
        (
            "ar",
            "انهار الجسر صباح الإثنين وقتل 12 شخصا وأصيب 30 آخرون.",
            ["انهار الجسر صباح الإثنين", "قتل 12 شخصا", "أصيب 30 آخرون"],
        ),
        (
            "ar",
            "أسفر الانفجار عن 12 قتيلا و30 جريحا في العاصمة.",
            ["أسفر الانفجار عن 12 قتيلا في العاصمة", "أسفر الانفجار عن 30 جريحا في العاصمة"],
        ),
        (
            "ar",
            "تجمع مئات المحتجين أمام المبنى وأشعلوا إطارات.",
            ["تجمع مئات المحتجين أمام المبنى", "مئات المحتجين أشعلوا إطارات"],
        ),
        (
            "ar",
            "اصطدمت السفينة بالعبارة، ما أدى إلى إغلاق القناة.",
            ["اصطدمت السفينة بالعبارة", "اصطدمت السفينة بالعبارة، ما أدى إلى إغلاق القناة"],
        ),
        (
            "ar",
            "أمر وزير النقل بتشكيل لجنة يرأسها قاض، وتفقد الموقع برفقة المحافظ، من دون أن يدلي بتصريحات.",
            [
                "أمر وزير النقل بتشكيل لجنة يرأسها قاض",
                "وزير النقل تفقد الموقع برفقة المحافظ، من دون أن يدلي بتصريحات",
            ],
        ),
        ("ar", "أغلقت المدارس بعدما انهار السد في المدينة.", ["أغلقت المدارس", "انهار السد في المدينة"]),
        (
            "ar",
            "تنتظر السفن عند الهيئة، التي تقدر خسائرها بمليون دولار.",
            ["تنتظر السفن عند الهيئة", "الهيئة تقدر خسائرها بمليون دولار"],
        ),
        (
            "fr",
            "Le pont a été fermé lundi et 12 personnes ont été blessées.",
            ["Le pont a été fermé lundi", "12 personnes ont été blessées"],
        ),
        (
            "fr",
            "Le maire a démissionné et a quitté Brindle.",
            ["Le maire a démissionné", "Le maire a quitté Brindle"],
        ),
        (
            "fr",
            "L'explosion a fait 12 morts et 30 blessés à Brindle.",
            ["L'explosion a fait 12 morts à Brindle", "L'explosion a fait 30 blessés à Brindle"],
        ),
        (
            "es",
            "El puente fue cerrado el lunes y la carretera fue cortada.",
            ["El puente fue cerrado el lunes", "la carretera fue cortada"],
        ),
        ("fa", "پل دیروز بسته شد و ۱۲ نفر زخمی شدند.", ["پل دیروز بسته شد", "۱۲ نفر زخمی شدند"]),
        ("tr", "Köprü çöktü ve 12 kişi yaralandı.", ["Köprü çöktü", "12 kişi yaralandı"]),
    ],
)
def test_other_languages_are_taken_apart_too(language: str, text: str, claims: list[str]) -> None:
    assert [one.draft.text for one in told_in(text, language, None)] == claims


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "لم تذكر الوزارة هل أغلق الجسر وقتل شخص."),
        ("ar", "بعد خطف وقتل 12 شخصا أغلقت المدينة."),
        ("ar", "لم يسفر الانفجار عن 12 قتيلا و30 جريحا."),
        ("fr", "On ignore si le pont a été fermé et si la route est coupée."),
        ("es", "No está claro si el puente fue cerrado y la carretera fue cortada."),
        ("fa", "سیل پل را ویران کرد و خانه‌ها را برد."),
        ("tr", "Köprü çöktü mü ve yol kapandı mı?"),
    ],
)
def test_other_languages_keep_together_what_belongs_together(language: str, text: str) -> None:
    assert len(told_in(text, language)) == 1


@pytest.mark.parametrize(("text", "claims"), TAKEN_APART)
def test_every_claim_is_quoted_from_its_first_word_to_its_last(text: str, claims: list[str]) -> None:
    for one in told_in(text, "en", None):
        assert text[one.span.start : one.span.end] == one.draft.quote
        assert one.draft.quote.split()[-1].strip(",.()") == one.draft.text.split()[-1].strip(",.()")


def test_a_speaker_stays_with_each_thing_that_is_said() -> None:
    told = told_in("The harbour authority said the bridge was closed and the road was flooded.", "en")
    assert [(one.draft.text, one.draft.attribution.speaker) for one in told] == [
        ("The harbour authority: the bridge was closed", "harbour authority"),
        ("The harbour authority: the road was flooded", "harbour authority"),
    ]


def test_only_what_an_article_claims_is_taken_apart_that_far() -> None:
    text = "Residents fled to Harbourtown, Oldport and Brindle."
    assert [len(read_statements(text, "en", atomic=atomic)) for atomic in (False, True)] == [1, 3]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "By Lena Marsh"),
        ("en", "BRINDLE, 4 March 2024"),
        ("en", "Background"),
        ("ar", "الزاهرة ـ الخميس 24 تشرين الأول/أكتوبر 2024"),
        ("ar", "بقلم نادر وافي"),
        ("ar", "ردود الفعل"),
    ],
)
def test_a_line_that_states_nothing_is_no_claim(language: str, line: str) -> None:
    body = {"en": "The bridge was closed on Monday.", "ar": "أغلق الجسر القديم في المدينة."}[language]
    quotes = [one.draft.quote for one in told_in(f"{body}\n\n{line}\n\n{body}", language)]
    assert quotes == [body.rstrip("."), body.rstrip(".")]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Ferry capsizes off Brindle"),
        ("en", "Mayor Resigns Over Bridge"),
        ("en", "Engineers alarmed by old pillars"),
        ("en", "Three dead in Oldport"),
        ("ar", "ثلاثة قتلى في انفجار"),
    ],
)
def test_a_headline_that_states_something_is_a_claim(language: str, line: str) -> None:
    body = {"en": "The bridge was closed on Monday.", "ar": "أغلق الجسر القديم في المدينة."}[language]
    assert line in [one.draft.quote for one in told_in(f"{line}\n\n{body}", language)]


@pytest.mark.parametrize(
    ("language", "dateline", "text"),
    [
        ("en", "BRINDLE, 4 March (Harbour Press) — ", "The mayor resigned on Monday"),
        ("en", "Oldport (Harbour Press) - ", "The mayor resigned on Monday"),
        ("ar", "بريندل (هاربر برس) - ", "أغلق الجسر القديم يوم الإثنين"),
        ("fr", "PORT-BRINDLE, lundi 22 mai 2023 (Le Quai) – ", "Le maire a démissionné lundi"),
        ("fa", "بندر – کرانه، یکشنبه ۱۱ خرداد ۱۴۰۴: ", "شهردار دوشنبه استعفا داد"),
    ],
)
def test_a_dateline_is_no_part_of_the_claim(language: str, dateline: str, text: str) -> None:
    assert [one.draft.quote.rstrip(".") for one in told_in(f"{dateline}{text}.", language)] == [text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Old – and new – roads were closed"),
        ("en", "NATO – the alliance of 32 states – met on Monday"),
        ("en", "NATO – Europe's shield – met on Monday"),
        ("en", "IBM (the computer maker) – which is based in Brindle – cut 500 jobs on Monday"),
        ("en", "On 5 March 2026 – a day after the vote – the mayor resigned"),
        ("en", "By 5 March 2026: 17 people died in the flood"),
        ("ar", "في 5 مارس 2026 – بعد يوم من التصويت – استقال الرئيس"),
        ("ar", "حتى 5 مارس 2026: قتل 17 شخصا في الفيضانات"),
        ("ar", "الوزير – يوم 5 مارس 2026 – استقال من منصبه"),
        ("ar", "حلف الناتو – تحالف من 32 دولة – اجتمع يوم 5 مارس 2026"),
        ("ar", "قتل محمد يوم 5 مارس 2026 – وهو معلم من المدينة"),
        ("ar", "محمد، وهو معلم، قتل يوم 5 مارس 2026 – يوم التصويت – في المدينة"),
        ("tr", "5 Mart 2026 – oylamadan bir gün sonra – belediye başkanı istifa etti"),
    ],
)
def test_dashes_and_days_inside_a_sentence_part_no_dateline(language: str, text: str) -> None:
    assert [one.draft.quote.rstrip(".") for one in told_in(f"{text}.", language)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The oldest judge of the United States was Lena Marsh.",
        "The police sent state trooper Ray to Oldport.",
        "The book tells the story of a ferry.",
    ],
)
def test_a_noun_that_looks_like_a_report_reports_nothing(text: str) -> None:
    told = told_in(text, "en")
    assert [(one.draft.text, one.draft.attribution.speaker) for one in told] == [(text.rstrip("."), None)]


def test_what_is_announced_behind_a_day_is_what_is_said() -> None:
    told = told_in("On 16 June 2015, the ferry company announced that it would begin repairs.", "en")
    assert [(one.draft.quote, one.draft.attribution.speaker) for one in told] == [
        ("it would begin repairs", "ferry company")
    ]


def test_a_name_in_quotation_marks_is_not_what_is_said() -> None:
    told = told_in(
        'قال مصدر حكومي لـ"الميناء اليوم" إن الوزير استقال. وأكدت شركة «نورس» في بيان أن العبارة أغلقت.', "ar"
    )
    assert [(one.draft.quote, one.draft.attribution.speaker) for one in told] == [
        ("الوزير استقال", "مصدر حكومي"),
        ("العبارة أغلقت", "شركة «نورس»"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("أعلنت شركة «نورس» إغلاق المرفأ في أيار.", "شركة «نورس»"),
        ('نفت صحيفة "الميناء اليوم" أن تكون المطبعة قد بيعت.', 'صحيفة "الميناء اليوم"'),
        ("بحسب شركة «نورس البحرية»، سيُغلق المرفأ في أيار.", "شركة «نورس البحرية»"),
        ("وقالت الشركة «سنعود إلى العمل غداً».", "الشركة"),
    ],
)
def test_the_name_of_a_house_is_part_of_who_speaks(text: str, speaker: str) -> None:
    assert [one.draft.attribution.speaker for one in told_in(text, "ar")] == [speaker]


_PARTS = st.sampled_from(
    'the mayor bridge Brindle and but , ; ( ) " which who was were closed killing 12'.split()
    + "after because of in including to a is said not if left Ann Lee".split()
)


@settings(deadline=None, max_examples=150)
@given(st.lists(_PARTS, min_size=1, max_size=25))
def test_any_order_of_words_is_taken_apart_within_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    found = joined(words(text))
    for clause in clauses_of(found, "en") if found else ():
        assert list(clause.at) == sorted(set(clause.at))
        assert 0 <= clause.start < clause.end <= len(found)
    for one in told_in(text, "en"):
        assert text[one.span.start : one.span.end] == one.draft.quote
