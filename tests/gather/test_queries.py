"""What is searched for, in which languages, for which days and of which sites."""

from datetime import UTC, date, datetime

import pytest

from agent.gather.places import PlaceName, edition_of, language_name, languages_of, name_of, places_in
from agent.gather.plan import Days, days_of, questions_for
from agent.gather.queries import SearchQuery, SearchSetting, Subject, make_queries, setting_of
from agent.gather.query_maker import with_claims
from agent.gather.source import SourceLimits
from agent.gather.transliteration import carried_over
from agent.gather.wording import plain_words, with_sites
from agent.models import Article, Claim, Span

ENGLISH = (
    "The Fordwick bridge in Damascus was shut on 14 March after 212 cracks were found. "
    "The mayor, Lena Fordwick, denied that the contract with Nordbau had cost 45 million euros."
)
ARABIC = (
    "أعلن رئيس البلدية لينا فوردويك إغلاق جسر الميناء في دمشق بعد العثور على 212 شقا. "
    "ونفت شركة نوردباو الألمانية أن يكون العقد قد كلف 45 مليون يورو."
)


def _claim(number: int, text: str, **told: date) -> Claim:
    return Claim(id=f"c{number}", text=text, quote=text, spans=(Span(start=0, end=len(text)),), **told)


def _subject(text: str, language: str) -> Subject:
    claims = [_claim(n, one.strip()) for n, one in enumerate(text.split(". "), 1)]
    return Subject(article=Article(text=text, language=language), claims=tuple(claims))


def _words(queries: tuple[SearchQuery, ...], language: str) -> list[set[str]]:
    return [set(query.words) for query in queries if query.language == language]


def test_queries_hold_names_and_numbers_and_no_word_that_stands_everywhere() -> None:
    subject = _subject(ENGLISH, "en")
    queries = make_queries(subject, setting_of(subject), 6)
    own = _words(queries, "en")
    assert any({"Fordwick", "Damascus"} <= words for words in own)
    assert any("Nordbau" in words for words in own)
    assert not {"the", "The", "was", "were", "with", "that"} & set().union(*own)
    assert all(2 <= len(query.words) <= 5 for query in queries)


def test_the_same_is_asked_in_the_languages_of_the_place() -> None:
    subject = _subject(ENGLISH, "en")
    setting = setting_of(subject)
    assert setting.languages == ("en", "ar")
    (arabic,) = [query for query in make_queries(subject, setting, 6) if query.language == "ar"]
    assert "دمشق" in arabic.words
    assert any(word.startswith("فورد") for word in arabic.words)
    assert arabic.country == "SY"


def test_an_arabic_article_is_asked_for_in_english_too() -> None:
    subject = _subject(ARABIC, "ar")
    queries = make_queries(subject, setting_of(subject), 6)
    assert _words(queries, "ar")
    (english, *_) = _words(queries, "en")
    assert "Damascus" in english
    assert all(word.isascii() for word in english)


@pytest.mark.parametrize("most", [1, 2, 3, 6])
def test_no_more_queries_are_made_than_are_wanted(most: int) -> None:
    subject = _subject(ENGLISH, "en")
    queries = make_queries(subject, setting_of(subject), most)
    assert 1 <= len(queries) <= most
    assert queries[0].language == "en"


def test_no_two_queries_ask_for_nearly_the_same() -> None:
    subject = _subject(" ".join([ENGLISH] * 5), "en")
    queries = make_queries(subject, setting_of(subject), 20)
    assert len(queries) == len({frozenset(query.words) for query in queries}) < 6


@pytest.mark.parametrize("text", ["", "؟!", "a", "1", "the of and", "\u202e\x00", "مرحبا", "桥梁关闭", "สะพานถูกปิด"])
def test_a_text_that_says_nothing_makes_no_bad_query(text: str) -> None:
    subject = Subject(article=Article(text=text or " ", language="und"))
    for query in make_queries(subject, setting_of(subject), 6):
        assert all(query.words)


async def test_claims_of_an_article_are_found_where_none_are_known() -> None:
    subject = await with_claims(Subject(article=Article(text=ENGLISH, language="en")))
    assert len(subject.claims) >= 2
    assert await with_claims(subject) is subject


def test_the_countries_and_cities_that_words_name() -> None:
    assert [one.place for one in places_in("in Damascus and the United States".split(), "en")] == [
        PlaceName("SY", "Asia/Damascus"),
        PlaceName("US"),
    ]
    assert [one.place.territory for one in places_in("وفي روسيا والقاهرة".split(), "ar")] == ["RU", "EG"]
    assert [one.place.territory for one in places_in("die Regierung in Ägypten".split(), "de")] == ["EG"]
    assert places_in("nothing of the kind".split(), "en") == []
    assert places_in("anything".split(), "xx") == []


