"""A report beside what a careful reader found: which claim is which, and whether the right ones were heard."""

from agent.models import Failure, Finding, Report, Span, Stance
from agent.text.quotes import anchors
from evals.data.stories import GoldClaim, Story

# The share of a gold quote that a claim's spans must hold to be that claim.
_SAME_PLACE = 0.5


def find(report: Report, gold: GoldClaim) -> Finding | None:
    """The claim of the report that holds most of the gold quote."""
    place = anchors(report.article.text).find(gold.quote)
    if place is None:
        return None
    held = {claim.id: max(_held(place, span) for span in claim.spans) for claim in report.claims}
    best = max(report.claims, key=lambda claim: held[claim.id], default=None)
    return best if best is not None and held[best.id] >= _SAME_PLACE else None


def _held(place: Span, span: Span) -> float:
    common = min(place.end, span.end) - max(place.start, span.start)
    return max(0, common) / (place.end - place.start)


def unread_at(report: Report, gold: GoldClaim) -> Failure | None:
    """Why the stretch that holds the quote was not read; None when it was."""
    place = anchors(report.article.text).find(gold.quote)
    holding = (part for part in report.unread if place and part.span.start <= place.start < part.span.end)
    return next((part.failure for part in holding), None)


def origins_right(story: Story, gold: GoldClaim, finding: Finding) -> bool:
    """All that must be heard on each side was, and nobody was who may not be."""
    sides = (
        (Stance.SUPPORTS, {*gold.supported_by}, {*gold.may_support}),
        (Stance.CONTRADICTS, {*gold.contradicted_by}, {*gold.may_contradict}),
    )
    return all(must <= _origins_with(story, finding, stance) <= must | may for stance, must, may in sides)


def _origins_with(story: Story, finding: Finding, stance: Stance) -> set[str]:
    """The gold origins of the independent coverage with that stance."""
    names = {url: origin.id for origin in story.origins for url in origin.documents}
    return {
        names.get(item.passage.url or "", item.origin)
        for item in finding.evidence
        if item.stance is stance and item.source == "coverage" and item.independent
    }
