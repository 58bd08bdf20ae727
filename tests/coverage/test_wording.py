"""What is looked for when a claim is."""

from datetime import date

import pytest

from agent.coverage.index.words import words
from agent.coverage.search.numbers import joined
from agent.coverage.search.wording import queries, same_wordings, titled, wording
from agent.models import Article, Claim
from tests.support.shelf import claim

_DAY = date(2016, 3, 15)


def _dated(text: str, day: date | None = _DAY) -> Claim:
    return claim(text).model_copy(update={"event_date": day})


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("The quay opened on Tuesday, 15 March 2016.", "en", "The quay opened"),
        ("Le quai a ouvert le 15 mars 2016 devant 2000 personnes.", "fr", "Le quai a ouvert devant 2000 personnes."),
        ("أعيد فتح الرصيف يوم الثلاثاء 15 مارس/آذار 2016", "ar", "أعيد فتح الرصيف"),
        ("2016-03-15: quays opened", "en", "quays opened"),
    ],
)
def test_the_event_date_is_not_looked_for(text: str, language: str, left: str) -> None:
    assert wording(_dated(text), language) == left


def test_across_languages_a_claim_is_looked_for_after_its_articles_title() -> None:
    opened = _dated("The quay opened on 15 March 2016.")
    article = Article(text="The quay opened.", title="Quay two", language="en")
    assert titled(opened, article) == "Quay two: The quay opened"
    assert titled(opened, article.model_copy(update={"title": None})) == "The quay opened"
    assert len(titled(opened, article.model_copy(update={"title": "quay " * 900}))) < 200


def test_each_text_is_asked_for_once() -> None:
    article = Article(text="The quay opened.", language="en")
    assert queries(article, [claim("The quay opened."), claim("The quay opened.", 2)]) == ["The quay opened."]


@pytest.mark.parametrize(
    "text", ["The quay opened on 14 March 2016.", "In 2016 the quay opened.", "15 March 2016", "The quay opened."]
)
def test_other_days_and_years_stay(text: str) -> None:
    assert wording(_dated(text), "en") == text


def test_without_an_event_date_a_day_stays() -> None:
    text = "The quay opened on 15 March 2016."
    assert wording(_dated(text, None), "en") == text


@pytest.mark.parametrize(
    ("written", "one"),
    [
        (["4.4", "4,4", "۴٫۴", "٤٫٤"], "4_4"),
        (["1,200", "1.200", "١٬٢٠٠", "1\u202f200", "1\u00a0200"], "1200"),
        (["1.200,50", "1,200.50"], "1200_50"),
        (["23:40", "٢٣:٤٠"], "23_40"),
    ],
)
def test_a_number_is_one_word_however_it_is_written(written: list[str], one: str) -> None:
    for number in written:
        assert list(words(joined(f"about {number} metres"))) == ["about", one, "metres"]


def test_a_unit_may_follow_at_once() -> None:
    assert list(words(joined("1.5C and 10,5 km, 1,200km"))) == ["1_5", "c", "and", "10_5", "km", "1200", "km"]


@pytest.mark.parametrize("text", ["15.3.2016", "1.2.3.4", "v4.4", "3. 4.", "12 300"])
def test_what_is_no_number_stays_as_it_is(text: str) -> None:
    assert joined(text) == text


def test_a_number_of_any_length_takes_no_time() -> None:
    text = "1.111" * 40_000
    assert joined(text) == text


def test_claims_on_the_same_words_or_with_the_same_telling_words_are_one() -> None:
    lede = claim("Divers found cracks in 4 piles of the second quay.", 1)
    body = claim("Divers have found cracks in 4 piles of the second quay.", 2)
    other = claim("Divers found cracks in 9 piles of the second quay.", 3)
    told = claim("The piles are cracked.", 4).model_copy(update={"quote": other.quote})
    found = same_wordings([lede, body, other, told])
    assert found["c1"] == found["c2"]
    assert found["c3"] == found["c4"]
    assert found["c1"] != found["c3"]
