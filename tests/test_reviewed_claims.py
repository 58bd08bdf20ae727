"""Which published fact-check is of which claim: what is shown, what is told as the opposite, what is not shown."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from agent.analyst import Analyst
from agent.analyst.lexical import LexicalAnalyst
from agent.coverage.embedding.embed import Unlimited
from agent.coverage.search.found import ReviewLead
from agent.errors import AnalystError, EndpointRejected
from agent.models import (
    Article,
    Claim,
    FailureReason,
    Frozen,
    Judgement,
    MatchedReview,
    PublishedReview,
    ReviewOf,
    Span,
    Stance,
    Usage,
    Witness,
)
from agent.verify.reviewed import ReviewComparison, compare, shown_first, still_published, worth_comparing
from tests.support.reports import finding
from tests.support.scripted import Judge, ScriptedAnalyst, says, unrelated

PAIRS = Path(__file__).with_name("reviewed_pairs.toml")
DAM = "The dam at Lode was never opened"
LEXICAL = LexicalAnalyst(embedder="none")


class Pair(Frozen):
    language: str
    reviewed_language: str | None = None
    claim: str
    reviewed: str
    of: str


def _pairs() -> list[Pair]:
    return [Pair.model_validate(one) for one in tomllib.loads(PAIRS.read_text("utf-8"))["pair"]]


def _claim(text: str) -> Claim:
    return Claim(id="c1", text=text, quote=text, spans=(Span(start=0, end=len(text)),))


def _lead(
    claim: str, *, language: str = "en", crossing: bool = False, similarity: float = 0.7, **told: object
) -> ReviewLead:
    review = PublishedReview.model_validate({"claim": claim, "rating": "False", "language": language, **told})
    return ReviewLead(
        claim_id="c1", document_id=f"d{claim[:4]}", number=0, review=review, similarity=similarity, crossing=crossing
    )


async def _compared(
    claim: str, *leads: ReviewLead, analyst: Analyst = LEXICAL, language: str = "en", url: str | None = None
) -> ReviewComparison:
    article = Article(text=claim, language=language, url=url, published_at=datetime(2024, 3, 15, tzinfo=UTC))
    fitting = worth_comparing(article, _claim(claim), leads)
    return await compare(analyst, article, _claim(claim), fitting, Unlimited())


async def _told(pair: Pair) -> str:
    spoken = pair.reviewed_language or pair.language
    lead = _lead(pair.reviewed, language=spoken, crossing=spoken != pair.language)
    told = await _compared(pair.claim, lead, language=pair.language)
    return told.reviews[0].of.value if told.reviews else "none"


async def test_no_fact_check_is_shown_for_a_claim_that_it_is_not_of() -> None:
    told = [(pair, await _told(pair)) for pair in _pairs()]
    shown = [(pair, of) for pair, of in told if of != "none"]
    wrong = [(pair.claim, pair.reviewed, of) for pair, of in shown if of != pair.of]
    assert wrong == []
    missed = sum(of == "none" != pair.of for pair, of in told)
    assert (len(told), len(shown), missed) == (59, 15, 4)


@pytest.mark.parametrize(
    ("language", "claim", "reviewed"),
    [
        ("en", "The police killed three protesters in Lode", "Protesters killed three police in Lode"),
        ("en", "The Water Board sued the town of Lode", "The town of Lode sued the Water Board"),
        ("ar", "قصف الجيش المتمردين قرب النهر", "قصف المتمردون الجيش قرب النهر"),
        ("fa", "شهرداری از شرکت آب شکایت کرد", "شرکت آب از شهرداری شکایت کرد"),
        ("fr", "Le gouvernement envisage d'augmenter le prix", "Le gouvernement a augmenté le prix"),
    ],
)
async def test_who_did_what_to_whom_is_not_told_by_words_alone(language: str, claim: str, reviewed: str) -> None:
    assert (await _compared(claim, _lead(reviewed, language=language), language=language)).reviews == ()


@pytest.mark.parametrize(
    ("language", "claim", "reviewed"),
    [
        ("en", "The troops moved into Lode", "The troops moved out of Lode"),
        ("en", "The dam opened before the flood", "The dam opened after the flood"),
        ("en", "The tax rose by over 20 percent", "The tax rose by under 20 percent"),
        ("en", "The dam was opened", "The dam will be opened"),
        ("en", "It fell to -5 degrees in Lode", "It fell to 5 degrees in Lode"),
        ("ar", "فتح السد قبل الفيضان", "فتح السد بعد الفيضان"),
        ("ar", "القوات تحركت إلى لود", "القوات تحركت من لود"),
        ("ar", "ما استقال الوزير", "استقال الوزير"),
        ("fr", "Le barrage a ouvert avant la crue", "Le barrage a ouvert après la crue"),
    ],
)
async def test_a_small_word_or_a_sign_that_turns_a_claim_makes_another(
    language: str, claim: str, reviewed: str
) -> None:
    for one, other in ((claim, reviewed), (reviewed, claim)):
        assert (await _compared(one, _lead(other, language=language), language=language)).reviews == ()
    (same,) = (await _compared(claim, _lead(f"{claim}.", language=language), language=language)).reviews
    assert same.of is ReviewOf.SAME


def _both_ways(stance: Stance, back: Stance | None = None) -> Judge:
    """What a model says of the claim in view of the review, and the other way round."""

    def judge(witness: Witness, claim: Claim) -> Judgement:
        told = (back or stance) if witness.origin.startswith("c") else stance
        return says(claim, told, witness.passages[0].text)

    return judge


@pytest.mark.parametrize(
    ("there", "back", "of"),
    [
        (Stance.SUPPORTS, Stance.SUPPORTS, ReviewOf.SAME),
        (Stance.CONTRADICTS, Stance.CONTRADICTS, ReviewOf.OPPOSITE),
        (Stance.SUPPORTS, Stance.QUALIFIES, None),
        (Stance.SUPPORTS, Stance.CONTRADICTS, None),
        (Stance.QUALIFIES, Stance.QUALIFIES, None),
    ],
)
async def test_a_model_is_believed_where_it_says_the_same_both_ways(
    there: Stance, back: Stance, of: ReviewOf | None
) -> None:
    model = ScriptedAnalyst(judge_by=_both_ways(there, back), model="m")
    lead = _lead("لم يفتح السد", language="ar", crossing=True)
    told = await _compared(DAM, lead, analyst=model)
    assert [one.of for one in told.reviews] == ([of] if of else [])
    assert all(one.analyst == "m" for one in told.reviews)


async def test_words_that_stand_in_neither_sentence_are_no_reason() -> None:
    model = ScriptedAnalyst(judge_by=lambda _, claim: says(claim, Stance.SUPPORTS, "made up"), model="m")
    assert (await _compared(DAM, _lead("The dam stayed shut"), analyst=model)).reviews == ()


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("The dam killed 17 people", {"claim": "The dam killed 71 people"}),
        ("The dam killed 17 people", {"claim": "The dam killed people"}),
        ("Prices rose in France", {"claim": "Prices rose in Egypt"}),
        ("The dam was opened in 2019", {"claim": "The dam was opened", "published_at": "2024-01-01T00:00Z"}),
        ("The dam was opened", {"claim": "The dam was opened in 2012"}),
        ("The dam was opened on 14 March", {"claim": "The dam was opened on 15 March"}),
    ],
)
async def test_where_figures_days_or_places_differ_nobody_is_asked(claim: str, told: dict[str, object]) -> None:
    model = ScriptedAnalyst(judge_by=_both_ways(Stance.SUPPORTS), model="m")
    assert (await _compared(claim, _lead(**told), analyst=model)).reviews == ()  # type: ignore[arg-type]  # a claim and more
    assert model.heard == []


async def test_a_year_may_be_that_of_the_day_on_which_it_was_claimed() -> None:
    lead = _lead(
        "The dam was opened in 2019", claimed_on=date(2019, 6, 20), published_at=datetime(2024, 1, 1, tzinfo=UTC)
    )
    article = Article(text="The dam was opened", published_at=datetime(2019, 7, 1, tzinfo=UTC))
    assert worth_comparing(article, _claim("The dam was opened"), [lead]) == (lead,)


async def test_the_same_words_need_nobody_to_compare_them() -> None:
    model = ScriptedAnalyst(judge_by=lambda _, claim: unrelated(claim), model="m")
    told = await _compared(DAM, _lead(f"“{DAM}.”"), analyst=model)
    assert ([one.of for one in told.reviews], model.heard) == ([ReviewOf.SAME], [])


async def test_without_a_model_another_language_is_uncompared_and_told_where_names_and_figures_agree() -> None:
    claim = "Ola Strand and Farazrud sold 40 boats"
    near = _lead("باع أولا ستراند وفرازرود 40 قاربا", language="ar", crossing=True)
    far = _lead("باع الرجل قاربا", language="ar", crossing=True)
    (one,) = (await _compared(claim, near, far)).reviews
    assert (one.of, one.analyst, one.numbers) == (ReviewOf.UNCOMPARED, None, ("40",))
    assert one.names


@pytest.mark.parametrize(
    ("claim", "reviewed", "height", "is_shown"),
    [
        # One name, or one name and a day.
        ("Ola Strand resigned", "Ola Strand a démissionné", 0.55, True),
        ("Farazrud closed its office", "Farazrud a fermé son bureau", 0.55, True),
        ("Farazrud closed its office", "Farazrud a fermé son bureau", 0.4, False),
        ("Farazrud closed its office on 3 May", "Farazrud a fermé son bureau le 3 mai", 0.1, True),
        # The same figure, the same day alone, and nothing but the cosine.
        ("The town sold 4,000 boats", "La ville a vendu 4000 bateaux", 0.6, True),
        ("The town sold boats on 3 May", "La ville a vendu des bateaux le 3 mai", 0.6, False),
        ("The flu vaccine contains microchips", "La vacuna contra la gripe contiene microchips", 0.85, True),
        ("The flu vaccine contains microchips", "La vacuna contra la gripe contiene plomo", 0.7, False),
        # At the edge, a day that one of them names alone, and two days without a name or a figure.
        ("Farazrud closed its office", "Farazrud a fermé son bureau", 0.5, True),
        ("The flu vaccine contains microchips", "La vacuna contra la gripe contiene microchips", 0.8, True),
        ("Farazrud closed its office on 3 May", "Farazrud a fermé son bureau", 0.4, False),
        (
            "The town sold boats on 3 May and on 4 May",
            "La ville a vendu des bateaux le 3 mai et le 4 mai",
            0.6,
            False,
        ),
        # What differs is no fact-check of it, however near.
        ("Ola Strand and Farazrud sold 17 boats", "Ola Strand et Farazrud ont vendu 71 bateaux", 0.95, False),
        ("Farazrud closed on 3 May", "Farazrud a fermé le 4 mai", 0.95, False),
    ],
)
async def test_how_near_a_fact_check_in_another_language_has_to_be_depends_on_what_agrees(
    claim: str, reviewed: str, height: float, is_shown: bool
) -> None:
    language = "es" if "vacuna" in reviewed else "fr"
    lead = _lead(reviewed, language=language, crossing=True).model_copy(update={"height": height})
    told = (await _compared(claim, lead)).reviews
    assert [one.of for one in told] == [ReviewOf.UNCOMPARED] * is_shown


async def test_a_page_is_no_fact_check_of_itself() -> None:
    lead = _lead(DAM, url="https://harbourpost.example/check")
    assert (await _compared(DAM, lead, url="http://www.harbourpost.example/check?utm_source=x")).reviews == ()


async def test_what_stands_in_a_feed_and_in_its_page_is_one() -> None:
    leads = [_lead(DAM, url="https://harbourpost.example/check"), _lead(DAM, url="http://harbourpost.example/check")]
    assert len((await _compared(DAM, *leads)).reviews) == 1


async def test_the_claim_itself_comes_before_its_opposite_and_the_newest_first() -> None:
    old, new = datetime(2019, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC)
    leads = [
        _lead("The vaccine contains microchips", url="https://a.example/1", published_at=new),
        _lead("The vaccine does not contain microchips", url="https://b.example/1", published_at=old),
        _lead("The vaccine does not contain microchips", url="https://c.example/1", published_at=new),
    ]
    told = await _compared("The vaccine does not contain microchips", *leads)
    assert [(one.of, one.review.url) for one in told.reviews] == [
        (ReviewOf.SAME, "https://c.example/1"),
        (ReviewOf.SAME, "https://b.example/1"),
        (ReviewOf.OPPOSITE, "https://a.example/1"),
    ]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("The dam was opened", {"claim": "The dam was opened on 15 March"}),
        ("The dam was opened on 15 March", {"claim": "The dam was opened"}),
        ("Prices rose", {"claim": "Prices rose in Egypt"}),
        ("Prices rose in Egypt", {"claim": "Prices rose"}),
        ("The dam was opened in 2019", {"claim": "The dam was opened", "claimed_on": date(2019, 5, 1)}),
        ("The dam was opened in 2012", {"claim": "The dam was opened"}),
        ("Two people fell", {"claim": "People fell"}),
    ],
)
def test_what_only_one_of_them_tells_speaks_against_nothing(claim: str, told: dict[str, object]) -> None:
    lead = _lead(**told)  # type: ignore[arg-type]  # a claim and more
    article = Article(text=claim, published_at=datetime(2024, 3, 15, tzinfo=UTC))
    assert worth_comparing(article, _claim(claim), [lead]) == (lead,)


@pytest.mark.parametrize(
    ("claim", "reviewed"),
    [
        ("Three people fell", "People fell"),
        # 40 is no year of which both speak.
        ("The town sold 40 boats", "The town sold 40 boats in 2019"),
    ],
)
def test_a_figure_or_a_year_of_one_alone_speaks_against_it(claim: str, reviewed: str) -> None:
    article = Article(text=claim, published_at=datetime(2024, 3, 15, tzinfo=UTC))
    assert worth_comparing(article, _claim(claim), [_lead(reviewed)]) == ()


def test_a_year_is_not_held_against_an_article_without_a_day() -> None:
    lead = _lead("The dam was opened in 2012")
    assert worth_comparing(Article(text="The dam was opened"), _claim("The dam was opened"), [lead]) == (lead,)


def test_the_three_nearest_of_this_claim_are_compared() -> None:
    leads = [_lead(f"{DAM} at all", url=f"https://{name}.example/1") for name in "abcd"]
    of_another = leads[0].model_copy(update={"claim_id": "c2"})
    assert worth_comparing(Article(text=DAM), _claim(DAM), [of_another, *leads]) == tuple(leads[:3])


def test_reviews_without_an_address_are_told_apart_by_their_documents() -> None:
    leads = [_lead(DAM), _lead(DAM).model_copy(update={"document_id": "other"}), _lead(DAM)]
    assert worth_comparing(Article(text=DAM), _claim(DAM), leads) == tuple(leads[:2])


def _matched(number: int, *, similarity: float = 0.7, published_at: datetime | None = None) -> MatchedReview:
    lead = _lead(DAM, url=f"https://harbourpost.example/{number}", published_at=published_at)
    return MatchedReview(
        review=lead.review, document_id=f"d{number}", of=ReviewOf.SAME, similarity=similarity, analyst="m"
    )


def test_three_are_shown_the_newest_first_and_of_one_day_the_nearest() -> None:
    day = datetime(2023, 1, 1, tzinfo=UTC)
    undated, far, near, new = (
        _matched(0, similarity=0.99),
        _matched(1, similarity=0.6, published_at=day),
        _matched(2, similarity=0.9, published_at=day),
        _matched(3, similarity=0.5, published_at=day.replace(month=2)),
    )
    assert shown_first([undated, far, near, new]) == (new, near, far)


def test_what_left_the_coverage_is_published_no_more() -> None:
    article = Article(text=DAM)
    reviews = (_matched(1), _matched(2))
    told = finding(article, 1, DAM).model_copy(update={"reviews": reviews})
    assert still_published(told, {"d1"}) == (reviews[1],)


async def test_both_sentences_are_put_to_a_model_whole() -> None:
    told: list[tuple[str, str, str]] = []

    def judge(witness: Witness, claim: Claim) -> Judgement:
        (passage,) = witness.passages
        assert (passage.start, passage.end) == (0, len(passage.text))
        assert [(one.start, one.end) for one in claim.spans] == [(0, len(claim.text))]
        told.append((passage.text, claim.text, passage.language))
        return says(claim, Stance.SUPPORTS, passage.text)

    lead = _lead("لم يفتح السد", language="ar", crossing=True)
    await _compared(DAM, lead, analyst=ScriptedAnalyst(judge_by=judge, model="m"))
    assert told == [(DAM, "لم يفتح السد", "en"), ("لم يفتح السد", DAM, "ar")]


async def test_the_built_in_analyst_compares_nothing_with_another_language() -> None:
    lead = _lead("The vaccine contains microchips", crossing=True)
    assert (await _compared("The vaccine does not contain microchips", lead)).reviews == ()
    alone = lead.model_copy(update={"crossing": False})
    (opposite,) = (await _compared("The vaccine does not contain microchips", alone)).reviews
    assert (opposite.of, opposite.analyst) == (ReviewOf.OPPOSITE, "lexical")


async def test_five_figures_that_both_tell_are_shown() -> None:
    claim = "Farazrud sold 4, 5, 6, 7, 8 and 9 boats"
    lead = _lead("Farazrud a vendu 4, 5, 6, 7, 8 et 9 bateaux", language="fr", crossing=True)
    (one,) = (await _compared(claim, lead)).reviews
    assert one.numbers == ("4", "5", "6", "7", "8")


@pytest.mark.parametrize("paid", [None, Usage(calls=1, prompt_tokens=7)])
async def test_a_call_that_fails_is_a_failure_and_shows_nothing(paid: Usage | None) -> None:
    error = AnalystError(FailureReason.TIMEOUT, "it took too long")
    error.usage = paid
    model = ScriptedAnalyst(judge_by=lambda *_: error, model="m")
    told = await _compared(DAM, _lead("The dam stayed shut"), analyst=model)
    assert told.reviews == ()
    assert told.failure is not None
    assert told.failure.reason is FailureReason.TIMEOUT
    assert told.usage == (paid or Usage())


async def test_an_endpoint_that_refuses_everything_stops_the_run() -> None:
    model = ScriptedAnalyst(judge_by=lambda *_: EndpointRejected(FailureReason.REJECTED, "no such key"), model="m")
    with pytest.raises(EndpointRejected):
        await _compared(DAM, _lead("The dam stayed shut"), analyst=model)
