"""Origins and counts that add up, and labels that the evidence earns, by the same policy."""

from collections.abc import Iterator

from agent.models import Finding, Gap, OriginCounts, Report, Stance, Verdict
from agent.verify.auditing.hashes import Outcome
from agent.verify.auditing.records import AuditCheck, AuditFault, AuditProblem
from agent.verify.findings import NOTHING_SAID, counts_of
from agent.verify.policy import count_origins, decide


def check_origins(report: Report) -> Outcome:
    """Every origin that evidence goes back to is told of, and counted as often as the report says."""
    problems = [problem for n, claim in enumerate(report.claims) for problem in _of_claim(claim, f"claims/{n}")]
    summaries = {summary.id: summary for summary in report.origins}
    cited = {item.origin for claim in report.claims for item in claim.evidence}
    if len(summaries) < len(report.origins):
        problems.append(_origin(AuditFault.SAME_ID, "origins"))
    if summaries:
        problems += [_origin(AuditFault.ORIGIN_UNKNOWN, "origins", one) for one in sorted(cited - summaries.keys())]
    for n, summary in enumerate(report.origins):
        if summary.id not in cited:
            problems.append(_origin(AuditFault.ORIGIN_UNUSED, f"origins/{n}", summary.id))
        found = {one.document_id for one in summary.tellings}
        if summary.articles < len(found):
            problems.append(
                _origin(AuditFault.FEWER_ARTICLES, f"origins/{n}/articles", str(summary.articles), str(len(found)))
            )
        if len(found) < len(summary.tellings):
            problems.append(_origin(AuditFault.SAME_ID, f"origins/{n}/tellings"))
    for n, claim in enumerate(report.claims):
        for k, item in enumerate(claim.evidence):
            if item.independent and item.origin in summaries and not summaries[item.origin].independent:
                place = f"claims/{n}/evidence/{k}/independent"
                problems.append(_origin(AuditFault.COUNTS_AS_INDEPENDENT, place))
    return len(report.origins) + len(report.claims), problems


def _of_claim(claim: Finding, place: str) -> Iterator[AuditProblem]:
    value, shares = claim.origins, claim.origins.by_origin
    articles = sum(share.articles for share in shares) if shares else value.articles
    found = count_origins(claim.evidence, articles, shares)
    if value not in (found, _with_article(claim, found)):
        yield _origin(AuditFault.ORIGINS_DIFFER, f"{place}/origins", _counted(value), _counted(found))
    documents: dict[str, set[str]] = {}
    for item in claim.evidence:
        if item.source == "coverage":
            documents.setdefault(item.origin, set()).add(item.passage.document_id)
    for n, share in enumerate(shares):
        if share.origin not in documents:
            yield _origin(AuditFault.ORIGIN_UNUSED, f"{place}/origins/by_origin/{n}", share.origin)
        elif share.articles < len(documents[share.origin]):
            stated, known = str(share.articles), str(len(documents[share.origin]))
            yield _origin(AuditFault.FEWER_ARTICLES, f"{place}/origins/by_origin/{n}", stated, known)
    if shares:
        known_shares = {share.origin for share in shares}
        for one in documents.keys() - known_shares:
            yield _origin(AuditFault.ORIGIN_UNKNOWN, f"{place}/origins/by_origin", one)
        if len(known_shares) < len(shares):
            yield _origin(AuditFault.SAME_ID, f"{place}/origins/by_origin")


def _with_article(claim: Finding, counts: OriginCounts) -> OriginCounts:
    """As earlier versions counted: an article that contradicts itself was one more against the claim."""
    own = any(item.source == "article" and item.stance is Stance.CONTRADICTS for item in claim.evidence)
    return counts.model_copy(update={"contradicting": counts.contradicting + own})


def check_labels(report: Report) -> Outcome:
    """The label of every claim, decided anew from its evidence."""
    problems = []
    for n, claim in enumerate(report.claims):
        verdict = Verdict(**{name: getattr(claim, name) for name in Verdict.model_fields})
        # Why nothing was found is told by the search, and by nothing that stands in the report.
        gap: Gap | None = claim.unsourced_because if claim.unsourced_because in NOTHING_SAID else None
        found = decide(claim.evidence, unheard=claim.failure, gap=gap)
        if verdict != found:
            problems.append(
                AuditProblem(
                    check=AuditCheck.LABELS,
                    fault=AuditFault.LABEL_DIFFERS,
                    place=f"claims/{n}/label",
                    told=_decided(verdict),
                    found=_decided(found),
                )
            )
    return len(report.claims), problems


def check_counts(report: Report) -> Outcome:
    """How many claims have each label."""
    found = counts_of(report.claims)
    if found == report.counts:
        return 1, []
    value, known = (" ".join(f"{name} {count}" for name, count in counts) for counts in (report.counts, found))
    problem = AuditProblem(
        check=AuditCheck.COUNTS, fault=AuditFault.TOTALS_DIFFER, place="counts", told=value, found=known
    )
    return 1, [problem]


def _counted(counts: OriginCounts) -> str:
    return f"{counts.articles} · +{counts.supporting} −{counts.contradicting}"


def _decided(verdict: Verdict) -> str:
    why = verdict.rests_on or verdict.unsourced_because
    label = verdict.label or "failed"
    return f"{label} · {why}" if why else str(label)


def _origin(fault: AuditFault, place: str, text: str = "", found: str = "") -> AuditProblem:
    return AuditProblem(check=AuditCheck.ORIGINS, fault=fault, place=place, told=text[:200], found=found[:200])
