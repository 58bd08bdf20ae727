"""What a passage says of a claim, and what a witness says of an article's claims."""

import pytest

from agent.analyst.lexical import LexicalAnalyst, same_claim, stance_of
from agent.analyst.lexical.analyst import measured
from agent.analyst.lexical.judging import hear
from agent.models import ARTICLE, Article, Attribution, Claim, Draft, Passage, SourceType, Span, Stance, Witness
from tests.analyst.lexical_text import ARABIC, Unlimited, told_in


@pytest.mark.parametrize(
    ("claim", "passage", "language", "stance"),
    [
        ("The dam is full.", "Officials confirmed the dam is full.", "en", Stance.SUPPORTS),
        ("The dam is full.", "The dam is not full.", "en", Stance.CONTRADICTS),
        ("The army will leave Meridia.", "The army will stay in Meridia.", "en", Stance.CONTRADICTS),
        ("The army will not leave Meridia.", "The army will withdraw from Meridia.", "en", Stance.CONTRADICTS),
        ("The army will not leave Meridia.", "The army will remain in Meridia.", "en", Stance.SUPPORTS),
        (
            "The governor knew the date of the closure.",
            "A spokesman denied that the governor knew the date of the closure.",
            "en",
            Stance.CONTRADICTS,
        ),
        ("Bread prices rose in Meridia.", "Bread prices fell in Meridia last month.", "en", Stance.CONTRADICTS),
        ("The dam is full.", "Oranges are cheap this winter.", "en", Stance.UNRELATED),
        ("امتلأ السد بالكامل", "أكدت الوزارة أن السد امتلأ بالكامل", "ar", Stance.SUPPORTS),
        ("سينسحب الجيش من المدينة", "لن ينسحب الجيش من المدينة", "ar", Stance.CONTRADICTS),
        ("لا نغادر المدينة", "بدأ الجيش الانسحاب من المدينة", "ar", Stance.CONTRADICTS),
        (
            "القيادة أُبلغت بموعد الإعلان مسبقاً",
            "نفى متحدث أن تكون القيادة قد أُبلغت بموعد الإعلان مسبقاً",
            "ar",
            Stance.CONTRADICTS,
        ),
        ("روسيا لا تغادر سوريا", "موسكو لا تغادر سوريا", "ar", Stance.SUPPORTS),
        ("روسيا لا تغادر سوريا", "موسكو تغادر سوريا", "ar", Stance.CONTRADICTS),
        ("Russia is not leaving Syria", "Moscow is not leaving Syria", "en", Stance.SUPPORTS),
        ("ارتفعت أسعار الخبز في المدينة", "انخفضت أسعار الخبز في المدينة", "ar", Stance.CONTRADICTS),
        ("ارتفعت أسعار الخبز في المدينة", "فاز الفريق بالمباراة مساء السبت", "ar", Stance.UNRELATED),
    ],
)
def test_stance_of_a_sentence(claim: str, passage: str, language: str, stance: Stance) -> None:
    assert stance_of(claim, passage, language).stance is stance


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("The air force flew 9,000 sorties.", "The air force flew six thousand sorties.", "en"),
        ("سيعود نحو ثلاثة آلاف عسكري إلى البلاد", "سيعود نحو ألفي عسكري إلى البلاد", "ar"),
        ("The talks in Meridia begin on Monday.", "The talks in Meridia begin on Thursday.", "en"),
    ],
)
def test_another_number_or_day_qualifies(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.QUALIFIES


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("The air force flew nine thousand sorties.", "The air force flew 9,000 sorties.", "en"),
        ("نفذ الطيران تسعة آلاف طلعة", "نفذ الطيران 9000 طلعة", "ar"),
    ],
)
def test_a_number_in_words_is_the_number_in_digits(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS


def test_a_denial_and_a_negation_agree() -> None:
    claim = "نفى أن تكون الخطوة وسيلة للضغط على الحكومة"
    assert stance_of(claim, "الخطوة ليست وسيلة للضغط على الحكومة", "ar").stance is Stance.SUPPORTS


def test_a_negation_of_something_else_turns_nothing() -> None:
    passage = "The dam is full, but residents were not surprised."
    assert stance_of("The dam is full.", passage, "en").stance is Stance.SUPPORTS


def test_the_quote_is_the_stretch_that_bears_on_the_claim() -> None:
    passage = "Rain fell all week. The ministry said the dam is full. Schools stay closed."
    answer = stance_of("The dam is full.", passage, "en")
    assert answer.quote in passage
    assert "the dam is full" in answer.quote
    assert "Rain" not in answer.quote


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("Der Staudamm ist voll.", "Gestern meldete die Behörde: Der Staudamm ist voll.", "de"),
        ("大坝已经满了", "官员表示：大坝已经满了。", "zh"),
        ("سد پر از آب است", "مقامات گفتند سد پر از آب است", "fa"),
    ],
)
def test_other_languages_are_compared_by_overlap(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS
    assert stance_of(claim, "42", language).stance is Stance.UNRELATED


def claim_of(text: str, quote: str, attribution: Attribution) -> Claim:
    return Claim(id="c1", text=text, quote=quote, attribution=attribution, spans=(Span(start=0, end=1),))


def witness_of(text: str, language: str, origin: str = "o1", start: int = 0) -> Witness:
    passage = Passage(document_id="d1", text=text, language=language, start=start, end=start + len(text))
    return Witness(origin=origin, passages=(passage,))


SPEAKER = Attribution(speaker="Boris Ember", role="head of the harbour authority", source=SourceType.NAMED)
CLAIM = claim_of(
    "Boris Ember, head of the harbour authority: The channel is closed to ships.",
    "The channel is closed to ships",
    SPEAKER,
)


def test_the_speaker_in_front_of_a_claim_is_not_part_of_what_is_compared() -> None:
    heard = hear(witness_of("The channel is closed to ships, residents said.", "en"), CLAIM)
    assert (heard.stance, heard.same_speaker) == (Stance.SUPPORTS, False)


def test_the_same_speaker_elsewhere_is_told() -> None:
    heard = hear(witness_of('Boris Ember said: "The channel is closed to ships."', "en"), CLAIM)
    assert (heard.stance, heard.same_speaker) == (Stance.SUPPORTS, True)


def test_the_same_words_from_another_name_in_that_office_qualify() -> None:
    text = "Sergei Ember, head of the harbour authority, said that the channel is closed to ships."
    heard = hear(witness_of(text, "en"), CLAIM)
    assert (heard.stance, heard.same_speaker) == (Stance.QUALIFIES, False)


def test_of_the_article_itself_only_another_speaker_contests() -> None:
    article = (
        'مدير الميناء نادر وافي يقول "نحن لا نغادر الميناء". '
        "وكرر وافي أن العمل مستمر. وقررت الشركة أمس سحب سفنها من الميناء."
    )
    leaving = next(one for one in told_in(article, "ar") if "نغادر" in one.draft.quote)
    claim = Claim(
        id="c1",
        text=leaving.draft.text,
        quote=leaving.draft.quote,
        attribution=leaving.draft.attribution,
        spans=(leaving.span,),
    )
    heard = hear(witness_of(article, "ar", origin=ARTICLE), claim)
    assert heard.stance is Stance.CONTRADICTS
    assert heard.quote in article
    assert "سحب" in heard.quote


def test_the_article_never_supports_its_own_claims() -> None:
    text = "The dam is full. Residents said the dam is full."
    claim = Claim(id="c1", text="The dam is full", quote="The dam is full", spans=(Span(start=0, end=15),))
    assert hear(witness_of(text, "en", origin=ARTICLE), claim).stance is Stance.UNRELATED


@pytest.mark.parametrize(("other", "contests"), [("captain", False), ("pilot", True)])
def test_a_speaker_does_not_contest_himself(other: str, contests: bool) -> None:
    text = f"The captain said the crew will leave Meridia. The {other} said the crew will stay in Meridia."
    first = told_in(text, "en")[0]
    claim = Claim(
        id="c1",
        text=first.draft.text,
        quote=first.draft.quote,
        attribution=first.draft.attribution,
        spans=(first.span,),
    )
    elsewhere = text[first.span.end + 1 :]
    for witness in (witness_of(text, "en", origin=ARTICLE), witness_of(elsewhere, "en")):
        assert (hear(witness, claim).stance is Stance.CONTRADICTS) == contests


async def test_every_claim_that_was_asked_about_is_answered() -> None:
    article = Article(text=ARABIC, language="ar")
    claims = (CLAIM, CLAIM.model_copy(update={"id": "c2"}))
    analyst = LexicalAnalyst(embedder="none")
    hearing = await analyst.judge(article, witness_of("Nothing of the kind.", "en"), claims, Unlimited())
    assert [one.claim_id for one in hearing.judgements] == ["c1", "c2"]
    assert hearing.usage.calls == 0


def test_the_card_tells_what_was_measured() -> None:
    info = LexicalAnalyst(embedder="hashed").info
    assert (info.kind, info.model, info.embedder) == ("lexical", None, "hashed")
    assert info.measured == measured()
    assert all(0 < score < 1 for score in info.measured.values())


def draft(text: str) -> Draft:
    return Draft(text=text, quote=text)


def test_a_claim_told_twice_is_one() -> None:
    told = "القيادة السورية كانت على علم بالموعد"
    assert same_claim(draft(told), draft("والقيادة السورية كانت على علمٍ بالموعد"))


@pytest.mark.parametrize(
    "other",
    ["The company did not close 3 ports in Meridia", "The company closed 4 ports in Meridia", "The dam is full"],
)
def test_other_numbers_negations_or_words_make_another_claim(other: str) -> None:
    assert not same_claim(draft("The company closed 3 ports in Meridia"), draft(other))
