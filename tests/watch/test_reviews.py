"""A fact-check that is published after a report was made, put beside its claim by the watch."""

from datetime import UTC, datetime

from agent.config import Settings
from agent.errors import AnalystError
from agent.models import (
    Claim,
    Document,
    FailureReason,
    Finding,
    Judgement,
    PublishedReview,
    Report,
    ReviewOf,
    Stance,
    Witness,
)
from agent.verify.auditing import audit
from tests.support.desk import OPENING, open_desk
from tests.support.scripted import says

YEARS_LATER = datetime(2019, 5, 1, tzinfo=UTC)


def _check(claim: str = OPENING.quote, rating: str = "False", *, day: datetime = YEARS_LATER) -> Document:
    """A page of a fact-checker, whose text tells of other things."""
    review = PublishedReview(
        claim=claim,
        rating=rating,
        publisher="Fact Desk",
        site="desk.example",
        url=f"https://desk.example/{rating}",
        published_at=day,
        language="en",
    )
    document = Document.of(
        f"What became of the harbour, and why it is {rating.lower()} to speak of ferries and of pilots.",
        outlet="Fact Desk",
        url=f"https://desk.example/{rating}",
        published_at=day,
        language="en",
    )
    provenance = document.provenance.model_copy(update={"reviews": (review,)})
    return document.model_copy(update={"provenance": provenance})


def _about(report: Report) -> Finding:
    return next(one for one in report.claims if one.quote == OPENING.quote)


async def test_it_makes_a_new_version_with_the_same_label(settings: Settings) -> None:
    with open_desk(settings) as desk:
        before = await desk.verify()
        looked = await desk.look(_check())
        (change,) = looked.changes
        after = desk.reports.get("last")
        assert [(one.of, one.review.rating) for one in change.reviews] == [(ReviewOf.SAME, "False")]
        assert (change.relabelled, change.documents, change.version) == (False, (), 2)
        assert _about(after).reviews == change.reviews
        assert _about(after).model_copy(update={"reviews": ()}) == _about(before)
        assert audit(after).holds
        assert desk.told == [change]
        assert (await desk.look()).changes == ()
        assert len(desk.reports.versions("last")) == 2


async def test_it_is_put_in_beside_what_other_coverage_changes(settings: Settings) -> None:
    from tests.support.shelf import DENIAL, report

    with open_desk(settings) as desk:
        await desk.verify()
        (change,) = (await desk.look(_check(), report(DENIAL, "Mole Mail", hours=30))).changes
        assert change.relabelled
        assert [one.review.rating for one in change.reviews] == ["False"]
        assert _about(desk.reports.get("last")).reviews == change.reviews


async def test_one_of_another_claim_changes_nothing(settings: Settings) -> None:
    with open_desk(settings) as desk:
        await desk.verify()
        other = _check("The third quay was sold to a brewery in March")
        assert (await desk.look(other)).changes == ()
        assert len(desk.reports.versions("last")) == 1


async def test_one_that_is_withdrawn_leaves_the_report(settings: Settings) -> None:
    with open_desk(settings) as desk:
        await desk.verify()
        check = _check()
        await desk.look(check)
        await desk.coverage.withdraw([check.id], "it was taken back")
        (change,) = (await desk.look()).changes
        assert (change.reviews, [one.document_id for one in change.reviews_gone]) == ((), [check.id])
        assert _about(desk.reports.get("last")).reviews == ()
        assert audit(desk.reports.get("last")).holds


async def test_one_that_cannot_be_compared_waits_and_is_tried_again(settings: Settings) -> None:
    down = True

    def judge(witness: Witness, claim: Claim) -> Judgement:
        if down:
            raise AnalystError(FailureReason.TIMEOUT, "no answer in time")
        return says(claim, Stance.SUPPORTS, witness.passages[0].text)

    with open_desk(settings) as desk:
        await desk.verify()
        desk.analyst.judge_by = judge
        # Other words, so that somebody has to say that it is the same.
        looked = await desk.look(_check("That the second quay will open again this week"))
        assert looked.changes == ()
        assert [missed.failure.reason for missed in looked.missed] == [FailureReason.TIMEOUT]
        down = False
        desk.clock.now = datetime(2030, 1, 1, tzinfo=UTC)
        (change,) = (await desk.look()).changes
        assert [one.of for one in change.reviews] == [ReviewOf.SAME]
