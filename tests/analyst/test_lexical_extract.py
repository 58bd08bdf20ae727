"""What the built-in analyst takes from an article: statements, speakers, kinds, days, exact quotes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.analyst.lexical import LexicalAnalyst
from agent.analyst.lexical.extract import read_statements
from agent.models import Article, Kind, Part, SourceType, Span
from tests.analyst.lexical_text import ARABIC, ENGLISH, PUBLISHED, Unlimited, about, told_in


@pytest.mark.parametrize(
    ("quote", "speaker", "source"),
    [
        ('سد الوادي "امتلأ بالكامل"', "مصدر في وزارة الري", SourceType.ANONYMOUS),
        ("البوابات ستُفتح غداً", "مصدر في وزارة الري", SourceType.ANONYMOUS),
        ('سكان القرى "أُبلغوا قبل يومين"', "مصدر في وزارة الري", SourceType.ANONYMOUS),
        ("ستبقى المدارس مغلقة", "مصدر في وزارة الري", SourceType.ANONYMOUS),
        ("نفى وزير الري كمال الشاطر أن يكون السد مهدداً بالانهيار", "كمال الشاطر", SourceType.NAMED),
        ("فرق الصيانة تعمل منذ أمس الإثنين", "كمال الشاطر", SourceType.NAMED),
        ("هطلت أمطار غزيرة على المنطقة", "هيئة الأرصاد", SourceType.INSTITUTION),
        ("نحن لا نغادر الموقع", "نادر وافي", SourceType.NAMED),
        ("تراجع منسوب النهر أربعة أمتار اليوم", None, SourceType.OUTLET),
    ],
)
def test_arabic_speech_is_taken_apart(quote: str, speaker: str | None, source: SourceType) -> None:
    draft = about(told_in(ARABIC, "ar"), quote).draft
    assert draft.quote == quote
    assert (draft.attribution.speaker, draft.attribution.source) == (speaker, source)


@pytest.mark.parametrize(
    ("quote", "speaker", "source"),
    [
        (
            "The ferry Halcyon ran aground near the port of Meridia on Monday",
            "harbour authority",
            SourceType.INSTITUTION,
        ),
        ("all 84 passengers were taken ashore", "harbour authority", SourceType.INSTITUTION),
        ("The ship was not carrying any fuel beyond its permitted load", "Lena Marsh", SourceType.NAMED),
        ("There was no leak", "Lena Marsh", SourceType.NAMED),
        (
            "the captain had been warned about the sandbank two hours earlier",
            "coast guard officer",
            SourceType.ANONYMOUS,
        ),
        ("the warning was recorded", "coast guard officer", SourceType.ANONYMOUS),
        ("the recording would be published today", "coast guard officer", SourceType.ANONYMOUS),
        ("The company denied that any warning had reached the bridge", "company", SourceType.INSTITUTION),
        ("the government should close the old channel", "Paul Ardent", SourceType.NAMED),
        ("they had asked for that in 2014", "residents", SourceType.ANONYMOUS),
        ("We will not leave the harbour until the hull is sealed", "captain", SourceType.NAMED),
        ("the crew was safe", "captain", SourceType.NAMED),
        ("tickets will be refunded", "Lena Marsh", SourceType.NAMED),
        ("Nobody was hurt", "Lena Marsh", SourceType.NAMED),
    ],
)
def test_english_speech_is_taken_apart(quote: str, speaker: str, source: SourceType) -> None:
    draft = about(told_in(ENGLISH, "en"), quote).draft
    assert draft.quote == quote
    assert (draft.attribution.speaker, draft.attribution.source) == (speaker, source)


def test_a_claim_names_its_speaker_and_the_day_behind_today() -> None:
    told = told_in(ARABIC, "ar")
    assert about(told, "نحن لا نغادر").draft.text == "نادر وافي، مدير السد: نحن لا نغادر الموقع"
    river = about(told, "منسوب النهر").draft
    assert river.text == "تراجع منسوب النهر أربعة أمتار اليوم (2016-03-15)"
    assert river.event_date == date(2016, 3, 15)


def test_without_a_day_of_publication_today_stays_a_word() -> None:
    river = about(told_in(ARABIC, "ar", published=None), "منسوب النهر").draft
    assert (river.text, river.event_date) == ("تراجع منسوب النهر أربعة أمتار اليوم", None)


def test_the_start_of_a_stretch_of_time_is_not_the_day_of_the_event() -> None:
    assert about(told_in(ARABIC, "ar"), "فرق الصيانة").draft.event_date is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("The bridge was closed on 3 February 2015.", "en", date(2015, 2, 3)),
        ("The bridge was closed on February 3.", "en", date(2016, 2, 3)),
        ("The bridge was closed on Friday.", "en", date(2016, 3, 11)),
        ("The bridge will be closed on Friday.", "en", date(2016, 3, 18)),
        ("أُغلق الجسر يوم 3 شباط.", "ar", date(2016, 2, 3)),
        ("أُغلق الجسر أمس.", "ar", date(2016, 3, 14)),
        ("The bridge was closed on 31 February.", "en", None),
    ],
)
def test_days_are_seen_from_the_day_of_publication(text: str, language: str, day: date | None) -> None:
    assert told_in(text, language)[0].draft.event_date == day


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("the government should close the old channel", Kind.OPINION),
        ("tickets will be refunded", Kind.FORECAST),
        ("the crew was safe", Kind.FACT),
    ],
)
def test_forecasts_and_opinions_are_told_from_facts(quote: str, kind: Kind) -> None:
    assert about(told_in(ENGLISH, "en"), quote).draft.kind is kind


def test_political_is_not_a_future_verb() -> None:
    assert told_in("القرار سياسي والموعد سياسي.", "ar")[0].draft.kind is Kind.FACT


def test_a_quotation_over_two_sentences_belongs_to_the_speaker_named_at_its_end() -> None:
    told = told_in('"The road is closed. It floods every spring," Mayor Ada Quill said.', "en")
    assert [one.draft.attribution.speaker for one in told] == ["Ada Quill", "Ada Quill"]


def test_an_unclosed_quotation_mark_loses_nothing() -> None:
    told = told_in('قال الوزير سامي نصار إن "الطريق مغلق. وأكد نصار أن العمل مستمر.', "ar")
    assert [one.draft.quote for one in told] == ["الطريق مغلق", "العمل مستمر"]
    assert {one.draft.attribution.speaker for one in told} == {"سامي نصار"}


def test_a_report_that_only_tells_that_something_was_said_is_kept_whole() -> None:
    told = told_in("The ministry denied the report.", "en")
    assert told[0].draft.quote == "The ministry denied the report"
    assert told[0].draft.attribution.speaker == "ministry"


def test_a_noun_that_looks_like_a_reporting_verb_attributes_nothing() -> None:
    told = told_in("The claims were false and a report on the matter is expected.", "en")
    assert {one.draft.attribution.source for one in told} == {SourceType.OUTLET}


async def test_every_sentence_is_read_in_exactly_one_part() -> None:
    article = Article(text=ENGLISH, language="en", published_at=PUBLISHED)
    middle = ENGLISH.index("A coast guard")
    spans = [Span(start=0, end=middle), Span(start=middle, end=len(ENGLISH))]
    analyst = LexicalAnalyst(embedder="none")
    drafts = [
        draft
        for index, span in enumerate(spans)
        for draft in (
            await analyst.extract(
                article, Part(index=index, span=span, text=ENGLISH[span.start : span.end]), Unlimited()
            )
        ).drafts
    ]
    assert drafts == [one.draft for one in told_in(ENGLISH, "en")]


@pytest.mark.parametrize(
    ("text", "language", "claims"),
    [("Der Zug fiel aus. Die Schule blieb zu.", "de", 2), ("会议于周一召开。市长没有出席。", "zh", 2), ("", "en", 0)],
)
def test_other_languages_give_one_claim_a_sentence(text: str, language: str, claims: int) -> None:
    assert len(told_in(text, language)) == claims


_WORDS = """قال أن وأضاف المصدر بحسب " ، . : والتي مضيفاً said that he , denied while """.split()
_PIECES = st.sampled_from(
    [
        *_WORDS,
        "\n",
        "\n\n",
        "في حين",
        "according to",
        "The minister",
        "15 مارس",
        "31 February",
        "\u202b",
        "\x00",
        "😀",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=4), max_size=25), st.sampled_from(["ar", "en", "und"]))
