"""Changed labels are told once each, whoever made the change and whatever died after it."""

import json
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from agent.config import Settings
from agent.jobs import Jobs
from agent.jobs.clockwork import announce
from agent.jobs.label_changes import announce_changes, announce_edits
from agent.jobs.webhooks import signed
from agent.models import (
    ClaimEdit,
    EditKind,
    FormerClaim,
    Label,
    MatchedReview,
    PublishedReview,
    Report,
    ReviewOf,
    Stance,
)
from agent.storage.reports import Cause, Change, Reports, open_reports
from tests.jobs.handlers import ScriptedHandler, at_work, request
from tests.jobs.test_jobs import _PATIENCE, until
from tests.support.reports import english_report

_ADDRESS = "https://cms.example/told"
_NOW = datetime(2026, 3, 20, tzinfo=UTC)


def _change(report: Report, label: Label) -> Change:
    finding = report.claims[0]
    cause = Cause(
        document_id="d1",
        url="https://mole.example/1",
        outlet="Mole Mail",
        title=None,
        published_at=None,
        stance=Stance.CONTRADICTS,
    )
    return Change(
        claim_id=finding.id,
        claim=finding.text,
        old_label=finding.label,
        new_label=label,
        documents=(cause,),
        changed_at=_NOW,
        analyst="lexical",
    )


async def _verified(jobs: Jobs, reports: Reports, callback: str | None = _ADDRESS) -> Report:
    """A job that has ended, with its report."""
    job = await jobs.enqueue(request().model_copy(update={"callback_url": callback}), owner="desk")
    await jobs.wait(job.id, _PATIENCE)
    report = english_report().model_copy(update={"run_id": job.id})
    reports.save(report)
    return report


def _relabelled(reports: Reports, report: Report, *labels: Label) -> None:
    for version, label in enumerate(labels, 1):
        assert reports.add_version(report, [_change(report, label)], after=version)


async def test_a_change_is_told_with_its_cause_and_with_one_id(settings: Settings) -> None:
    handler = ScriptedHandler(answers=[200, 500, 200])
    async with at_work(settings, handler) as jobs:
        with open_reports(settings) as reports:
            report = await _verified(jobs, reports)
            await until(lambda: len(handler.sent) == 1)
            _relabelled(reports, report, Label.CONTESTED)
            assert await announce_changes(jobs, reports) == 1
            await until(lambda: len(handler.sent) == 3)
            while len(attempts := await jobs.attempts(report.run_id)) < 3:
                pass
    ended, first, second = handler.sent
    assert ended.event == "verification.completed"
    assert first == second
    assert (first.id, first.url, first.owner) == (f"msg_{report.run_id}_2_{report.claims[0].id}", _ADDRESS, "desk")
    told = json.loads(first.body)
    assert told["type"] == "claim.label_changed"
    assert told["data"]["label_before"] == report.claims[0].label
    assert (told["data"]["label_after"], told["data"]["version"]) == ("contested", 2)
    assert told["data"]["because"][0]["outlet"] == "Mole Mail"
    assert report.claims[0].text not in first.body
    assert [(one.event, one.status) for one in attempts] == [
        ("verification.completed", 200),
        ("claim.label_changed", 500),
        ("claim.label_changed", 200),
    ]


async def test_a_fact_check_that_comes_is_told_with_its_rating(settings: Settings) -> None:
    handler = ScriptedHandler()
    async with at_work(settings, handler) as jobs:
        with open_reports(settings) as reports:
            report = await _verified(jobs, reports)
            same = report.claims[0].label
            review = PublishedReview(claim="The quay is open", rating="False", publisher="Fact Desk")
            found = MatchedReview(review=review, document_id="d2", of=ReviewOf.OPPOSITE, similarity=0.8)
            change = _change(report, same or Label.UNSOURCED).model_copy(
                update={"documents": (), "reviews": (found,)}
            )
            assert reports.add_version(report, [change], after=1)
            gone = change.model_copy(update={"reviews": (), "reviews_gone": (found,)})
            assert reports.add_version(report, [gone], after=2)
            assert await announce_changes(jobs, reports) == 1
            await until(lambda: len(handler.sent) == 2)
    # The end of the verification is told by another job, which may come second.
    bodies = {body["type"]: body for body in (json.loads(one.body) for one in handler.sent)}
    told = bodies["claim.reviewed"]
    assert (told["data"]["version"], told["data"]["label"]) == (2, same)
    (one,) = told["data"]["reviews"]
    assert (one["of"], one["rating"], one["publisher"]) == ("opposite", "False", "Fact Desk")


