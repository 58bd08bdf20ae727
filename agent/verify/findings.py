"""Makes a finding of a claim and its evidence, both in a run and for a report that later documents change."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from agent.coverage.embedding.embed import is_crossing
from agent.models import (
    AnalystInfo,
    Article,
    ChangedCopy,
    Claim,
    CloseCoverage,
    Counts,
    Evidence,
    Failure,
    FailureReason,
    Finding,
    Gap,
    Judgement,
    OriginShare,
    Step,
    Verdict,
    Witness,
)
from agent.text.language import primary_language
from agent.verify.explain import explain
from agent.verify.policy import count_origins, decide

# What a search tells, and no evidence can.
NOTHING_SAID = (Gap.NOT_FOUND, Gap.BELOW_THRESHOLD, Gap.ONLY_SET_ASIDE, Gap.OTHER_LANGUAGE, Gap.NOT_MENTIONED)


def find(
    claim: Claim,
    evidence: Sequence[Evidence],
    shares: Sequence[OriginShare],
    changed: Sequence[ChangedCopy],
    language: str,
    *,
    unheard: Failure | None,
    gap: Gap | None,
) -> Finding:
    """The claim with the label that its evidence earns, and an explanation in the language of the article.

    `shares` give how many articles stand behind each origin. `unheard` and `gap` are as in `decide`.
    """
    value, copies = tuple(evidence), tuple(changed)
    verdict = decide(value, unheard=unheard, gap=gap)
    origins = count_origins(value, sum(share.articles for share in shares), shares)
    return Finding(
        **{name: getattr(claim, name) for name in Claim.model_fields},
        label=verdict.label,
        rests_on=verdict.rests_on,
        unsourced_because=verdict.unsourced_because,
        failure=verdict.failure,
        explanation=explain(verdict, value, origins, language, copies),
        evidence=value,
        origins=origins,
        changed_copies=copies,
    )


def gap_of(
    claim_id: str, gaps: Mapping[str, Gap], heard: Iterable[Witness], article: Article, analyst: AnalystInfo
) -> Gap:
    """Why nothing was said of a claim: by the search's own `gaps`, or by those who were `heard` on it."""
    if claim_id in gaps:
        return gaps[claim_id]
    languages = {
        primary_language(passage.language) for one in heard if not one.is_article for passage in one.passages
    }
    spoken = primary_language(article.language)
    compares_none = analyst.kind == "lexical" and languages and all(is_crossing(spoken, one) for one in languages)
    return Gap.OTHER_LANGUAGE if compares_none else Gap.NOT_MENTIONED


def beside(finding: Finding, close: tuple[CloseCoverage, ...], language: str) -> Finding:
    """The finding with passages that are close in other languages, which its explanation mentions."""
    verdict = Verdict(**{name: getattr(finding, name) for name in Verdict.model_fields})
    reason = explain(verdict, finding.evidence, finding.origins, language, finding.changed_copies, close)
    return finding.model_copy(update={"close": close, "explanation": reason})


def missing(
    claim_id: str, origin: str, judgements: Collection[Judgement], failure: Failure | None = None
) -> Failure | None:
    """Why an origin that was asked about a claim gave no answer. None where it gave one. `failure` is why it could
    not be asked at all."""
    if failure is not None or claim_id in {judgement.claim_id for judgement in judgements}:
        return failure
    message = f"the analyst gave no answer about {claim_id} for {origin}"
    return Failure(step=Step.JUDGE, reason=FailureReason.MALFORMED, message=message)


def counts_of(findings: Iterable[Finding]) -> Counts:
    """How many findings have each label, and how many have none because something failed."""
    labels = Counter(finding.label for finding in findings)
    return Counts(**{label.value: count for label, count in labels.items() if label is not None}, failed=labels[None])
