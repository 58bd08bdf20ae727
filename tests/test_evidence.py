from datetime import UTC, datetime

import pytest

from agent.analyst.parts import article_witness
from agent.models import ARTICLE as OWN
from agent.models import Article, Claim, Document, Passage, Span, Stance, When, Witness
from agent.verify.evidence import copied, is_independent, weigh, when
from tests.support.scripted import origin, says

TEXT = 'The aide said: "we are not leaving". The ministry said the withdrawal began on Monday.'
ARTICLE = Article(text=TEXT, outlet="Daily Gazette", language="en")
CLAIM = Claim(id="c1", text="We are not leaving", spans=(Span(start=16, end=34),), quote=TEXT[16:34])
REPORT = "A spokesman confirmed that the last units will leave in May."
WITNESS = Witness(origin="o1", passages=(Passage(document_id="d1", text=REPORT, start=0, end=len(REPORT)),))
INDEPENDENT = frozenset({"o1"})


def test_the_fixture_is_what_it_says() -> None:
    assert CLAIM.quote == "we are not leaving"


def test_a_quote_that_stands_there_becomes_evidence_in_the_exact_words_of_the_text() -> None:
    said = says(CLAIM, Stance.CONTRADICTS, "“The last units will leave, in May”")
    (item,) = weigh(ARTICLE, CLAIM, [(WITNESS, said)], INDEPENDENT).evidence
    assert item.quote == "the last units will leave in May"
    assert item.quote in item.passage.text
    assert item.independent


@pytest.mark.parametrize("quote", ["the last units will stay in May", "", "…"])
def test_a_forged_quote_is_discarded_and_counted(quote: str) -> None:
    weighed = weigh(ARTICLE, CLAIM, [(WITNESS, says(CLAIM, Stance.CONTRADICTS, quote))], INDEPENDENT)
    assert weighed.evidence == ()
    assert weighed.without_quote == 1


def test_an_origin_is_heard_once_however_often_it_answers() -> None:
    said = says(CLAIM, Stance.SUPPORTS, "the last units will leave in May")
    assert len(weigh(ARTICLE, CLAIM, [(WITNESS, said), (WITNESS, said)], INDEPENDENT).evidence) == 1


def test_another_speaker_of_the_article_may_contest_a_claim() -> None:
    said = says(CLAIM, Stance.CONTRADICTS, "the withdrawal began on Monday")
    (item,) = weigh(ARTICLE, CLAIM, [(article_witness(ARTICLE, [CLAIM]), said)], INDEPENDENT).evidence
    assert (item.source, item.origin, item.independent) == ("article", OWN, False)
    assert TEXT[item.passage.start : item.passage.end].count(item.quote) == 1


@pytest.mark.parametrize(
    "said",
    [
        says(CLAIM, Stance.SUPPORTS, "the withdrawal began on Monday"),
        says(CLAIM, Stance.QUALIFIES, "the withdrawal began on Monday"),
        says(CLAIM, Stance.CONTRADICTS, "the withdrawal began on Monday", same_speaker=True),
        says(CLAIM, Stance.CONTRADICTS, "we are not leaving"),
    ],
)
def test_the_article_never_corroborates_itself_nor_contests_itself_by_its_own_words(said: object) -> None:
    weighed = weigh(ARTICLE, CLAIM, [(article_witness(ARTICLE, [CLAIM]), said)], INDEPENDENT)  # type: ignore[list-item]  # parametrised
    assert weighed.evidence == ()


def test_a_copy_of_the_article_shows_its_words_under_the_articles_own_origin() -> None:
    copy = Document.of("Reprint. " + TEXT, outlet="Echo")
    (item,) = copied(ARTICLE, CLAIM, [copy])
    assert (item.origin, item.source, item.independent) == (OWN, "coverage", False)
    assert copy.text[item.passage.start : item.passage.end] == item.quote


def test_a_second_piece_of_the_same_outlet_is_not_an_independent_origin() -> None:
    assert not is_independent(
        ARTICLE, origin(Document.of("Other words.", outlet="DAILY  Gazette".replace("  ", " ")))
    )
    assert is_independent(ARTICLE, origin(Document.of("Other words.", outlet="Harbour Ledger")))
    assert not is_independent(ARTICLE, origin(Document.of("Other words."), copy_of_article=True))


REUTERS_TEXT = "موسكو (رويترز) - قالت الوزارة إن الانسحاب بدأ."


@pytest.mark.parametrize(
    ("article", "document"),
    [
        (Article(text="x", outlet="BBC News"), Document.of("Other words.", outlet="BBC Arabic")),
        (Article(text="x", url="https://ledger.example/a"), Document.of("y", url="https://www.ledger.example/b")),
        (Article(text=REUTERS_TEXT, outlet="A"), Document.of("MOSCOW (Reuters) - It began.", outlet="B")),
        (Article(text="x", outlet="A", author="Reuters"), Document.of("It began.", outlet="Reuters")),
        (Article(text="x", outlet="A", author="Reuters"), Document.of("It began.", outlet="B", author="agencies")),
        (Article(text="x", outlet="A", author="وكالات"), Document.of("It began.", outlet="B", author="AFP")),
        (Article(text="x", outlet="Daily Gazette"), Document.of("He told the Daily Gazette so.", outlet="B")),
        (Article(text=REUTERS_TEXT, outlet="BBC Arabic"), Document.of("Other words.", outlet="BBC News")),
    ],
)
def test_what_goes_back_to_the_articles_house_agency_or_word_is_not_independent(
    article: Article, document: Document
) -> None:
    assert not is_independent(article, origin(document))


@pytest.mark.parametrize(
    ("article", "document"),
    [
        (Article(text=REUTERS_TEXT, outlet="A"), Document.of("BEIRUT (AFP) - It began.", outlet="B")),
        (Article(text=REUTERS_TEXT, outlet="A"), Document.of("Reuters reporters were there when it began.")),
        (Article(text="x", outlet="A"), Document.of("MOSCOW (Reuters) - It began.", outlet="B")),
        (Article(text="x", url="https://t.me/a/1"), Document.of("y", url="https://t.me/b/2")),
        (Article(text="x"), Document.of("Other words.")),
    ],
)
def test_what_goes_back_to_somebody_else_is_independent(article: Article, document: Document) -> None:
    assert is_independent(article, origin(document))


def test_a_copy_has_no_say_in_whether_its_report_is_independent() -> None:
    copies = [Document.of("Words.", outlet="Daily Gazette"), Document.of("Words. (Reuters)", outlet="B")]
    assert is_independent(ARTICLE, origin(Document.of("Words of a report.", outlet="Ledger"), *copies))


def test_evidence_counts_as_what_its_origin_goes_back_to() -> None:
    said = says(CLAIM, Stance.SUPPORTS, "the last units will leave in May")
    (item,) = weigh(ARTICLE, CLAIM, [(WITNESS, said)], INDEPENDENT, {"o1": "agency:reuters"}).evidence
    assert item.origin == "agency:reuters"
    assert item.independent


@pytest.mark.parametrize(
    ("day", "expected"), [(14, When.BEFORE), (15, When.SAME_DAY), (16, When.AFTER), (None, When.UNKNOWN)]
)
def test_coverage_is_placed_before_or_after_the_article(day: int | None, expected: When) -> None:
    article = datetime(2016, 3, 15, 23, tzinfo=UTC)
    assert when(article, datetime(2016, 3, day, 1, tzinfo=UTC) if day else None) is expected