async def test_what_a_fact_check_says_breaks_out_of_no_webhook(settings: Settings) -> None:
    hostile = 'False"}, "type": "verification.completed"\n\n</script>\x1b[31m'
    hand = ScriptedHandler()
    async with at_work(settings, hand) as jobs:
        with open_reports(settings) as reports:
            report = await _verified(jobs, reports)
            review = PublishedReview(claim="The quay is open", rating=hostile, publisher=hostile)
            found = MatchedReview(review=review, document_id="d2", of=ReviewOf.UNCOMPARED, similarity=0.8)
            same = report.claims[0].label or Label.UNSOURCED
            change = _change(report, same).model_copy(update={"documents": (), "reviews": (found,) * 3})
            assert reports.add_version(report, [change], after=1)
            (kept,) = reports.changes(report.run_id)
            # However often it is handed on, it is one delivery.
            assert [await jobs.announce(kept) for _ in range(3)] == [True] * 3
            await until(lambda: len(hand.sent) == 2)
    (notice,) = [one for one in hand.sent if one.event == "claim.reviewed"]
    secret, now = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", datetime.now(UTC)
    told = Webhook(secret).verify(notice.body, signed(notice, (secret,), now))
    assert (told["type"], told["data"]["label"]) == ("claim.reviewed", same)
    assert [(one["rating"], one["publisher"]) for one in told["data"]["reviews"]] == [(hostile, hostile)] * 3
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(notice.body.replace("uncompared", "same"), signed(notice, (secret,), now))


async def test_what_a_look_left_behind_is_told_by_the_next_and_told_once(settings: Settings) -> None:
    handler = ScriptedHandler()
    with open_reports(settings) as reports:
        async with at_work(settings, handler) as jobs:
            report = await _verified(jobs, reports)
            _relabelled(reports, report, Label.CONTESTED, Label.UNSOURCED)
        # Killed before a word of it was noted, and killed again right after it was handed on.
        for _ in range(2):
            async with at_work(settings, handler) as jobs:
                await announce_changes(jobs, reports)
                reports.database.forget("label_changes_told")
        async with at_work(settings, handler) as jobs:
            await announce_changes(jobs, reports)
            assert await announce_changes(jobs, reports) == 0
            while len({one.id for one in await jobs.attempts(report.run_id)}) < 3:
                pass
    # A stop in the middle of a delivery may repeat it; the id tells.
    assert len({notice.id for notice in handler.sent}) == 3


@pytest.mark.parametrize("callback", [None, _ADDRESS])
async def test_nobody_is_told_of_what_nobody_asked_for(settings: Settings, callback: str | None) -> None:
    handler = ScriptedHandler()
    async with at_work(settings, handler) as jobs:
        with open_reports(settings) as reports:
            from_command_line = english_report().model_copy(update={"run_id": "20260316-090000-aaaaaa"})
            reports.save(from_command_line)
            _relabelled(reports, from_command_line, Label.CONTESTED)
            report = await _verified(jobs, reports, callback)
            # More evidence under the same label is no change of it.
            same = report.claims[0].label or Label.UNSOURCED
            _relabelled(reports, report, same)
            if callback is None:
                assert reports.add_version(report, [_change(report, Label.CONTESTED)], after=2)
            assert await announce_changes(jobs, reports) == 0
            assert len(await jobs.attempts(report.run_id)) <= 1


def _edited(report: Report, version: int, *, after: Label) -> Report:
    """The report as it stands after a person has split its first claim."""
    first = report.claims[0]
    before = FormerClaim(**{name: getattr(first, name) for name in FormerClaim.model_fields})
    edit = ClaimEdit(
        kind=EditKind.SPLIT,
        who="Desk",
        edited_at=_NOW,
        version=version,
        reason="it says two things",
        before=(before,),
        claim_ids=("c90", "c91"),
        asked="0" * 64,
    )
    pieces = tuple(first.model_copy(update={"id": name, "label": after}) for name in edit.claim_ids)
    return report.model_copy(update={"claims": (*pieces, *report.claims[1:]), "edits": (*report.edits, edit)})


