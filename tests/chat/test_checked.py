"""Whether anybody has checked it: how that is asked, and what is answered."""

from datetime import UTC, datetime

import pytest

from agent.chat.actions import Action, ActionName
from agent.chat.answering.checked import all_claims, tell_checked
from agent.chat.answering.claims import explain_label, summarise
from agent.chat.answering.sheet import Sheet
from agent.chat.answering.wording import wording
from agent.chat.understanding.grammar import command, plainly
from agent.models import MatchedReview, PublishedReview, Report, ReviewOf
from tests.support.reports import english_report


def _report(of: ReviewOf = ReviewOf.SAME) -> Report:
    report = english_report()
    review = PublishedReview(
        claim="The harbour will reopen",
        rating="False",
        claimant="The ministry",
        publisher="Harbour Post",
        site="harbourpost.example",
        published_at=datetime(2024, 3, 14, tzinfo=UTC),
        url="https://harbourpost.example/check",
    )
    matched = MatchedReview(review=review, document_id="d1", of=of, similarity=0.8)
    first, *others = report.claims
    return report.model_copy(update={"claims": (first.model_copy(update={"reviews": (matched,)}), *others)})


@pytest.mark.parametrize(
    "said",
    [
        "Has anyone checked this?",
        "has anybody already checked that?",
        "who has checked it before?",
        "are there fact checks of it?",
        "هل تحقق أحد من ذلك؟",
        "هل سبق التحقق منه؟",
        "Est-ce que quelqu’un a vérifié cela ?",
        "qui a déjà vérifié ?",
    ],
)
def test_it_is_asked_in_many_ways(said: str) -> None:
    assert plainly(said).action == Action(name=ActionName.CHECKED)


def test_it_is_asked_of_a_claim_by_its_number() -> None:
    assert plainly("has anyone checked claim 3?").action == Action(name=ActionName.CHECKED, numbers=(3,))
    assert command("/checked 2").action == Action(name=ActionName.CHECKED, numbers=(2,))
    assert plainly("check claims 2 and 5").action.name is ActionName.RECHECK


def test_the_rating_is_cited_and_of_other_claims_it_is_said_that_nothing_is_known() -> None:
    sheet = Sheet(wording("en"), _report())
    tell_checked(sheet, all_claims(sheet))
    told, rest = sheet.statements
    assert "Harbour Post" in told.text
    assert [one.quote for one in told.citations] == ["False"]
    assert told.citations[0].passage.url == "https://harbourpost.example/check"
    assert (rest.citations, "1" in rest.text, "2" in rest.text) == ((), False, True)


def test_of_the_opposite_the_claim_that_was_checked_is_cited_too() -> None:
    sheet = Sheet(wording("ar"), _report(ReviewOf.OPPOSITE))
    tell_checked(sheet, all_claims(sheet)[:1])
    (told,) = sheet.statements
    assert [one.quote for one in told.citations] == ["False", "The harbour will reopen"]


def test_it_is_told_before_the_evidence_and_in_a_summary() -> None:
    for write in (lambda one: explain_label(one, all_claims(one)[0]), summarise):
        sheet = Sheet(wording("en"), _report())
        write(sheet)
        cited = [citation.quote for one in sheet.statements for citation in one.citations]
        assert cited.index("False") == 1
