"""The next version of a report that a person edited: edited claims take their places, all else stays. Pure."""

from collections.abc import Sequence

from agent.models import (
    ClaimEdit,
    Dropped,
    EditKind,
    Finding,
    JudgedText,
    Report,
    SetAside,
    Step,
    Usage,
)
from agent.verify.depending import counted_summary
from agent.verify.editing.planning import EditPlan
from agent.verify.findings import counts_of
from agent.verify.later_summaries import merged_summaries
from agent.verify.sealing import sealed


def edited(report: Report, edit: ClaimEdit, plan: EditPlan, checked: Report | None, read: Usage) -> Report:
    """`checked` is the report on the claims of the plan alone, None where it has none; `read` is what it cost to read
    who speaks."""
    findings = _placed(report, plan, checked.claims if checked else ())
    after = report.model_copy(
        update={
            "claims": findings,
            "counts": counts_of(findings),
            "edits": (*report.edits, edit),
            "set_aside": _set_aside(report, edit),
            "usage": report.usage.with_more({Step.EXTRACT: read} if read.calls else {}),
        }
    )
    if checked is not None:
        after = _with_checked(after, checked)
    evidence = [item for finding in findings for item in finding.evidence]
    cited = {item.origin for item in evidence}
    summaries = tuple(counted_summary(summary, evidence) for summary in after.origins if summary.id in cited)
    return sealed(after.model_copy(update={"origins": summaries}))


def _with_checked(report: Report, checked: Report) -> Report:
    documents: dict[str, JudgedText] = {one.document_id: one for one in (*report.documents, *checked.documents)}
    dropped = {name: getattr(report.dropped, name) + count for name, count in checked.dropped}
    return report.model_copy(
        update={
            "origins": merged_summaries(report.origins, checked.origins, ()),
            "documents": tuple(documents.values()),
            "notices": tuple(dict.fromkeys((*report.notices, *checked.notices))),
            "dropped": Dropped(**dropped),
            "usage": report.usage.with_more(checked.usage.by_step),
        }
    )


def _placed(report: Report, plan: EditPlan, fresh: Sequence[Finding]) -> tuple[Finding, ...]:
    """What keeps its id keeps its place; what is new comes before the first claim that begins later."""
    by_id = {finding.id: finding for finding in fresh}
    gone = {one.id for one in plan.before} - by_id.keys()
    findings = [by_id.pop(one.id, one) for one in report.claims if one.id not in gone]
    for finding in by_id.values():
        start = finding.spans[0].start
        at = next((n for n, one in enumerate(findings) if one.spans[0].start > start), len(findings))
        findings.insert(at, finding)
    return tuple(findings)


def _set_aside(report: Report, edit: ClaimEdit) -> tuple[SetAside, ...]:
    ids = {one.id for one in edit.before}
    kept = [one for one in report.set_aside if one.id not in ids]
    if edit.kind is EditKind.SET_ASIDE:
        fields = {"reason": edit.reason, "who": edit.who, "set_aside_at": edit.edited_at}
        kept += [SetAside(**dict(one), **fields) for one in edit.before]
    return tuple(kept)
