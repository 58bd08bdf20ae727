from datetime import date

import pytest

from agent.models import Article, Attribution, Draft, Kind, Part, SourceType, Span
from agent.verify.claims import Collected, collect
from tests.support.scripted import draft

TEXT = "The ministry said 40 planes left. The base stays open. Later it said again that 40 planes left the base."
ARTICLE = Article(text=TEXT, language="en")
PART = Part(index=0, span=Span(start=0, end=len(TEXT)), text=TEXT)


def _collect(*drafts: Draft, limit: int = 10) -> Collected:
    return collect(ARTICLE, [(PART, item) for item in drafts], limit)


def test_claims_are_numbered_in_the_order_of_the_article() -> None:
    collected = _collect(draft("The base stays open"), draft("40 planes left"))
    assert [(c.id, c.quote) for c in collected.claims] == [("c1", "40 planes left"), ("c2", "The base stays open")]


def test_a_claim_whose_quote_the_article_lacks_is_dropped_and_counted() -> None:
    collected = _collect(draft("The base stays open"), draft("the base closes"))
    assert len(collected.claims) == 1
    assert collected.without_quote == 1


def test_a_claim_told_twice_is_one_claim_with_two_spans() -> None:
    collected = _collect(
        draft("40 planes left", "40 planes left the base"),
        draft("40 planes left the base", "40 planes left the base."),
    )
    (claim,) = collected.claims
    assert [TEXT[s.start : s.end] for s in claim.spans] == ["40 planes left", "40 planes left the base"]
    assert claim.quote == "40 planes left"


def test_another_number_is_another_claim() -> None:
    collected = _collect(
        draft("40 planes left", "40 planes left the base"),
        draft("40 planes left the base", "14 planes left the base"),
    )
    assert len(collected.claims) == 2


def test_a_negation_makes_another_claim() -> None:
    collected = _collect(
        draft("40 planes left", "the planes have left the base"),
        draft("40 planes left the base", "the planes have not left the base"),
    )
    assert len(collected.claims) == 2


def test_two_claims_may_rest_on_one_quote() -> None:
    quote = "The ministry said 40 planes left"
    collected = _collect(
        draft(quote, "40 planes left"), draft(quote, "The ministry spoke of the departure in public")
    )
    assert len(collected.claims) == 2


def test_the_fullest_attribution_speaks_for_a_claim_told_twice() -> None:
    collected = _collect(
        draft("40 planes left", "40 planes left"), draft("40 planes left the base", "40 planes left", "the ministry")
    )
    assert collected.claims[0].attribution.speaker == "the ministry"


def test_claims_over_the_limit_are_counted_and_not_lost_silently() -> None:
    collected = _collect(draft("40 planes left"), draft("The base stays open"), limit=1)
    assert (len(collected.claims), collected.over_limit) == (1, 1)


def test_a_quote_told_twice_in_one_part_is_found_at_both_places() -> None:
    collected = _collect(draft("40 planes left"), draft("40 planes left"))
    (claim,) = collected.claims
    assert [TEXT[s.start : s.end] for s in claim.spans] == ["40 planes left", "40 planes left"]
    assert claim.spans[0].end < claim.spans[1].start


def _article(text: str, language: str) -> tuple[Article, Part]:
    return Article(text=text, language=language), Part(index=0, span=Span(start=0, end=len(text)), text=text)


def _told(quote: str, text: str, **attribution: str) -> Draft:
    return Draft(text=text, quote=quote, attribution=Attribution.model_validate(attribution))


def _quotes(language: str, text: str, *drafts: Draft) -> list[str]:
    article, part = _article(text, language)
    return [claim.quote for claim in collect(article, [(part, item) for item in drafts], 10).claims]


