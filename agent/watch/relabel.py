"""From what later documents say to the next version of a report. Pure: the same policy as for a run."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from agent.analyst import Witness
from agent.cards import OriginsKnown, origins_known
from agent.evidence import weigh
from agent.explain import explain
from agent.labels import count_origins, decide
from agent.models import (
    Claim,
    Counts,
    Evidence,
    Failure,
    FailureReason,
    Finding,
    Frozen,
    Judgement,
    Origin,
    OriginCounts,
    Report,
    Step,
    TotalUsage,
    Usage,
)
from agent.reports import Cause, Change
from agent.watch.cards import merged_cards, merged_shares


class Testimony(Frozen):
    """What one origin that came later said of some claims of a report; or why it could not be heard.

    What it says takes the place of what `replaces`, earlier versions of its page, said.
    """

    witness: Witness
    origin: Origin
    claim_ids: tuple[str, ...]
    replaces: frozenset[str] = frozenset()
    judgements: tuple[Judgement, ...] = ()
    failure: Failure | None = None
    usage: Usage = Usage()


class Relabelled(Frozen):
    """`open` claims keep what they had, because somebody who may change it could not be heard, and why."""

    report: Report
    changes: tuple[Change, ...] = ()
    open: dict[str, Failure] = Field(default_factory=dict)


def relabel(report: Report, heard: Sequence[Testimony], searching: Usage, now: datetime, analyst: str) -> Relabelled:
    """The report with the labels that the old evidence and the new one earn together, and what changed.

    `searching` is what it cost to find who is heard, `analyst` names who heard them.
    """
    known = origins_known(report.article, list({one.origin.id: one.origin for one in heard}.values()))
    outcomes = [_decided(report, known, finding, heard) for finding in report.claims]
    decided = [one for one in outcomes if not isinstance(one, _Waiting)]
    return Relabelled(
        report=_next(report, known, outcomes, heard, searching),
        changes=tuple(_change(one, now, analyst) for one in decided if one.added),
        open={one.finding.id: one.failure for one in outcomes if isinstance(one, _Waiting)},
    )


class _Waiting(Frozen):
    """A finding that must wait for somebody who was not heard."""

    finding: Finding
    failure: Failure


class _Decided(Frozen):
    before: Finding
    finding: Finding
    added: tuple[Evidence, ...] = ()
    refused: int = 0


def claim_of(finding: Finding) -> Claim:
    """A finding as the claim that it was."""
    return Claim(**{name: getattr(finding, name) for name in Claim.model_fields})


def _decided(
    report: Report, known: OriginsKnown, finding: Finding, heard: Sequence[Testimony]
) -> _Decided | _Waiting:
    asked = [one for one in heard if finding.id in one.claim_ids]
    said = [(one.witness, j) for one in asked for j in one.judgements if j.claim_id == finding.id]
    weighed = weigh(report.article, claim_of(finding), said, known.independent, known.roots)
    spoke = [one for one in asked if _spoke(one, weighed.evidence)]
    # A page speaks once: what it says now takes the place of what it said before.
    replaced = frozenset().union(*(one.replaces for one in spoke))
    evidence = (*(e for e in finding.evidence if e.passage.document_id not in replaced), *weighed.evidence)
    unheard = _unheard(finding, asked)
    verdict = decide(evidence, unheard=finding.failure or unheard, gap=finding.unsourced_because)
    if unheard is not None and verdict.label is None:
        return _Waiting(finding=finding, failure=unheard)
    if not weighed.evidence:
        return _Decided(before=finding, finding=finding, refused=weighed.without_quote)
    newer = {one.origin.witness.id for one in spoke if one.replaces}
    origins = _counted(known, finding, evidence, [e for e in weighed.evidence if e.passage.document_id not in newer])
    changed = {
        "label": verdict.label,
        "rests_on": verdict.rests_on,
        "unsourced_because": verdict.unsourced_because,
        "failure": verdict.failure,
        "explanation": explain(verdict, evidence, origins, report.article.language),
        "evidence": evidence,
        "origins": origins,
    }
    after = finding.model_copy(update=changed)
    return _Decided(before=finding, finding=after, added=weighed.evidence, refused=weighed.without_quote)


def _spoke(one: Testimony, evidence: Sequence[Evidence]) -> bool:
    return one.origin.witness.id in {item.passage.document_id for item in evidence}


def _counted(
    known: OriginsKnown, finding: Finding, evidence: Sequence[Evidence], fresh: Sequence[Evidence]
) -> OriginCounts:
    later = known.shares(fresh)
    articles = finding.origins.articles + sum(share.articles for share in later)
    return count_origins(evidence, articles, merged_shares(finding.origins.by_origin, later))


def _unheard(finding: Finding, asked: Sequence[Testimony]) -> Failure | None:
    for one in asked:
        if one.failure is not None:
            return one.failure
        if finding.id not in {judgement.claim_id for judgement in one.judgements}:
            message = f"the analyst gave no answer about {finding.id} for {one.witness.origin}"
            return Failure(step=Step.JUDGE, reason=FailureReason.MALFORMED, message=message)
    return None


def _change(outcome: _Decided, now: datetime, analyst: str) -> Change:
    return Change(
        claim_id=outcome.before.id,
        claim=outcome.before.text,
        old_label=outcome.before.label,
        new_label=outcome.finding.label,
        documents=tuple(map(Cause.of, outcome.added)),
        changed_at=now,
        analyst=analyst,
    )


def _next(
    report: Report,
    known: OriginsKnown,
    outcomes: Sequence[_Decided | _Waiting],
    heard: Sequence[Testimony],
    searching: Usage,
) -> Report:
    findings = tuple(one.finding for one in outcomes)
    labels = Counter(finding.label for finding in findings)
    decided = [one for one in outcomes if isinstance(one, _Decided)]
    added = [item for one in decided for item in one.added]
    replaced = frozenset().union(*(one.replaces for one in heard if _spoke(one, added)))
    refused = report.dropped.evidence_without_quote + sum(one.refused for one in decided)
    return report.model_copy(
        update={
            "claims": findings,
            "origins": merged_cards(report.origins, known.cards(added), replaced),
            "counts": Counts(
                **{label.value: count for label, count in labels.items() if label is not None}, failed=labels[None]
            ),
            "dropped": report.dropped.model_copy(update={"evidence_without_quote": refused}),
            "usage": _usage(report.usage, searching, sum((one.usage for one in heard), start=Usage())),
        }
    )


def _usage(before: TotalUsage, searching: Usage, judging: Usage) -> TotalUsage:
    later = {Step.RETRIEVE: searching, Step.JUDGE: judging}
    by_step = before.by_step | {step: before.by_step.get(step, Usage()) + spent for step, spent in later.items()}
    return TotalUsage(**dict(before + searching + judging), by_step=by_step)