def test_whatever_the_text_every_quote_is_a_slice_of_it(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    for one in told_in(text, language):
        assert one.draft.quote == text[one.span.start : one.span.end]
        assert one.draft.text


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "Dr.\n\np.m.\n\n9:40 p.m.\n\nNo. 5.\n\nThe bridge is shut.", ["The bridge is shut"]),
        ("fr", "Mme.\n\nOui.\n\n5.\n\nLe pont est fermé.", ["Le pont est fermé."]),
        ("ar", "د.\n\nم.\n\nنعم.\n\nأغلق الجسر القديم.", ["أغلق الجسر القديم"]),
        ("de", "z. B.\n\nNr. 5.\n\nDie Brücke ist gesperrt.", ["Die Brücke ist gesperrt."]),
    ],
)
def test_a_scrap_of_a_sentence_is_no_claim(language: str, text: str, told: list[str]) -> None:
    assert [one.draft.quote for one in told_in(text, language)] == told


@pytest.mark.parametrize(
    ("language", "text", "speaker", "quote"),
    [
        ("en", "The bridge was shut at 9:40 p.m. on Friday, Dr. Anna Hill said.", "Anna Hill", None),
        ("en", "Gen. J. R. Hall said that the U.S. Army would leave.", "J. R. Hall", "the U.S. Army would leave"),
        ("en", "The council said at 9:40 that the bridge was shut.", "council", "the bridge was shut"),
        ("ar", "قال د. سمير الهادي إن الجسر مغلق.", "سمير الهادي", "الجسر مغلق"),
        ("ar", "وأكد م. نادر وافي أن الكلفة ارتفعت 17٪.", "نادر وافي", "الكلفة ارتفعت 17٪"),
    ],
)
def test_an_abbreviated_title_parts_no_speaker_from_his_words(
    language: str, text: str, speaker: str, quote: str | None
) -> None:
    (told,) = told_in(text, language)
    assert told.draft.attribution.speaker == speaker
    assert told.draft.quote == (quote or "The bridge was shut at 9:40 p.m. on Friday")


