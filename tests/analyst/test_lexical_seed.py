"""The article that the user brought: every statement comes out, with its speaker, at its exact place."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from agent.analyst.lexical.extract import PlacedDraft, statements
from agent.analyst.lexical.judging import hear
from agent.analyst.parts import article_witness, cut_parts
from agent.models import ARTICLE, Article, Judgement, Kind, SourceType, Stance, Witness
from agent.verify.claims import Collected, collect

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "article.ar.txt"
SOURCE, IVANOV, PUTIN, PANKOV = "مصدر أمني سوري رفيع", "بوريس ايفانوف", "فلاديمير بوتين", "نيكولاي بانكوف"
SPOKESMAN, MINISTRY = "المتحدث باسم الكرملين", "وزارة الدفاع الروسية"

pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside the repository")


@pytest.fixture(scope="module")
def article() -> Article:
    return Article(text=SEED.read_text("utf-8"), language="ar", published_at=datetime(2016, 3, 15, 15, tzinfo=UTC))


@pytest.fixture(scope="module")
def told(article: Article) -> tuple[PlacedDraft, ...]:
    return statements(article)


@pytest.fixture(scope="module")
def collected(article: Article, told: tuple[PlacedDraft, ...]) -> Collected:
    whole = cut_parts(article, 1000)[0]
    return collect(article, [(whole, one.draft) for one in told], 500)


@pytest.mark.parametrize(
    ("quote", "speaker"),
    [
        ("نحن لا نغادر سوريا بل نسحب فائض القوات والمعدات", IVANOV),
        ("أقمنا في سوريا واحدة من احدث انظمة الدفاع الجوي في العالم للدفاع عن قواعدنا", IVANOV),
        ("المهمات التي كلفت بها القوات الروسية في سوريا تم انجازها", PUTIN),
        ("القاعدتين الروسيتين في حميميم وطرطوس ستواصلان عملهما كما في السابق", PUTIN),
        ("القوات الجوية - الفضائية الروسية ستواصل ضرب مواقع داعش في سوريا", PANKOV),
        (
            'المشاركة الروسية الجوية في سوريا "أفسدت خطط الإرهابيين بالتوسع في روسيا ودول العالم الأخرى"',
            PANKOV,
        ),
        ('موسكو "لا تحاول الضغط على الرئيس الأسد عبر سحب قواتها الجوية من سوريا', SPOKESMAN),
        (
            "من غير الممكن اعتبار الخطوة الروسية إشارة لعدم رضا موسكو عن موقف دمشق في المفاوضات",
            SPOKESMAN,
        ),
        ("التنسيق والتفاهم على سحب جزء من القوات الروسية تم قبل أيام بين موسكو ودمشق", SOURCE),
        ('توقيت الاعلان "كان سياسياً', SOURCE),
        ("القيادة السورية كانت على علم بالموعد", SOURCE),
        ("قرار بوتين كان يهدف إلى تعزيز فرص الحل السياسي", SOURCE),
        ('ايران "كانت على اطلاع مسبق بالامر"', SOURCE),
        ('سيتواصل التنسيق السوري الروسي الايراني "بلا تراجع"', SOURCE),
        ('سحب جزء من القوات "سيعزز موضوع المصالحات والهدنة وحوار جنيف"', SOURCE),
        (
            "لا تزال الأعمال القتالية مستمرة بالتنسيق المشترك ضمن غرفة العمليات في المناطق التي لا تشملها الهدنة",
            SOURCE,
        ),
        (
            "بوتين كان أبلغ الأسد في اتصال هاتفي أن العلاقة مع سوريا هي علاقة استراتيجية وليست عابرة",
            SOURCE,
        ),
        (
            "أكدت موسكو للقيادة السورية التزامها الاستمرار في العمليات العسكرية في مواجهة الارهاب",
            SOURCE,
        ),
        ("عادت المجموعة الاولى من المقاتلات الروسية من سوريا اليوم", MINISTRY),
        ('شملت "توبوليف 154" و"سوخوي34"', MINISTRY),
        ("كانت روسيا قد قررت أمس الإثنين البدء بسحب جزء من قواتها الرئيسية من سوريا اليوم", None),
    ],
)
def test_the_statement_is_a_claim_of_its_own(
    told: tuple[PlacedDraft, ...], article: Article, quote: str, speaker: str | None
) -> None:
    found = [one for one in told if " ".join(one.draft.quote.split()) == quote]
    assert {one.draft.attribution.speaker for one in found} == {speaker}
    assert all(article.text[one.span.start : one.span.end] == one.draft.quote for one in found)


def test_the_lede_and_the_body_tell_one_claim(collected: Collected) -> None:
    assert collected.without_quote == 0
    leaving = [claim for claim in collected.claims if "لا نغادر" in claim.quote]
    assert [len(claim.spans) for claim in leaving] == [2]
    assert leaving[0].attribution.role == "رئيس ديوان الرئاسة الروسية"


def test_the_security_source_is_anonymous_and_follow_ups_find_it(told: tuple[PlacedDraft, ...]) -> None:
    sources = {one.draft.attribution.source for one in told if one.draft.attribution.speaker == SOURCE}
    assert sources == {SourceType.ANONYMOUS}


def test_the_aircraft_returned_on_the_day_and_the_decision_fell_the_day_before(
    told: tuple[PlacedDraft, ...],
) -> None:
    days = {" ".join(one.draft.quote.split()): one.draft.event_date for one in told}
    assert days["عادت المجموعة الاولى من المقاتلات الروسية من سوريا اليوم"] == date(2016, 3, 15)
    decided = "كانت روسيا قد قررت أمس الإثنين البدء بسحب جزء من قواتها الرئيسية من سوريا اليوم"
    assert days[decided] == date(2016, 3, 14)


def test_what_is_to_continue_is_a_forecast(told: tuple[PlacedDraft, ...]) -> None:
    kinds = {one.draft.kind for one in told if "ستواصل" in one.draft.quote}
    assert kinds == {Kind.FORECAST}


def heard_by_the_article(article: Article, collected: Collected) -> dict[str, Judgement]:
    witness: Witness = article_witness(article, collected.claims)
    assert witness.origin == ARTICLE
    return {claim.quote: hear(witness, claim) for claim in collected.claims}


def test_not_leaving_syria_is_contradicted_by_the_withdrawal_told_elsewhere(
    article: Article, collected: Collected
) -> None:
    heard = heard_by_the_article(article, collected)
    leaving = heard["نحن لا نغادر سوريا بل نسحب فائض القوات والمعدات"]
    assert leaving.stance is Stance.CONTRADICTS
    assert leaving.quote in article.text
    assert "سحب" in leaving.quote
    assert not leaving.same_speaker


def test_no_other_claim_is_contested_by_the_article_itself(article: Article, collected: Collected) -> None:
    heard = heard_by_the_article(article, collected)
    contested = [quote for quote, judgement in heard.items() if judgement.stance is not Stance.UNRELATED]
    assert contested == ["نحن لا نغادر سوريا بل نسحب فائض القوات والمعدات"]
