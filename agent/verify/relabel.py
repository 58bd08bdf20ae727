"""From what later documents say to the next version of a report. Pure: the same policy as for a run."""

from collections.abc import Collection, Sequence
from datetime import datetime

from pydantic import Field

from agent.coverage.origins.changed_copies import changed_at
from agent.coverage.origins.roots import roots_told
from agent.models import (
    Claim,
    CloseCoverage,
    Evidence,
    Failure,
    Finding,
    Frozen,
    Gap,
    MatchedReview,
    OriginShare,
    Report,
    Step,
    Usage,
)
from agent.storage.reports import Cause, Change
from agent.verify.close import close_coverage, still_close, with_newer
from agent.verify.depending import counted_summary, taken_before
from agent.verify.evidence import Weighed, copied, credited, weigh
from agent.verify.findings import NOTHING_SAID, beside, counts_of, find, gap_of
from agent.verify.later_summaries import merged_shares, merged_summaries, without
from agent.verify.news import LaterEvidence, LaterJudgements
from agent.verify.reviewed import shown_first, still_published
from agent.verify.sealing import sealed
from agent.verify.summaries import OriginsKnown, origins_known
from agent.verify.turnover import Turnover, is_touched, turnover
from agent.verify.under_review import reviewed_claims, without_reviewed


class Relabelled(Frozen):
    """On `open` claims somebody or something could not be heard, and why: who may change the label leaves it as it
    was."""

    report: Report
    changes: tuple[Change, ...] = ()
    open: dict[str, Failure] = Field(default_factory=dict)


def relabel(report: Report, news: LaterEvidence, now: datetime, analyst: str) -> Relabelled:
    """The report with the labels that the old evidence and the new one earn together, and what changed; `analyst`
    names who heard it."""
    origins = [one.origin for one in news.judged if one.origin] + ([news.copies] if news.copies else [])
    said = credited((one.witness, one.taken_from) for one in news.judged)
    taken = taken_before(report, origins) | said.quotes
    news_of = list({one.id: one for one in origins}.values())
    depending = [one.id for one in report.origins if not one.independent]
    known = origins_known(report.article, news_of, taken, roots_told(report), depending)
    outcomes = [_decided(report, known, finding, news) for finding in report.claims]
    decided = [one for one in outcomes if not isinstance(one, _Waiting)]
    return Relabelled(
        report=_next(report, known, outcomes, news, said.without_quote),
        changes=tuple(_change(one, news, now, analyst) for one in decided if one.changed),
        open={one.finding.id: one.failure for one in outcomes if isinstance(one, _Waiting)} | news.uncompared,
    )


class _Waiting(Frozen):
    """A finding that must wait for somebody who was not heard."""

    finding: Finding
    failure: Failure


class _Decided(Frozen):
    before: Finding
    finding: Finding
    added: tuple[Evidence, ...] = ()
    gone: tuple[Evidence, ...] = ()
    reviews: tuple[MatchedReview, ...] = ()
    reviews_gone: tuple[MatchedReview, ...] = ()
    refused: int = 0
    unheard: int = 0

    @property
    def changed(self) -> bool:
        return self.finding is not self.before


def claim_of(finding: Claim) -> Claim:
    """A finding, or what was set aside, as the claim that it was."""
    return Claim(**{name: getattr(finding, name) for name in Claim.model_fields})


def _decided(report: Report, known: OriginsKnown, finding: Finding, news: LaterEvidence) -> _Decided | _Waiting:
    asked = [one for one in news.judged if finding.id in one.claim_ids]
    if not is_touched(known, finding, news, asked):
        return _reviewed(finding, finding, news, news.departed)
    weighed = _weighed(report, known, finding, asked)
    added = known.with_sources(claim_of(finding), weighed.evidence)
    whole = finding.id in news.whole
    if whole or (finding.id in news.copied and not added and _has_nothing(finding)):
        added = (*added, *copied(report.article, claim_of(finding), known.copies_of_article))
    turn = turnover(known, finding, news, asked, added)
    unheard = next((why for one in asked if (why := one.missing(finding.id))), None)
    after = _found(report, known, finding, news, turn, unheard)
    left = {*news.leaving.get(finding.id, ()), *turn.replaced, *news.departed}
    after = beside(after, _close(report, known, finding, after, news, left), report.article.language)
    if unheard is not None and after.label is None:
        return _Waiting(finding=finding, failure=unheard)
    moved = added or turn.gone or whole or turn.revised
    return _reviewed(finding, after if moved else finding, news, left).model_copy(
        update={
            "added": (*added, *turn.revised),
            "gone": turn.gone,
            "refused": weighed.without_quote,
            "unheard": weighed.unheard,
        }
    )


def _weighed(report: Report, known: OriginsKnown, finding: Finding, asked: Sequence[LaterJudgements]) -> Weighed:
    said = [(one.witness, j) for one in asked for j in one.judgements if j.claim_id == finding.id]
    said = without_reviewed(said, reviewed_claims(known.origins))
    return weigh(report.article, claim_of(finding), said, known.independent, known.roots, known.taken)