TOLD_TWICE = [
    (
        "en",
        "The harbour bridge is shut for repairs. "
        "The ports ministry said that the harbour bridge is shut for repairs.",
        "The harbour bridge is shut for repairs",
        (
            "the harbour bridge is shut for repairs",
            "The ports ministry said that the harbour bridge is shut for repairs",
        ),
        {"speaker": "the ports ministry", "verb": "said", "source": "institution"},
    ),
    (
        "ar",
        "جسر الميناء مغلق للصيانة. وقالت وزارة الموانئ إن جسر الميناء مغلق للصيانة.",
        "جسر الميناء مغلق للصيانة",
        ("جسر الميناء مغلق للصيانة", "قالت وزارة الموانئ إن جسر الميناء مغلق للصيانة"),
        {"speaker": "وزارة الموانئ", "verb": "قالت", "source": "institution"},
    ),
    (
        "fa",
        "پل بندر برای تعمیر بسته است. وزارت بنادر گفت که پل بندر برای تعمیر بسته است.",
        "پل بندر برای تعمیر بسته است",
        ("پل بندر برای تعمیر بسته است", "وزارت بنادر گفت که پل بندر برای تعمیر بسته است"),
        {"speaker": "وزارت بنادر", "verb": "گفت", "source": "institution"},
    ),
    (
        "fr",
        "Le pont du port est fermé pour travaux. Le ministère a dit que le pont du port est fermé pour travaux.",
        "Le pont du port est fermé pour travaux",
        ("le pont du port est fermé pour travaux", "Le ministère a dit que le pont du port est fermé pour travaux"),
        {"speaker": "le ministère", "verb": "a dit", "source": "institution"},
    ),
]


@pytest.mark.parametrize(("language", "text", "lede", "body", "who"), TOLD_TWICE)
def test_lede_and_body_become_one_claim_that_has_the_speaker_of_the_body(
    language: str, text: str, lede: str, body: tuple[str, str], who: dict[str, str]
) -> None:
    article, part = _article(text, language)
    drafts = [_told(lede, lede), _told(body[0], body[1], **who)]
    (claim,) = collect(article, [(part, item) for item in drafts], 10).claims
    assert claim.attribution.speaker == who["speaker"]
    assert len(claim.spans) == 2


TOLD_APART = [
    (
        "en",
        "The mayor denied that the bridge is shut. The bridge is shut.",
        "The mayor denied that the bridge is shut",
        "The bridge is shut",
        {"speaker": "the mayor", "verb": "denied"},
    ),
    (
        "ar",
        "نفى المحافظ أن الجسر مغلق. الجسر مغلق.",
        "نفى المحافظ أن الجسر مغلق",
        "الجسر مغلق",
        {"speaker": "المحافظ", "verb": "نفى"},
    ),
    (
        "fa",
        "کارخانهٔ شهر ساحلی از دیروز باز نیست. کارخانهٔ شهر ساحلی از دیروز باز است.",
        "کارخانهٔ شهر ساحلی از دیروز باز نیست",
        "کارخانهٔ شهر ساحلی از دیروز باز است",
        {},
    ),
    (
        "fr",
        "L'usine de la ville côtière n'a pas fermé hier soir. L'usine de la ville côtière a fermé hier soir.",
        "L'usine de la ville côtière n'a pas fermé hier soir",
        "L'usine de la ville côtière a fermé hier soir",
        {},
    ),
    (
        "en",
        "Three people were killed and ten people were injured.",
        "Three people were killed",
        "ten people were injured",
        {},
    ),
    (
        "en",
        "The eastern quay of the harbour is shut. The western quay of the harbour is shut.",
        "The eastern quay of the harbour is shut",
        "The western quay of the harbour is shut",
        {},
    ),
    (
        "fr",
        "Le quai est du port est fermé mardi. Le quai est du port est fermé jeudi.",
        "Le quai est du port est fermé mardi",
        "Le quai est du port est fermé jeudi",
        {},
    ),
]


@pytest.mark.parametrize(("language", "text", "one", "other", "who"), TOLD_APART)
def test_what_says_the_contrary_or_another_thing_stays_a_claim_of_its_own(
    language: str, text: str, one: str, other: str, who: dict[str, str]
) -> None:
    assert len(_quotes(language, text, _told(one, one, **who), _told(other, other))) == 2


