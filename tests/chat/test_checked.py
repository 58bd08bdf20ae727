"""Whether anybody has checked it: how that is asked, and what is answered."""

from datetime import UTC, datetime

import pytest

from agent.chat.actions import Action, ActionName
from agent.chat.answering.changes import tell_changes
from agent.chat.answering.checked import all_claims, tell_checked
from agent.chat.answering.claims import explain_label, summarise
from agent.chat.answering.sheet import Sheet
from agent.chat.answering.wording import wording
from agent.chat.understanding.commands import command
from agent.chat.understanding.grammar import plainly
from agent.messages import languages
from agent.models import MatchedReview, PublishedReview, Report, ReviewOf
from agent.service.workspace import History
from agent.storage.reports import Recorded, Version
from tests.support.reports import english_report

MADE = datetime(2024, 3, 16, tzinfo=UTC)


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


def test_what_nobody_has_compared_with_a_claim_is_no_check_of_it() -> None:
    sheet = Sheet(wording("en"), _report(ReviewOf.UNCOMPARED))
    tell_checked(sheet, all_claims(sheet)[:1])
    near, rest = sheet.statements
    assert [one.quote for one in near.citations] == ["False", "The harbour will reopen"]
    assert rest.text == wording("en")("nobody_checked", numbers="1")


@pytest.mark.parametrize("language", languages())
def test_what_came_is_told_as_what_it_is_of(language: str) -> None:
    told = {}
    for of in ReviewOf:
        report = _report(of)
        one = report.claims[0]
        change = Recorded(
            claim_id=one.id,
            claim=one.text,
            old_label=one.label,
            new_label=one.label,
            documents=(),
            reviews=one.reviews,
            changed_at=MADE,
            analyst="lexical",
            number=1,
            run_id=report.run_id,
            version=2,
        )
        sheet = Sheet(wording(language), report)
        tell_changes(sheet, History(versions=(Version.of(report, 1, MADE),), changes=(change,), corrections=()))
        (line,) = [statement for statement in sheet.statements if "Harbour Post" in statement.text]
        told[of] = line.text.partition("Harbour Post")[0].rstrip("\u2068")
    say = wording(language)
    day = say.day(MADE)
    assert told == {
        of: say(f"changed_reviews.{of.value}", number=1, day=day, by="¶").partition("¶")[0] for of in ReviewOf
    }
    assert len(set(told.values())) == len(ReviewOf)


def test_it_is_told_before_the_evidence_and_in_a_summary() -> None:
    for write in (lambda one: explain_label(one, all_claims(one)[0]), summarise):
        sheet = Sheet(wording("en"), _report())
        write(sheet)
        cited = [citation.quote for one in sheet.statements for citation in one.citations]
        assert cited.index("False") == 1