def _found(
    report: Report,
    known: OriginsKnown,
    finding: Finding,
    news: LaterEvidence,
    turn: Turnover,
    unheard: Failure | None,
) -> Finding:
    """The claim as the same policy decides it for the evidence that there is now."""
    claim, is_whole = claim_of(finding), finding.id in news.whole
    before = () if is_whole else tuple(e for e in finding.changed_copies if e.document_id not in news.departed)
    changed = tuple(dict.fromkeys((*before, *changed_at(claim, turn.evidence, known.altered))))
    return find(
        claim,
        turn.evidence,
        _shares(known, finding, turn.evidence, turn.fresh, turn.fallen),
        changed,
        report.article.language,
        unheard=unheard,
        gap=_gap(report, finding, news, turn.gone),
    )


def _reviewed(before: Finding, after: Finding, news: LaterEvidence, left: Collection[str]) -> _Decided:
    """With the published fact-checks that there are now; the very same finding where nothing is new."""
    kept = still_published(before, left)
    known = {(one.document_id, one.review.claim) for one in kept}
    came = tuple(one for one in news.reviews.get(before.id, ()) if (one.document_id, one.review.claim) not in known)
    shown = shown_first((*kept, *came)) if came else kept
    if shown != after.reviews:
        after = after.model_copy(update={"reviews": shown})
    return _Decided(
        before=before,
        finding=after,
        reviews=tuple(one for one in came if one in shown),
        reviews_gone=tuple(one for one in before.reviews if one not in kept),
    )


def _close(
    report: Report, known: OriginsKnown, before: Finding, after: Finding, news: LaterEvidence, left: Collection[str]
) -> tuple[CloseCoverage, ...]:
    """What stands in other languages now. A model reads across languages itself: only for the built-in analyst."""
    if report.analyst.kind != "lexical":
        return ()
    old = after.model_copy(update={"close": () if before.id in news.whole else before.close})
    later = close_coverage(after, report.article, news.leads, news.across, known)
    return with_newer(still_close(old, left), later)


def _has_nothing(finding: Finding) -> bool:
    return finding.unsourced_because in NOTHING_SAID and not finding.evidence


def _gap(report: Report, finding: Finding, news: LaterEvidence, gone: Sequence[Evidence]) -> Gap | None:
    if finding.id in news.whole:
        witnesses = [one.witness for one in news.judged if finding.id in one.claim_ids]
        return gap_of(finding.id, news.gaps, witnesses, report.article, report.analyst)
    if gone:
        return news.gaps.get(finding.id, Gap.NOT_MENTIONED)
    return finding.unsourced_because


def _shares(
    known: OriginsKnown,
    finding: Finding,
    evidence: Sequence[Evidence],
    fresh: Sequence[Evidence],
    fallen: Sequence[Evidence],
) -> tuple[OriginShare, ...]:
    standing = {item.origin for item in evidence if item not in fresh}
    remaining = without(finding.origins.by_origin, [item.origin for item in fallen], standing)
    return merged_shares(remaining, known.shares(fresh))


def _change(outcome: _Decided, news: LaterEvidence, now: datetime, analyst: str) -> Change:
    before, after = outcome.before, outcome.finding
    causes = [Cause.of(item) for item in outcome.added]
    if before.id not in news.whole:
        causes += [Cause.of(e, news.departed.get(e.passage.document_id, "superseded")) for e in outcome.gone]
    return Change(
        claim_id=before.id,
        claim=before.text,
        old_label=before.label,
        new_label=after.label,
        old_because=before.unsourced_because,
        new_because=after.unsourced_because,
        documents=tuple(causes),
        reviews=outcome.reviews,
        reviews_gone=outcome.reviews_gone,
        changed_at=now,
        analyst=analyst,
    )


def _next(
    report: Report, known: OriginsKnown, outcomes: Sequence[_Decided | _Waiting], news: LaterEvidence, uncredited: int
) -> Report:
    findings = tuple(one.finding for one in outcomes)
    decided = [one for one in outcomes if isinstance(one, _Decided)]
    added = [item for one in decided for item in one.added]
    gone = frozenset(item.passage.document_id for one in decided for item in one.gone)
    evidence = [item for finding in findings for item in finding.evidence]
    cited, standing = {item.origin for item in evidence}, {item.passage.document_id for item in evidence}
    summaries = merged_summaries(report.origins, known.summaries(added), gone - standing)
    dropped = report.dropped.model_copy(
        update={
            "evidence_without_quote": report.dropped.evidence_without_quote + sum(one.refused for one in decided),
            "sources_without_quote": report.dropped.sources_without_quote
            + uncredited
            + sum(one.unheard for one in decided),
        }
    )
    after = report.model_copy(
        update={
            "claims": findings,
            "origins": tuple(counted_summary(summary, evidence) for summary in summaries if summary.id in cited),
            "counts": counts_of(findings),
            "dropped": dropped,
            "usage": report.usage.with_more(
                {Step.RETRIEVE: news.searching, Step.JUDGE: sum((one.usage for one in news.judged), start=Usage())}
            ),
        }
    )
    seen = (*known.origins, *(lead.origin for lead in news.leads))
    return sealed(after, (document for origin in seen for document in origin.documents))