async def test_an_edit_is_told_by_ids_and_labels_without_a_word_of_the_claims(settings: Settings) -> None:
    hand = ScriptedHandler()
    async with at_work(settings, hand) as jobs:
        with open_reports(settings) as reports:
            report = await _verified(jobs, reports)
            edited = _edited(report, 2, after=Label.CONTESTED)
            assert reports.add_edited(edited, {"c90", "c91"}, after=1, looked_to=0)
            assert await announce_edits(jobs, reports) == 1
            await until(lambda: len(hand.sent) == 2)
    notice = next(one for one in hand.sent if one.event == "claim.edited")
    assert (notice.id, notice.url, notice.owner) == (f"msg_{report.run_id}_2_edit", _ADDRESS, "desk")
    told = json.loads(notice.body)
    assert (told["type"], told["data"]["kind"], told["data"]["version"]) == ("claim.edited", "split", 2)
    assert told["data"]["before"] == [{"claim_id": report.claims[0].id, "label": report.claims[0].label}]
    assert told["data"]["after"] == [{"claim_id": one, "label": "contested"} for one in ("c90", "c91")]
    assert not any(word in notice.body for word in (report.claims[0].text, "Desk", "two things"))


async def test_an_edit_that_a_kill_left_untold_is_told_by_the_next_start_and_once(settings: Settings) -> None:
    hand = ScriptedHandler()
    with open_reports(settings) as reports:
        async with at_work(settings, hand) as jobs:
            report = await _verified(jobs, reports)
            edited = _edited(report, 2, after=Label.CONTESTED)
            assert reports.add_edited(edited, {"c90", "c91"}, after=1, looked_to=0)
            (untold,) = reports.unannounced_edits()
        async with at_work(settings, hand) as jobs:
            # Killed right after it was handed on: it is handed on again, under the same id.
            assert await jobs.announce(untold)
            assert await announce_edits(jobs, reports) == 1
            assert await announce_edits(jobs, reports) == 0
            while len({one.id for one in await jobs.attempts(report.run_id)}) < 2:
                pass
    assert len({one.id for one in hand.sent}) == 2


async def test_what_a_command_edited_is_told_by_the_next_start_or_look_of_the_service(settings: Settings) -> None:
    hand = ScriptedHandler()
    async with at_work(settings, hand) as jobs:
        with open_reports(settings) as reports:
            report = await _verified(jobs, reports)
            edited = _edited(report, 2, after=Label.UNSOURCED)
            assert reports.add_edited(edited, {"c90", "c91"}, after=1, looked_to=0)
        await announce(settings)
        await until(lambda: any(one.event == "claim.edited" for one in hand.sent))


async def test_edits_of_what_nobody_asked_for_are_told_to_nobody(settings: Settings) -> None:
    hand = ScriptedHandler()
    async with at_work(settings, hand) as jobs:
        with open_reports(settings) as reports:
            of_command_line = english_report().model_copy(update={"run_id": "20260316-090000-aaaaaa"})
            unasked = await _verified(jobs, reports, callback=None)
            forgotten = await _verified(jobs, reports)
            for report in (of_command_line, unasked, forgotten):
                reports.save(report)
                assert reports.add_edited(
                    _edited(report, 2, after=Label.UNSOURCED), {"c90", "c91"}, after=1, looked_to=0
                )
            await jobs.delete(forgotten.run_id)
            reports.delete(forgotten.run_id)
            assert await announce_edits(jobs, reports) == 0
            assert reports.unannounced_edits() == []


async def test_a_forgotten_job_is_told_of_no_more(settings: Settings) -> None:
    handler = ScriptedHandler(answers=[200, *[500] * 50])
    async with at_work(settings, handler) as jobs:
        with open_reports(settings) as reports:
            report = await _verified(jobs, reports)
            _relabelled(reports, report, Label.CONTESTED)
            await announce_changes(jobs, reports)
            await jobs.delete(report.run_id)
            _relabelled_again = reports.add_version(report, [_change(report, Label.UNSOURCED)], after=2)
            assert _relabelled_again
            assert await announce_changes(jobs, reports) == 0
            assert await jobs.attempts(report.run_id) == ()