def test_both_values_of_a_pair_stay_claims_though_they_share_a_quote() -> None:
    text = "The toll rose from 12 to 17."
    told = [_told(text, "The toll was 12 before it rose"), _told(text, "The toll was 17 after it rose")]
    assert len(_quotes("en", text, *told)) == 2
    words = "Three people were killed and ten people were injured."
    told = [_told(words, "Three people were killed there"), _told(words, "Ten people were injured there")]
    assert len(_quotes("en", words, *told)) == 2


def test_the_same_number_in_another_notation_is_the_same_number() -> None:
    text = "Some 1,200 planes left the base. In all 1200 planes left the base."
    assert len(_quotes("en", text, draft("1,200 planes left the base"), draft("1200 planes left the base"))) == 1


def test_two_who_are_named_and_say_the_same_are_not_made_one() -> None:
    text = "The mayor said the bridge is shut. The harbour master said the bridge is shut."
    told = [
        _told("The mayor said the bridge is shut", "the bridge is shut", speaker="the mayor", source="named"),
        _told(
            "The harbour master said the bridge is shut",
            "the bridge is shut",
            speaker="the harbour master",
            source="named",
        ),
    ]
    assert len(_quotes("en", text, *told)) == 2
    nameless = told[0].model_copy(
        update={"attribution": Attribution(speaker="an official", source=SourceType.ANONYMOUS)}
    )
    article, part = _article(text, "en")
    (claim,) = collect(article, [(part, nameless), (part, told[1])], 10).claims
    assert claim.attribution.speaker == "the harbour master"


def test_what_is_to_come_and_what_is_so_are_two() -> None:
    text = "The bridge of Northbank opens on Monday. The bridge of Northbank opens on Monday."
    told = draft("The bridge of Northbank opens on Monday")
    assert len(_quotes("en", text, told, told)) == 1
    assert len(_quotes("en", text, told, told.model_copy(update={"kind": Kind.FORECAST}))) == 2
    monday, friday = (told.model_copy(update={"event_date": date(2026, 3, day)}) for day in (16, 20))
    assert len(_quotes("en", text, monday, friday)) == 2


def test_the_days_of_an_event_go_together() -> None:
    first, last = date(2026, 3, 16), date(2026, 3, 18)
    dated = draft("40 planes left").model_copy(update={"event_date": first, "event_end": last})
    (claim,) = _collect(draft("40 planes left"), dated).claims
    assert (claim.event_date, claim.event_end) == (first, last)


DENIED = [
    (
        "en",
        "The ministry denied that the bridge is shut.",
        "the bridge is shut",
        "The bridge is not shut",
        "denied that the bridge is shut",
    ),
    (
        "en",
        "Trains do not run to Northbank.",
        "run to Northbank",
        "Trains do not run to Northbank",
        "not run to Northbank",
    ),
    ("ar", "نفت وزارة الموانئ إغلاق الجسر.", "إغلاق الجسر", "الجسر ليس مغلقاً", "نفت وزارة الموانئ إغلاق الجسر"),
    (
        "ar",
        "قال إنهم لا يغادرون الميناء بل يرممونه.",
        "يغادرون الميناء",
        "العمال لا يغادرون الميناء",
        "لا يغادرون الميناء",
    ),
    ("fa", "وزارت بنادر بسته شدن پل را تکذیب کرد.", "بسته شدن پل", "پل بسته نیست", "بسته شدن پل را تکذیب"),
    (
        "fr",
        "Le maire dément la fermeture du pont.",
        "la fermeture du pont",
        "Le pont n'est pas fermé",
        "dément la fermeture du pont",
    ),
]


@pytest.mark.parametrize(("language", "text", "quote", "claim", "widened"), DENIED)
def test_the_word_that_denies_stands_in_the_quote(
    language: str, text: str, quote: str, claim: str, widened: str
) -> None:
    assert _quotes(language, text, draft(quote, claim)) == [widened]
    assert _quotes(language, text, draft(quote, quote)) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody denied it. The bridge is open to all.",
        "He denied that he was late for the third meeting of the council and said the bridge is open to all.",
    ],
)
def test_a_denial_of_something_else_is_left_out_of_the_quote(text: str) -> None:
    assert _quotes("en", text, draft("the bridge is open to all", "The bridge is not shut")) == [
        text[text.lower().index("the bridge is open") : -1]
    ]
