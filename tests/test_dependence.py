"""Whose word does not count as independent: who says that he has it from the article, who repeats the nameless."""

import pytest

from agent.analyst.parts import article_witness
from agent.config import Settings
from agent.models import (
    Article,
    Attribution,
    Bond,
    Claim,
    Dependence,
    Document,
    Gap,
    Judgement,
    Label,
    Passage,
    Report,
    RestsOn,
    SourceType,
    Span,
    Stance,
    Witness,
)
from agent.verify.evidence import credited, weigh
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from tests.support.scripted import ScriptedAnalyst, ScriptedSearch, draft, origin, says, unrelated

TEXT = "Le quai a rouvert lundi. Le port a perdu neuf millions. Personne n'a été blessé."
ARTICLE = Article(text=TEXT, outlet="La Jetée du soir", language="fr")
QUAY, LOSS = draft("Le quai a rouvert lundi"), draft("Le port a perdu neuf millions")
CREDIT = "هذا ما تقوله «لا جوتيه دو سوار» في صفحتها الأولى"
RETOLD = Document.of(
    f"أعيد فتح الرصيف الإثنين، وخسر الميناء تسعة ملايين. {CREDIT}، ولا شيء غيره.", outlet="أوراق الساحل"
)
WITNESSED = Document.of(
    "Our reporter watched a ship moor: the quay was open. The port lost nine million.", outlet="Bay"
)
SAID = {
    RETOLD.id: ("أعيد فتح الرصيف", "خسر الميناء تسعة ملايين"),
    WITNESSED.id: ("the quay was open", "lost nine million"),
}


def _supports(witness: Witness, claim: Claim) -> Judgement:
    if witness.is_article:
        return unrelated(claim)
    return says(claim, Stance.SUPPORTS, SAID[witness.passages[0].document_id][claim.quote == LOSS.quote])


async def _report(settings: Settings, analyst: ScriptedAnalyst, *documents: Document) -> Report:
    async with open_runs(settings) as runs:
        search = ScriptedSearch([origin(document) for document in documents])
        return await Verifier(Parts(analyst, search, runs), settings).verify(ARTICLE)


def _says_so(witness: Witness, claims: tuple[Claim, ...]) -> str:
    return CREDIT if witness.passages[0].document_id == RETOLD.id else ""


async def test_a_retelling_that_credits_the_articles_outlet_in_another_script_is_not_independent(
    settings: Settings,
) -> None:
    report = await _report(settings, ScriptedAnalyst([QUAY, LOSS], _supports, _says_so), RETOLD)
    for finding in report.claims:
        assert (finding.label, finding.unsourced_because) == (Label.UNSOURCED, Gap.ONLY_COPIES)
        (item,) = finding.evidence
        assert (item.independent, item.dependence) == (False, Dependence.TAKEN_FROM_ARTICLE)
    (card,) = report.origins
    assert not card.independent
    assert [(one.why, one.quote) for one in card.tellings] == [(Bond.CITES_ARTICLE, CREDIT)]


async def test_one_checked_yes_among_several_calls_counts_for_all_of_them(settings: Settings) -> None:
    def first_only(witness: Witness, claims: tuple[Claim, ...]) -> str:
        return _says_so(witness, claims) if claims[0].quote == LOSS.quote else ""

    one_each = settings.model_copy(update={"claims_per_call": 1})
    report = await _report(one_each, ScriptedAnalyst([QUAY, LOSS], _supports, first_only), RETOLD)
    assert [finding.label for finding in report.claims] == [Label.UNSOURCED, Label.UNSOURCED]


async def test_nobody_loses_by_what_another_text_says(settings: Settings) -> None:
    report = await _report(settings, ScriptedAnalyst([QUAY, LOSS], _supports, _says_so), RETOLD, WITNESSED)
    assert [finding.label for finding in report.claims] == [Label.CORROBORATED, Label.CORROBORATED]
    assert [finding.origins.supporting for finding in report.claims] == [1, 1]
    assert {card.name: card.independent for card in report.origins} == {"أوراق الساحل": False, "Bay": True}


