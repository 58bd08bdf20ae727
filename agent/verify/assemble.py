"""The report, put together from what a run left in its state. Pure but for the clock."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence

from agent.coverage.origins.changed_copies import changed_at
from agent.coverage.search.found import OriginLead, Retrieved
from agent.messages import load_words
from agent.models import (
    Article,
    Claim,
    Document,
    Dropped,
    Failure,
    Finding,
    MatchedReview,
    Report,
    Searched,
    Step,
    Timings,
    TotalUsage,
    UnreadPart,
    Usage,
)
from agent.verify.close import close_coverage
from agent.verify.depending import taken_before
from agent.verify.evidence import copied, credited, weigh
from agent.verify.findings import beside, counts_of, find, gap_of, missing
from agent.verify.notices import notices
from agent.verify.reviewed import ReviewComparison
from agent.verify.sealing import sealed
from agent.verify.state import State, WitnessAnswer, spent
from agent.verify.summaries import OriginsKnown, origins_known
from agent.verify.under_review import reviewed_claims, without_reviewed


def assemble(state: State) -> Report:
    """The sealed report, made of the state that the steps of a run left."""
    found = state["search"].found if "search" in state else None
    refused: Counter[str] = Counter()
    taken = credited((heard.witness, heard.taken_from) for heard in state.get("heard", []))
    origins = [lead.origin for lead in found.leads] if found else []
    before = taken_before(state["earlier"], origins) if "earlier" in state else {}
    known = origins_known(state["article"], origins, before | taken.quotes)
    findings = tuple(_finding(state, found, known, claim, refused) for claim in state["claims"])
    report = Report(
        run_id=state["run_id"],
        article=state["article"],
        analyst=state["analyst"],
        claims=findings,
        origins=known.summaries(item for finding in findings for item in finding.evidence),
        unread=tuple(UnreadPart(span=r.part.span, failure=r.failure) for r in state.get("readings", []) if r.failure),
        counts=counts_of(findings),
        searched=found.searched if found else Searched(),
        dropped=Dropped(
            claims_without_quote=state["without_quote"],
            claims_over_limit=state["over_limit"],
            evidence_without_quote=refused["evidence"],
            judgements_of_unknown_claims=sum(map(_unknown, state.get("heard", []))),
            sources_without_quote=refused["sources"] + taken.without_quote,
        ),
        notices=(*_notices(state["article"], found), *_uncompared(state)),
        usage=_usage(state),
        timings=_timings(state),
    )
    return sealed(report, _documents(found))


def to_hear(retrieved: Retrieved | None) -> tuple[OriginLead, ...]:
    """The origins that the analyst is asked about. Copies of the article have nothing to add to it."""
    return tuple(item for item in retrieved.leads if not item.origin.copy_of_article) if retrieved else ()


def _finding(
    state: State, found: Retrieved | None, known: OriginsKnown, claim: Claim, refused: Counter[str]
) -> Finding:
    article = state["article"]
    asked = [heard for heard in state.get("heard", []) if claim.id in heard.claim_ids]
    said = [(h.witness, j) for h in asked for j in h.judgements if j.claim_id == claim.id]
    said = without_reviewed(said, reviewed_claims(known.origins))
    weighed = weigh(article, claim, said, known.independent, known.roots, known.taken)
    refused.update(evidence=weighed.without_quote, sources=weighed.unheard)
    evidence = (*known.with_sources(claim, weighed.evidence), *copied(article, claim, known.copies_of_article))
    witnesses = [heard.witness for heard in asked]
    gap = gap_of(claim.id, found.gaps, witnesses, article, state["analyst"]) if found else None
    finding = find(
        claim,
        evidence,
        known.shares(evidence),
        changed_at(claim, evidence, known.altered),
        article.language,
        unheard=_unheard(state, claim, asked),
        gap=gap,
    )
    finding = finding.model_copy(update={"reviews": _reviews(state, claim)})
    if found is None or state["analyst"].kind != "lexical":
        return finding
    close = close_coverage(finding, article, found.leads, found.across, known)
    return beside(finding, close, article.language)


def _reviews(state: State, claim: Claim) -> tuple[MatchedReview, ...]:
    """What was published of the claim before. It comes after the label is decided, and has no part in it."""
    return tuple(one for value in state.get("compared", []) if value.claim_id == claim.id for one in value.reviews)


def _unheard(state: State, claim: Claim, asked: Sequence[WitnessAnswer]) -> Failure | None:
    """The first reason why some witness, or the whole search, is missing for this claim."""
    if "search" in state and state["search"].failure is not None:
        return state["search"].failure
    items = (missing(claim.id, heard.witness.origin, heard.judgements, heard.failure) for heard in asked)
    return next(filter(None, items), None)


def _unknown(heard: WitnessAnswer) -> int:
    return sum(judgement.claim_id not in heard.claim_ids for judgement in heard.judgements)


def _documents(found: Retrieved | None) -> list[Document]:
    return [*_of_leads(found), *found.set_aside] if found else []


def _of_leads(found: Retrieved | None) -> list[Document]:
    return [document for lead in found.leads for document in lead.origin.documents] if found else []


def _notices(article: Article, found: Retrieved | None) -> tuple[str, ...]:
    return notices(article, _of_leads(found), found.set_aside if found else ())


def _uncompared(state: State) -> tuple[str, ...]:
    """That published fact-checks near to some claims could not be compared with them: silence would read as none."""
    failed = [value for value in state.get("compared", []) if value.failure is not None]
    words = load_words(state["article"].language, "reasons")
    return (words("notice_reviews", count=len(failed)),) if failed else ()


def _usage(state: State) -> TotalUsage:
    search = state.get("search")
    by_step = {
        Step.EXTRACT: _sum(reading.usage for reading in state.get("readings", [])),
        Step.RETRIEVE: search.found.usage if search and search.found else Usage(),
        Step.JUDGE: _sum(one.usage for one in _judged(state)),
    }
    return TotalUsage(**dict(spent(state)), by_step=by_step)


def _judged(state: State) -> list[WitnessAnswer | ReviewComparison]:
    return [*state.get("heard", []), *state.get("compared", [])]


def _sum(usages: Iterable[Usage]) -> Usage:
    return sum(usages, start=Usage())


def _timings(state: State) -> Timings:
    steps: dict[str, list[tuple[float, float]]] = {
        Step.EXTRACT: [(r.started, r.ended) for r in state.get("readings", [])],
        Step.RETRIEVE: [(state["search"].started, state["search"].ended)] if "search" in state else [],
        Step.JUDGE: [(one.started, one.ended) for one in _judged(state)],
    }
    by_step = {
        step: max(end for _, end in times) - min(start for start, _ in times)
        for step, times in steps.items()
        if times
    }
    return Timings(total_s=round(time.time() - state["started"], 4), by_step=by_step)