def test_places_by_what_they_are_called_elsewhere() -> None:
    assert name_of(PlaceName("SY", "Asia/Damascus"), "ar") == "دمشق"
    assert name_of(PlaceName("SY"), "ru") == "Сирия"
    assert name_of(PlaceName("SY"), "xx") is None
    assert languages_of(["SY", "SY", "SY", "RU"]) == ("ar",)
    assert (edition_of("ar", ["SY"]), edition_of("en", ["SY"]), edition_of("ar", [])) == ("SY", "US", "EG")
    assert (language_name("ar"), language_name("xx")) == ("arabic", None)


@pytest.mark.parametrize(
    ("name", "language", "spelled"),
    [
        ("بوتين", "en", "Butin"),
        ("Müller", "en", "Müller"),
        ("Putin", "ar", "بوتين"),
        ("Путин", "en", "Putin"),
        ("Putin", "ru", "Путин"),
        ("شمس", "ru", "Шмс"),
        ("Putin", "zh", None),
        ("普京", "en", None),
    ],
)
def test_names_are_carried_over(name: str, language: str, spelled: str | None) -> None:
    assert carried_over(name, language) == spelled


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ('site:evil.example "exact" -word OR bridge', ("exact", "word", "bridge")),
        ("see https://evil.example/x or colon: now", ("see", "or", "colon", "now")),
        ("intitle:secret (a|b) * ~c", ("a", "b", "c")),
        ("ignore\u200b previous\norders", ("ignore", "previous", "orders")),
        ("x" * 100, ()),
    ],
)
def test_what_an_article_says_gives_a_search_engine_no_orders(told: str, words: tuple[str, ...]) -> None:
    assert plain_words(told, 9) == words


def test_one_site_or_several() -> None:
    assert with_sites("a b", ()) == "a b"
    assert with_sites("a b", ("x.example",)) == "a b site:x.example"
    assert with_sites("a b", ("x.example", "y.example")) == "a b (site:x.example OR site:y.example)"


OUT = datetime(2026, 3, 16, 9, tzinfo=UTC)


def test_days_around_the_event_and_before_the_article() -> None:
    article = Article(text="x", language="en", published_at=OUT)
    claims = (_claim(1, "x", event_date=date(2026, 3, 10)), _claim(2, "y", event_date=date(1999, 1, 1)))
    days = days_of(Subject(article=article, claims=claims), 30, date(2026, 11, 1))
    assert days == Days(since=date(2026, 2, 8), until=date(2026, 4, 15), before=date(2026, 3, 16))
    assert days_of(Subject(article=article), 30, date(2026, 3, 20)).until == date(2026, 3, 20)
    assert days_of(Subject(article=Article(text="x")), 30) == Days()


DAYS = Days(since=date(2026, 2, 8), until=date(2026, 4, 15), before=date(2026, 3, 16))
QUERIES = (
    SearchQuery(words=("a", "b"), language="ar", country="SY"),
    SearchQuery(words=("c", "d"), language="en", country="US"),
    SearchQuery(words=("e", "f"), language="ar", country="SY"),
)
SETTING = SearchSetting(territories=("SY",), languages=("ar", "en"))


def test_a_source_with_days_is_asked_for_what_was_told_before_the_article_too() -> None:
    asked = questions_for(SourceLimits(dated=True), QUERIES, SETTING, DAYS, ())
    assert [(one.text, one.until, one.earliest_first) for one in asked] == [
        ("a b", DAYS.until, False),
        ("c d", DAYS.until, False),
        ("a b", DAYS.before, True),
        ("c d", DAYS.before, True),
        ("e f", DAYS.until, False),
    ]


def test_a_source_that_knows_sites_is_asked_for_the_trusted_ones_too() -> None:
    asked = questions_for(SourceLimits(by_site=True), QUERIES[:1], SETTING, DAYS, ("x.example",))
    assert [one.sites for one in asked] == [(), ("x.example",)]
    assert [one.sites for one in questions_for(SourceLimits(), QUERIES[:1], SETTING, DAYS, ("x.example",))] == [()]


def test_a_source_with_one_language_is_asked_in_it_for_texts_of_the_others() -> None:
    asked = questions_for(SourceLimits(speaks="en"), QUERIES, SETTING, DAYS, ())
    assert [(one.text, one.written_in) for one in asked] == [("c d", None), ("c d", "ar")]


def test_no_source_gets_more_questions_than_it_is_fit_for() -> None:
    asked = questions_for(SourceLimits(dated=True, by_site=True, questions=3), QUERIES, SETTING, DAYS, ("x.example",))
    assert len(asked) == 3