def test_the_number_of_a_list_is_no_part_of_what_it_says() -> None:
    text = "1. The bridge is shut, the mayor said.\n2. The road is open.\n• Buses run."
    assert [one.draft.quote for one in told_in(text, "en")] == ["The bridge is shut", "The road is open", "Buses run"]
    assert [one.draft.quote for one in told_in("1. Le pont est fermé.", "fr")] == ["Le pont est fermé."]


def test_a_quote_has_the_sign_of_its_number() -> None:
    quotes = [one.draft.quote for one in told_in("Prices rose by 17%. The north-eastern road costs $5.", "en")]
    assert quotes == ["Prices rose by 17%", "The north-eastern road costs $5"]


@pytest.mark.parametrize(
    ("language", "text", "quote", "claim"),
    [
        ("en", "The bridge of North-\nbank is shut, the may-\nor said.", "The bridge of North-\nbank is shut", None),
        (
            "en",
            "The coun&shy;cil&nbsp;met in Northbank.",
            "The coun&shy;cil&nbsp;met in Northbank",
            "The council met in Northbank",
        ),
        (
            "fr",
            "Le gou\u00advernement part.\u2028Le maire reste.",
            "Le gou\u00advernement part.",
            "Le gouvernement part.",
        ),
        ("ar", "ﺃﻏﻠﻖ ﺍﻟﺠﺴﺮ ﺍﻟﻘﺪﻳﻢ.", "ﺃﻏﻠﻖ ﺍﻟﺠﺴﺮ ﺍﻟﻘﺪﻳﻢ", "أغلق الجسر القديم"),
    ],
)
def test_a_damaged_text_is_read_as_mended_and_quoted_as_it_stands(
    language: str, text: str, quote: str, claim: str | None
) -> None:
    first = told_in(text, language)[0]
    assert text[first.span.start : first.span.end] == first.draft.quote == quote
    assert first.draft.text == (claim or "The mayor: The bridge of Northbank is shut")


@pytest.mark.parametrize(
    ("verb", "speaker"),
    [("ذُكِرَ", None), ("ويُذْكَرُ", None), ("أُعلِنَ", None), ("ذَكَرَ", "الوزير"), ("وذكر", "الوزير"), ("ويُعلِنُ", "الوزير")],
)
def test_a_passive_told_by_its_vowels_has_no_speaker(verb: str, speaker: str | None) -> None:
    told = read_statements(f"قال الوزير إن الجسر مغلق. {verb} في المدينة أن ١٧ شخصا قتلوا.", "ar")
    assert [one.draft.attribution.speaker for one in told] == ["الوزير", speaker]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "The bridge was closed by the town, and the school of Linden was emptied.",
            ["The bridge was closed by the town", "the school of Linden was emptied"],
        ),
        (
            "The ferry was built in May and was sold to Linden.",
            ["The ferry was built in May", "The ferry was sold to Linden"],
        ),
        (
            "The mayor opened a school and a new bridge.",
            ["The mayor opened a school", "The mayor opened a new bridge"],
        ),
        ("The mayor said \"the bridge was closed and the road was flooded\".", None),
    ],
)  # fmt: skip
def test_statements_that_and_joins_stand_by_themselves(text: str, claims: list[str] | None) -> None:
    told = [one.draft.text for one in told_in(text, "en")]
    assert told == claims if claims else len(told) == 1