async def test_a_credit_that_the_text_does_not_hold_counts_for_nothing_and_is_counted(settings: Settings) -> None:
    forged = ScriptedAnalyst([QUAY, LOSS], _supports, lambda witness, claims: CREDIT)
    report = await _report(settings, forged, WITNESSED)
    assert [finding.label for finding in report.claims] == [Label.CORROBORATED, Label.CORROBORATED]
    assert report.dropped.sources_without_quote == 1


def test_the_article_says_nothing_of_whom_it_has_itself_from() -> None:
    told = credited([(article_witness(ARTICLE, []), "Le quai a rouvert lundi")])
    assert (told.quotes, told.without_quote) == ({}, 0)


REPEATED = "Guards who asked not to be named said that the gate stood open. They spoke to the Bay in the yard."
WITNESS = Witness(origin="o1", passages=(Passage(document_id="d1", text=REPEATED, start=0, end=len(REPEATED)),))
ASKED = "They spoke to the Bay in the yard"


def _claim(source: SourceType) -> Claim:
    return Claim(
        id="c1",
        text="The gate stood open",
        spans=(Span(start=0, end=5),),
        quote="Le qu",
        attribution=Attribution(speaker="guards", source=source),
    )


@pytest.mark.parametrize(
    ("source", "same", "asked", "stance", "dependence", "refused"),
    [
        (SourceType.ANONYMOUS, True, "", Stance.SUPPORTS, Dependence.UNNAMED_SPEAKER, 0),
        (SourceType.ANONYMOUS, True, "  ", Stance.SUPPORTS, Dependence.UNNAMED_SPEAKER, 0),
        (SourceType.ANONYMOUS, True, "we met them", Stance.SUPPORTS, Dependence.UNNAMED_SPEAKER, 1),
        (SourceType.ANONYMOUS, True, ASKED, Stance.SUPPORTS, None, 0),
        (SourceType.GROUP, True, "", Stance.SUPPORTS, Dependence.UNNAMED_SPEAKER, 0),
        (SourceType.GROUP, True, ASKED, Stance.SUPPORTS, None, 0),
        (SourceType.ANONYMOUS, False, "", Stance.SUPPORTS, None, 0),
        (SourceType.ANONYMOUS, True, "", Stance.QUALIFIES, None, 0),
        (SourceType.NAMED, True, "", Stance.SUPPORTS, None, 0),
        (SourceType.INSTITUTION, True, "", Stance.SUPPORTS, None, 0),
    ],
)
def test_who_repeats_an_unnamed_speaker_counts_only_if_it_says_that_it_asked_them(
    source: SourceType, same: bool, asked: str, stance: Stance, dependence: Dependence | None, refused: int
) -> None:
    claim = _claim(source)
    said = says(claim, stance, "the gate stood open", same_speaker=same, own_hearing=asked)
    weighed = weigh(ARTICLE, claim, [(WITNESS, said)], frozenset({"o1"}))
    (item,) = weighed.evidence
    assert (item.dependence, item.independent) == (dependence, dependence is None)
    assert item.own_hearing == (ASKED if asked == ASKED else None)
    assert weighed.unheard == refused


async def test_an_unnamed_speaker_repeated_is_no_source_and_the_report_says_why(settings: Settings) -> None:
    told = "Le port a perdu neuf millions"
    nameless = draft(told, speaker="des dockers").model_copy(
        update={"attribution": Attribution(speaker="des dockers", source=SourceType.ANONYMOUS)}
    )
    document = Document.of("Dockers say that the port lost nine million.", outlet="Bay")

    def repeats(witness: Witness, claim: Claim) -> Judgement:
        if witness.is_article:
            return unrelated(claim)
        return says(claim, Stance.SUPPORTS, "the port lost nine million", same_speaker=True)

    (finding,) = (await _report(settings, ScriptedAnalyst([nameless], repeats), document)).claims
    assert (finding.label, finding.unsourced_because) == (Label.UNSOURCED, Gap.ONLY_REPEATED)
    assert finding.origins.supporting == 0
    named = draft(told, speaker="Ola Strand")
    (finding,) = (await _report(settings, ScriptedAnalyst([named], repeats), document)).claims
    assert (finding.label, finding.rests_on) == (Label.CORROBORATED, RestsOn.STATEMENT)
