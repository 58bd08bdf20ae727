"""The report that is put together from what a run left, also from a run that left little."""

import time

from agent.models import (
    AnalystInfo,
    Article,
    Claim,
    Draft,
    Failure,
    FailureReason,
    Gap,
    Judgement,
    Part,
    Passage,
    Span,
    Stance,
    Step,
    Usage,
    Witness,
)
from agent.verify.assemble import assemble
from agent.verify.findings import missing
from agent.verify.state import CoverageSearch, PartReading, State, WitnessAnswer

TEXT = "The base stays open."
CLAIM = Claim(id="c1", text=TEXT, spans=(Span(start=0, end=len(TEXT)),), quote=TEXT)
PART = Part(index=0, span=Span(start=0, end=len(TEXT)), text=TEXT)
LEFT = Failure(step=Step.JUDGE, reason=FailureReason.TIMEOUT, message="silent")


def _state(**left: object) -> State:
    state: State = {
        "run_id": "run",
        "article": Article(text=TEXT, language="en"),
        "started": time.time() - 5,
        "analyst": AnalystInfo(kind="lexical", embedder="built-in"),
        "claims": (CLAIM,),
        "without_quote": 2,
        "over_limit": 3,
    }
    return {**state, **left}  # type: ignore[typeddict-item]  # some of its keys


def _heard(started: float, ended: float, **told: object) -> WitnessAnswer:
    witness = Witness(origin="o1", passages=(Passage(document_id="d1", text=TEXT, start=0, end=len(TEXT)),))
    known = {"witness": witness, "claim_ids": ("c1",), "started": started, "ended": ended}
    return WitnessAnswer.model_validate(known | told)


def test_a_run_without_a_search_has_findings_too() -> None:
    report = assemble(_state())
    assert [(one.label, one.unsourced_because) for one in report.claims] == [("unsourced", Gap.NOT_MENTIONED)]
    assert (report.dropped.claims_without_quote, report.dropped.claims_over_limit) == (2, 3)
    assert (report.timings.by_step, report.usage.calls, report.searched.documents) == ({}, 0, 0)
    assert 5 <= report.timings.total_s < 65


def test_a_step_took_from_its_first_call_to_its_last() -> None:
    readings = [PartReading(part=PART, started=start, ended=end) for start, end in ((11.0, 12.0), (10.0, 14.5))]
    hearings = [_heard(start, end) for start, end in ((20.0, 29.0), (21.0, 22.0))]
    report = assemble(_state(readings=readings, search=CoverageSearch(started=15.0, ended=17.0), heard=hearings))
    assert report.timings.by_step == {Step.EXTRACT: 4.5, Step.RETRIEVE: 2.0, Step.JUDGE: 9.0}


def test_what_calls_cost_is_summed_by_step() -> None:
    usage = Usage(calls=1, prompt_tokens=5)
    readings = [PartReading(part=PART, usage=usage, started=1, ended=2, drafts=(Draft(text=TEXT, quote=TEXT),))] * 2
    report = assemble(_state(readings=readings, heard=[_heard(1, 2, usage=usage)]))
    assert {step: spent.calls for step, spent in report.usage.by_step.items()} == {
        Step.EXTRACT: 2, Step.RETRIEVE: 0, Step.JUDGE: 1
    }  # fmt: skip
    assert report.usage.calls == 3


def test_the_first_reason_why_somebody_was_not_heard_is_told() -> None:
    search = CoverageSearch(failure=LEFT.model_copy(update={"step": Step.RETRIEVE}), started=1, ended=2)
    (finding,) = assemble(_state(search=search, heard=[_heard(1, 2, failure=LEFT)])).claims
    assert (finding.label, finding.failure) == (None, search.failure)
    (finding,) = assemble(_state(heard=[_heard(1, 2), _heard(1, 2, failure=LEFT)])).claims
    assert finding.failure is not None
    assert (finding.failure.step, finding.failure.reason) == (Step.JUDGE, FailureReason.MALFORMED)
    answer = Judgement(claim_id="c1", stance=Stance.UNRELATED)
    (finding,) = assemble(_state(heard=[_heard(1, 2, judgements=(answer,)), _heard(1, 2, failure=LEFT)])).claims
    assert finding.failure == LEFT
    report = assemble(_state(heard=[_heard(1, 2, judgements=(answer,))]))
    assert report.claims[0].failure is None
    assert (report.counts.unsourced, report.counts.failed) == (1, 0)


def test_who_answered_about_another_claim_alone_is_missing() -> None:
    answer = Judgement(claim_id="c2", stance=Stance.UNRELATED)
    assert missing("c2", "o1", [answer]) is None
    assert missing("c2", "o1", [answer], LEFT) == LEFT
    failure = missing("c1", "o1", [answer])
    assert failure is not None
    assert failure.reason is FailureReason.MALFORMED


def test_who_was_asked_about_other_claims_alone_is_not_missed() -> None:
    report = assemble(_state(heard=[_heard(1, 2, claim_ids=("c2",), failure=LEFT)]))
    assert (report.claims[0].failure, report.counts.unsourced) == (None, 1)


def test_a_source_that_the_text_does_not_name_is_counted() -> None:
    answer = Judgement(claim_id="c1", stance=Stance.SUPPORTS, quote=TEXT, own_hearing="the aide told me")
    report = assemble(_state(heard=[_heard(1, 2, judgements=(answer,), taken_from="as a paper wrote")]))
    assert report.dropped.sources_without_quote == 2
