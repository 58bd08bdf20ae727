from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.models import (
    Dependence,
    Evidence,
    Failure,
    FailureReason,
    Gap,
    Label,
    Passage,
    RestsOn,
    Stance,
    Step,
    When,
)
from agent.verify.policy import count_certain, count_origins, decide

FAILURE = Failure(step=Step.JUDGE, reason=FailureReason.TIMEOUT, message="the endpoint went silent")


def evidence(stance: Stance, origin: str = "o1", *, independent: bool = True, same_speaker: bool = False) -> Evidence:
    return Evidence(
        stance=stance,
        quote="words",
        source="coverage",
        passage=Passage(document_id="d1", text="words", start=0, end=5),
        origin=origin,
        independent=independent,
        same_speaker=same_speaker,
        when=When.UNKNOWN,
    )


ANY = st.builds(
    evidence,
    st.sampled_from([Stance.SUPPORTS, Stance.CONTRADICTS, Stance.QUALIFIES]),
    st.sampled_from(["o1", "o2", "o3"]),
    independent=st.booleans(),
    same_speaker=st.booleans(),
)


def test_an_independent_origin_that_says_the_same_corroborates() -> None:
    verdict = decide([evidence(Stance.SUPPORTS)])
    assert (verdict.label, verdict.rests_on) == (Label.CORROBORATED, RestsOn.CONTENT)


def test_outlets_that_repeat_one_official_corroborate_only_that_he_said_it() -> None:
    repeated = [evidence(Stance.SUPPORTS, f"o{n}", same_speaker=True) for n in range(10)]
    assert decide(repeated).rests_on is RestsOn.STATEMENT


def test_one_who_says_it_himself_makes_it_rest_on_content() -> None:
    verdict = decide([evidence(Stance.SUPPORTS, same_speaker=True), evidence(Stance.SUPPORTS, "o2")])
    assert verdict.rests_on is RestsOn.CONTENT


def test_a_contradiction_contests_whatever_supports() -> None:
    verdict = decide([evidence(Stance.SUPPORTS), evidence(Stance.CONTRADICTS, "o2")])
    assert verdict.label is Label.CONTESTED


def test_copies_of_the_article_corroborate_nothing() -> None:
    verdict = decide([evidence(Stance.SUPPORTS, independent=False)] * 7)
    assert (verdict.label, verdict.unsourced_because) == (Label.UNSOURCED, Gap.ONLY_COPIES)


def test_an_unnamed_speaker_who_is_only_repeated_corroborates_nothing_and_is_told() -> None:
    repeated = evidence(Stance.SUPPORTS, independent=False).model_copy(
        update={"dependence": Dependence.UNNAMED_SPEAKER}
    )
    assert decide([repeated]).unsourced_because is Gap.ONLY_REPEATED
    assert decide([repeated, evidence(Stance.SUPPORTS, independent=False)]).unsourced_because is Gap.ONLY_REPEATED
    assert decide([repeated, evidence(Stance.SUPPORTS, "o2")]).label is Label.CORROBORATED


def test_a_different_estimate_does_not_contest() -> None:
    verdict = decide([evidence(Stance.QUALIFIES)])
    assert (verdict.label, verdict.unsourced_because) == (Label.UNSOURCED, Gap.ONLY_QUALIFIED)


def test_a_report_that_differs_is_told_even_beside_copies() -> None:
    told = [evidence(Stance.SUPPORTS, independent=False), evidence(Stance.QUALIFIES, "o2")]
    assert decide(told).unsourced_because is Gap.ONLY_QUALIFIED


@pytest.mark.parametrize("gap", [None, Gap.NOT_FOUND, Gap.BELOW_THRESHOLD])
def test_no_evidence_is_unsourced_and_says_why(gap: Gap | None) -> None:
    assert decide([], gap=gap).unsourced_because is (gap or Gap.NOT_MENTIONED)


def test_an_unheard_witness_leaves_only_a_found_contradiction_standing() -> None:
    assert decide([evidence(Stance.CONTRADICTS)], unheard=FAILURE).label is Label.CONTESTED
    for stance, independent in product([Stance.SUPPORTS, Stance.QUALIFIES], [True, False]):
        verdict = decide([evidence(stance, independent=independent)], unheard=FAILURE)
        assert verdict.label is None
        assert verdict.failure == FAILURE


@given(st.lists(ANY, max_size=6))
def test_more_copies_of_a_witness_never_change_the_label(told: list[Evidence]) -> None:
    assert decide(told * 3) == decide(told)


@given(st.lists(ANY, max_size=6), st.booleans())
def test_a_verdict_has_a_label_or_a_failure_and_never_both(told: list[Evidence], failed: bool) -> None:
    verdict = decide(told, unheard=FAILURE if failed else None)
    assert (verdict.label is None) == (verdict.failure is not None)


@given(st.lists(ANY, max_size=6))
def test_the_order_of_the_evidence_does_not_matter(told: list[Evidence]) -> None:
    assert decide(told) == decide(told[::-1])


def test_origins_are_counted_and_not_articles() -> None:
    told = [evidence(Stance.SUPPORTS, "o1"), evidence(Stance.SUPPORTS, "o1"), evidence(Stance.CONTRADICTS, "o2")]
    counts = count_origins(told, articles=7)
    assert (counts.articles, counts.supporting, counts.contradicting) == (7, 1, 1)


def test_only_independent_origins_count_as_support_and_every_origin_as_contradiction() -> None:
    told = [
        evidence(Stance.SUPPORTS, "o1"),
        evidence(Stance.SUPPORTS, "o2", independent=False),
        evidence(Stance.QUALIFIES, "o3"),
        evidence(Stance.QUALIFIES, "o4"),
        evidence(Stance.QUALIFIES, "o5"),
        evidence(Stance.CONTRADICTS, "o6"),
        evidence(Stance.CONTRADICTS, "o7"),
    ]
    counts = count_origins(told, articles=7)
    assert (counts.supporting, counts.contradicting) == (1, 2)


def test_an_article_that_contradicts_itself_is_no_origin_against_the_claim() -> None:
    own = evidence(Stance.CONTRADICTS, "article").model_copy(update={"source": "article", "independent": False})
    assert decide([own]).label is Label.CONTESTED
    assert count_origins([own], articles=0).contradicting == 0
    assert count_origins([own, evidence(Stance.CONTRADICTS, "o1")], articles=1).contradicting == 1


@pytest.mark.parametrize(
    ("origins", "count"),
    [
        ([], 0),
        (["outlet:ledger", "outlet:bay", "o1"], 3),
        (["agency:reuters", "agency:tass", "outlet:ledger"], 3),
        (["agency:reuters", "agency:afp+reuters"], 1),
        (["agency:tass", "agency:afp+reuters"], 2),
        (["agency:afp+reuters", "agency:reuters+tass"], 1),
        (["agency:any"], 1),
        (["agency:any", "outlet:ledger"], 2),
        (["agency:any", "agency:reuters"], 1),
        (["agency:any", "agency:afp+reuters", "agency:tass"], 2),
    ],
)
def test_a_report_that_names_no_agency_for_certain_counts_only_where_it_can_be_no_other(
    origins: list[str], count: int
) -> None:
    assert count_certain(origins) == count_certain(origins[::-1]) == count
