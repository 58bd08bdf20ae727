"""Every route, fan-out and failure of a run, with a scripted analyst and a scripted search."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent.config import Settings
from agent.errors import (
    AnalystError,
    ConfigurationError,
    EndpointRejected,
    EndpointUnreachable,
    StoreError,
    UnknownRun,
)
from agent.events import ClaimLabelled, Event, PartRead, RunFinished, RunStarted
from agent.models import (
    Article,
    Attribution,
    Claim,
    Document,
    FailureReason,
    Gap,
    Judgement,
    Label,
    Report,
    SourceType,
    Stance,
    Step,
    UnreadPart,
    Witness,
)
from agent.parts import SENTENCES_PER_PART
from agent.runs import open_runs
from agent.verifier import Parts, Verifier
from tests.support.scripted import ScriptedAnalyst, ScriptedSearch, draft, origin, says, unrelated

TEXT = (
    "The aide said we are not leaving. The ministry said the withdrawal began. The base stays open. Nobody objected."
)
ARTICLE = Article(text=TEXT, outlet="Daily Gazette", language="en")
STAY, GO, BASE = (
    draft("we are not leaving", speaker="the aide"),
    draft("the withdrawal began"),
    draft("The base stays open"),
)
LEDGER = origin(Document.of("The ledger has learned that the base stays open for years.", outlet="Harbour Ledger"))
MIRROR = origin(Document.of("The mirror denies that the base stays open.", outlet="Morning Mirror"))
DENIAL = "denies that the base stays open"


def _reads(witness: Witness, claim: Claim) -> Judgement:
    """Reads as a careful person would."""
    if claim.quote == BASE.quote and witness.origin == LEDGER.id:
        return says(claim, Stance.SUPPORTS, "the base stays open for years")
    if claim.quote == BASE.quote and witness.origin == MIRROR.id:
        return says(claim, Stance.CONTRADICTS, DENIAL)
    if claim.quote == STAY.quote and witness.is_article:
        return says(claim, Stance.CONTRADICTS, "the withdrawal began")
    return unrelated(claim)


async def _report(
    analyst: ScriptedAnalyst, search: ScriptedSearch, settings: Settings, per_part: int = SENTENCES_PER_PART
) -> Report:
    async with open_runs(settings) as runs:
        parts = Parts(analyst, search, runs, sentences_per_part=per_part)
        return await Verifier(parts, settings).verify(ARTICLE)


def _labels(report: Report) -> dict[str, Label | None]:
    return {finding.quote: finding.label for finding in report.claims}


async def test_what_is_read_comes_out_with_its_speaker_its_days_and_the_word_that_denies(settings: Settings) -> None:
    text = "The bridge is not shut, it is under repair. The ports ministry denied that the bridge is shut."
    body = draft("the bridge is shut", "The bridge is not shut")
    ministry = Attribution(speaker="the ports ministry", source=SourceType.INSTITUTION)
    days = {"event_date": date(2026, 3, 12), "event_end": date(2026, 3, 14)}
    told = [draft("is not shut", body.text), body.model_copy(update={"attribution": ministry, **days})]
    article = ARTICLE.model_copy(update={"text": text})
    async with open_runs(settings) as runs:
        report = await Verifier(Parts(ScriptedAnalyst(told), ScriptedSearch(), runs), settings).verify(article)
    (finding,) = report.claims
    quotes = [text[span.start : span.end] for span in finding.spans]
    assert quotes == ["is not shut", "denied that the bridge is shut"]
    assert finding.attribution == ministry
    assert (finding.event_date, finding.event_end) == (days["event_date"], days["event_end"])
    assert Report.model_validate_json(report.model_dump_json(by_alias=True)) == report


async def test_claims_come_out_labelled_by_their_evidence(settings: Settings) -> None:
    analyst = ScriptedAnalyst([STAY, GO, BASE], _reads)
    report = await _report(analyst, ScriptedSearch([LEDGER]), settings)
    assert _labels(report) == {
        STAY.quote: Label.CONTESTED,
        GO.quote: Label.UNSOURCED,
        BASE.quote: Label.CORROBORATED,
    }
    assert report.counts.model_dump() == {"corroborated": 1, "contested": 1, "unsourced": 1, "failed": 0}
    assert report.complete


async def test_a_denial_contests_what_another_origin_supports(settings: Settings) -> None:
    report = await _report(ScriptedAnalyst([BASE], _reads), ScriptedSearch([LEDGER, MIRROR]), settings)
    (finding,) = report.claims
    assert finding.label is Label.CONTESTED
    assert (finding.origins.supporting, finding.origins.contradicting) == (1, 1)
    assert {item.quote for item in finding.evidence} == {"the base stays open for years", DENIAL}


async def test_each_witness_is_heard_alone(settings: Settings) -> None:
    analyst = ScriptedAnalyst([STAY, GO, BASE], _reads)
    await _report(analyst, ScriptedSearch([LEDGER, MIRROR]), settings)
    assert sorted(witness for witness, _ in analyst.heard) == sorted(["article", LEDGER.id, MIRROR.id])


async def test_claims_are_put_to_a_witness_in_bounded_calls(settings: Settings) -> None:
    analyst = ScriptedAnalyst([STAY, GO, BASE], _reads)
    one_each = settings.model_copy(update={"claims_per_call": 1})
    await _report(analyst, ScriptedSearch([LEDGER]), one_each)
    assert sorted(analyst.heard) == [
        ("article", ("c1", "c2", "c3")), *((LEDGER.id, (claim_id,)) for claim_id in ("c1", "c2", "c3"))
    ]  # fmt: skip


async def test_the_article_is_read_in_parts_and_every_part_is_read(settings: Settings) -> None:
    analyst = ScriptedAnalyst([STAY])
    await _report(analyst, ScriptedSearch(), settings, per_part=1)
    assert [part.text for part in sorted(analyst.read, key=lambda part: part.index)] == [
        f"{sentence}." for sentence in TEXT.rstrip(".").split(". ")
    ]


async def test_an_article_without_claims_ends_in_an_empty_report(settings: Settings) -> None:
    analyst = ScriptedAnalyst()
    report = await _report(analyst, ScriptedSearch(error=StoreError("must not be asked")), settings)
    assert report.claims == ()
    assert report.complete
    assert analyst.heard == []


async def test_no_coverage_is_unsourced_with_the_reason_of_the_search(settings: Settings) -> None:
    report = await _report(ScriptedAnalyst([BASE]), ScriptedSearch(gap=Gap.BELOW_THRESHOLD), settings)
    assert report.claims[0].unsourced_because is Gap.BELOW_THRESHOLD


async def test_what_was_heard_and_says_nothing_of_a_claim_is_another_reason(settings: Settings) -> None:
    search = ScriptedSearch([origin(Document.of("Oranges are cheap.", outlet="Markets"))])
    report = await _report(ScriptedAnalyst([BASE], lambda witness, claim: unrelated(claim)), search, settings)
    assert report.claims[0].unsourced_because is Gap.NOT_MENTIONED
    assert (await _report(ScriptedAnalyst([BASE]), ScriptedSearch(gap=Gap.NOT_FOUND), settings)).claims[
        0
    ].explanation != (report.claims[0].explanation)


async def test_a_copy_of_the_article_is_never_put_to_the_analyst(settings: Settings) -> None:
    analyst = ScriptedAnalyst([BASE], lambda witness, claim: says(claim, Stance.SUPPORTS, "The base stays open"))
    copy = origin(Document.of(TEXT + " Reprinted.", outlet="Echo"), copy_of_article=True)
    report = await _report(analyst, ScriptedSearch([copy]), settings)
    assert {witness for witness, _ in analyst.heard} == {"article"}
    assert report.claims[0].unsourced_because is Gap.ONLY_COPIES
    assert report.claims[0].origins.articles == 1


async def test_an_unheard_witness_is_a_failure_and_never_a_verdict(settings: Settings) -> None:
    def silent(witness: Witness, claim: Claim) -> Judgement | Exception:
        broken = AnalystError(FailureReason.TIMEOUT, "the endpoint went silent")
        return broken if witness.origin == MIRROR.id else _reads(witness, claim)

    report = await _report(ScriptedAnalyst([STAY, BASE], silent), ScriptedSearch([LEDGER, MIRROR]), settings)
    stay, base = report.claims
    assert stay.label is Label.CONTESTED
    assert base.label is None
    assert base.failure is not None
    assert (base.failure.step, base.failure.reason) == (Step.JUDGE, FailureReason.TIMEOUT)
    assert report.counts.failed == 1
    assert not report.complete


async def test_a_witness_that_leaves_a_claim_out_is_a_failure(settings: Settings) -> None:
    analyst = ScriptedAnalyst([BASE, GO], lambda witness, claim: unrelated(claim) if claim.id == "c1" else None)
    report = await _report(analyst, ScriptedSearch([LEDGER]), settings)
    assert [finding.failure is None for finding in report.claims] == [True, False]
    assert report.claims[1].failure is not None
    assert report.claims[1].failure.reason is FailureReason.MALFORMED


async def test_an_answer_about_a_claim_nobody_asked_for_is_counted(settings: Settings) -> None:
    def chatty(witness: Witness, claim: Claim) -> Judgement:
        return Judgement(claim_id="c99", stance=Stance.SUPPORTS, quote="the base stays open")

    report = await _report(ScriptedAnalyst([BASE], chatty), ScriptedSearch([LEDGER]), settings)
    assert report.dropped.judgements_of_unknown_claims == 2
    assert report.claims[0].label is None


async def test_a_forged_quote_is_discarded_and_counted(settings: Settings) -> None:
    analyst = ScriptedAnalyst([BASE], lambda w, claim: says(claim, Stance.CONTRADICTS, "the base is closed"))
    report = await _report(analyst, ScriptedSearch([LEDGER]), settings)
    assert report.dropped.evidence_without_quote == 2
    assert report.claims[0].evidence == ()


async def test_a_claim_with_a_forged_quote_never_appears(settings: Settings) -> None:
    report = await _report(ScriptedAnalyst([BASE, draft("the base is closed")]), ScriptedSearch(), settings)
    assert [finding.quote for finding in report.claims] == [BASE.quote]
    assert report.dropped.claims_without_quote == 1


async def test_a_part_that_could_not_be_read_is_told_and_the_others_go_on(settings: Settings) -> None:
    analyst = ScriptedAnalyst([STAY, BASE], failing_parts={2: AnalystError(FailureReason.REFUSED, "no")})
    report = await _report(analyst, ScriptedSearch(), settings, per_part=1)
    assert [finding.quote for finding in report.claims] == [STAY.quote]
    (unread,) = report.unread
    assert isinstance(unread, UnreadPart)
    assert TEXT[unread.span.start : unread.span.end] == "The base stays open."
    assert not report.complete


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (StoreError("the disk is gone"), FailureReason.STORE),
        (AnalystError(FailureReason.RATE_LIMITED, "slow down"), FailureReason.RATE_LIMITED),
        (EndpointUnreachable(FailureReason.UNREACHABLE, "nobody there"), FailureReason.UNREACHABLE),
    ],
)
async def test_a_failed_search_leaves_only_what_the_article_itself_contests(
    error: Exception, reason: FailureReason, settings: Settings
) -> None:
    report = await _report(ScriptedAnalyst([STAY, BASE], _reads), ScriptedSearch(error=error), settings)
    stay, base = report.claims
    assert stay.label is Label.CONTESTED
    assert base.label is None
    assert base.failure is not None
    assert (base.failure.step, base.failure.reason) == (Step.RETRIEVE, reason)


@pytest.mark.parametrize("error", [EndpointRejected, EndpointUnreachable])
async def test_an_endpoint_that_can_never_answer_stops_the_run_which_can_be_resumed(
    error: type[AnalystError], settings: Settings
) -> None:
    broken = ScriptedAnalyst([BASE], failing_parts={0: error(FailureReason.REJECTED, "wrong key")})
    with pytest.raises(error):
        await _report(broken, ScriptedSearch(), settings)
    async with open_runs(settings) as runs:
        mended = Verifier(Parts(ScriptedAnalyst([BASE], _reads), ScriptedSearch([LEDGER]), runs), settings)
        report = await mended.resume("last")
    assert _labels(report) == {BASE.quote: Label.CORROBORATED}


async def test_resuming_repeats_only_what_had_not_finished(settings: Settings) -> None:
    analyst = ScriptedAnalyst([STAY, BASE], failing_parts={3: EndpointUnreachable(FailureReason.UNREACHABLE, "gone")})
    with pytest.raises(EndpointUnreachable):
        await _report(analyst, ScriptedSearch(), settings, per_part=1)
    again = ScriptedAnalyst([STAY, BASE], _reads)
    async with open_runs(settings) as runs:
        report = await Verifier(Parts(again, ScriptedSearch([LEDGER]), runs, sentences_per_part=1), settings).resume(
            "last"
        )
    assert [part.index for part in again.read] == [3]
    assert len(report.claims) == 2


async def test_resuming_a_finished_run_returns_its_report_and_asks_nobody(settings: Settings) -> None:
    first = await _report(ScriptedAnalyst([BASE], _reads), ScriptedSearch([LEDGER]), settings)
    silent = ScriptedAnalyst()
    async with open_runs(settings) as runs:
        again = await Verifier(Parts(silent, ScriptedSearch(), runs), settings).resume(first.run_id)
    assert again == first
    assert silent.read == []
    assert silent.heard == []


@pytest.mark.parametrize("recorded", range(1, 8))
async def test_a_run_that_broke_off_between_an_answer_and_its_record_is_finished(
    recorded: int, settings: Settings
) -> None:
    whole = await _report(ScriptedAnalyst([STAY, BASE], _reads), ScriptedSearch([LEDGER]), settings)
    analyst = ScriptedAnalyst([STAY, BASE], _reads)
    async with open_runs(settings) as runs:
        verifier = Verifier(Parts(analyst, ScriptedSearch([LEDGER]), runs), settings, new_id=lambda: "broken-off")
        record, left = runs.aput, recorded

        async def aput(*given: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise StoreError("gone")
            return await record(*given)

        runs.aput = aput  # type: ignore[method-assign, assignment]  # the place where a kill would be felt
        with suppress(StoreError):
            await verifier.verify(ARTICLE)
        runs.aput = record  # type: ignore[method-assign]  # as it was
        report = await verifier.resume("broken-off")
    assert report.claims == whole.claims
    assert len(analyst.read) == 1


async def test_a_finished_run_leaves_its_report_and_none_of_its_steps(settings: Settings) -> None:
    async with open_runs(settings) as runs:
        await Verifier(Parts(ScriptedAnalyst([BASE]), ScriptedSearch([LEDGER]), runs), settings).verify(ARTICLE)
        kept = [found async for found in runs.alist(None)]
    assert len(kept) == 1


async def test_what_one_analyst_has_begun_another_may_not_finish(settings: Settings) -> None:
    broken = ScriptedAnalyst([BASE], failing_parts={0: EndpointUnreachable(FailureReason.UNREACHABLE, "gone")})
    with pytest.raises(EndpointUnreachable):
        await _report(broken, ScriptedSearch(), settings)
    other = ScriptedAnalyst([BASE], model="another")
    async with open_runs(settings) as runs:
        with pytest.raises(ConfigurationError, match="built-in"):
            await Verifier(Parts(other, ScriptedSearch(), runs), settings).resume("last")


async def test_an_unknown_run_is_named(settings: Settings) -> None:
    async with open_runs(settings) as runs:
        verifier = Verifier(Parts(ScriptedAnalyst(), ScriptedSearch(), runs), settings)
        with pytest.raises(UnknownRun, match="nothing-like-it"):
            await verifier.resume("nothing-like-it")


async def test_what_happens_is_told_as_it_happens(settings: Settings) -> None:
    told: list[Event] = []
    async with open_runs(settings) as runs:
        verifier = Verifier(Parts(ScriptedAnalyst([BASE], _reads), ScriptedSearch([LEDGER]), runs), settings)
        async for event in verifier.stream(ARTICLE):
            told.append(event)
    assert [event.type for event in told] == [
        "run_started",
        "article_split",
        "part_read",
        "claims_collected",
        "coverage_found",
        "witness_heard",
        "witness_heard",
        "claim_labelled",
        "run_finished",
    ]
    assert isinstance(told[0], RunStarted)
    assert isinstance(told[2], PartRead)
    assert isinstance(told[-2], ClaimLabelled)
    assert isinstance(told[-1], RunFinished)
    assert told[-1].report.run_id == told[0].run_id


async def test_a_report_comes_back_from_its_json_unchanged(settings: Settings) -> None:
    report = await _report(ScriptedAnalyst([STAY, BASE], _reads), ScriptedSearch([LEDGER, MIRROR]), settings)
    assert Report.model_validate_json(report.model_dump_json()) == report


async def test_a_damaged_run_store_is_refused_by_name(settings: Settings, tmp_path: Path) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "runs.sqlite").write_bytes(b"not a database at all, whatever it is called" * 100)
    with pytest.raises(StoreError, match=r"runs\.sqlite"):
        await _report(ScriptedAnalyst([BASE]), ScriptedSearch(), settings)
