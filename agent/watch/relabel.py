"""From what later documents say to the next version of a report. Pure: the same policy as for a run."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from agent.analyst import Witness
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
    Report,
    Step,
    Usage,
)
from agent.reports import Cause, Change


class Testimony(Frozen):
    """What one origin that came later said of some claims of a report; or why it could not be heard.

    `articles`: how many documents tell it.
    """

    witness: Witness
    independent: bool
    articles: int
    claim_ids: tuple[str, ...]
    judgements: tuple[Judgement, ...] = ()
    failure: Failure | None = None
    usage: Usage = Usage()


class Relabelled(Frozen):
    """`open` claims keep what they had, because somebody who may change it could not be heard, and why."""

    report: Report
    changes: tuple[Change, ...] = ()
    open: dict[str, Failure] = Field(default_factory=dict)


def relabel(report: Report, heard: Sequence[Testimony], now: datetime, analyst: str) -> Relabelled:
    """The report with the labels that the old evidence and the new one earn together, and what changed."""
    findings: list[Finding] = []
    changes: list[Change] = []
    unanswered: dict[str, Failure] = {}
    refused = 0
    for finding in report.claims:
        asked = [testimony for testimony in heard if finding.id in testimony.claim_ids]
        outcome = _decided(report, finding, asked)
        if isinstance(outcome, Failure):
            unanswered[finding.id] = outcome
        else:
            refused += outcome.refused
            if outcome.added:
                changes.append(_change(finding, outcome, now, analyst))
        findings.append(finding if isinstance(outcome, Failure) else outcome.finding)
    return Relabelled(report=_next(report, findings, heard, refused), changes=tuple(changes), open=unanswered)


class _Outcome(Frozen):
    finding: Finding
    added: tuple[Evidence, ...] = ()
    refused: int = 0


def claim_of(finding: Finding) -> Claim:
    """A finding as the claim that it was."""
    return Claim(**{name: getattr(finding, name) for name in Claim.model_fields})


def _decided(report: Report, finding: Finding, asked: Sequence[Testimony]) -> _Outcome | Failure:
    """The finding as it now stands; or why it must wait for somebody who was not heard."""
    independent = frozenset(one.witness.origin for one in asked if one.independent)
    said = [(one.witness, j) for one in asked for j in one.judgements if j.claim_id == finding.id]
    weighed = weigh(report.article, claim_of(finding), said, independent)
    spoke = {item.origin for item in weighed.evidence}
    # One origin speaks once: what a page says now takes the place of what it said before.
    evidence = (*(item for item in finding.evidence if item.origin not in spoke), *weighed.evidence)
    unheard = _unheard(finding, asked)
    verdict = decide(evidence, unheard=finding.failure or unheard, gap=finding.unsourced_because)
    if unheard is not None and verdict.label is None:
        return unheard
    if not weighed.evidence:
        return _Outcome(finding=finding, refused=weighed.without_quote)
    known = {item.origin for item in finding.evidence}
    articles = sum(one.articles for one in asked if one.witness.origin in spoke - known)
    origins = count_origins(evidence, finding.origins.articles + articles)
    changed = {
        "label": verdict.label,
        "rests_on": verdict.rests_on,
        "unsourced_because": verdict.unsourced_because,
        "failure": verdict.failure,
        "explanation": explain(verdict, evidence, origins, report.article.language),
        "evidence": evidence,
        "origins": origins,
    }
    return _Outcome(finding=finding.model_copy(update=changed), added=weighed.evidence, refused=weighed.without_quote)


def _unheard(finding: Finding, asked: Sequence[Testimony]) -> Failure | None:
    for one in asked:
        if one.failure is not None:
            return one.failure
        if finding.id not in {judgement.claim_id for judgement in one.judgements}:
            message = f"the analyst gave no answer about {finding.id} for {one.witness.origin}"
            return Failure(step=Step.JUDGE, reason=FailureReason.MALFORMED, message=message)
    return None


def _change(finding: Finding, outcome: _Outcome, now: datetime, analyst: str) -> Change:
    return Change(
        claim_id=finding.id,
        claim=finding.text,
        old_label=finding.label,
        new_label=outcome.finding.label,
        documents=tuple(map(Cause.of, outcome.added)),
        changed_at=now,
        analyst=analyst,
    )


def _next(report: Report, findings: Sequence[Finding], heard: Sequence[Testimony], refused: int) -> Report:
    labels = Counter(finding.label for finding in findings)
    counted = {label.value: count for label, count in labels.items() if label is not None}
    dropped = report.dropped.evidence_without_quote + refused
    spent = sum((one.usage for one in heard), start=Usage())
    by_step = report.usage.by_step | {Step.JUDGE: report.usage.by_step.get(Step.JUDGE, Usage()) + spent}
    total = Usage(**{name: getattr(report.usage, name) for name in Usage.model_fields}) + spent
    return report.model_copy(
        update={
            "claims": tuple(findings),
            "counts": Counts(**counted, failed=labels[None]),
            "dropped": report.dropped.model_copy(update={"evidence_without_quote": dropped}),
            "usage": report.usage.model_copy(update={**dict(total), "by_step": by_step}),
        }
    )
