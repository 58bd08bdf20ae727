"""Applies to earlier evidence what a later answer says of its witness: that it has the matter from the article's
outlet. Pure."""

from collections.abc import Iterable, Sequence

from agent.models import Dependence, Evidence, Origin, OriginSummary, Report


def taken_before(report: Report, origins: Iterable[Origin]) -> dict[str, str]:
    """The origins, among some, of which an earlier answer found that they have the matter from the article's
    outlet."""
    known = {
        item.passage.document_id
        for finding in report.claims
        for item in finding.evidence
        if item.dependence is Dependence.TAKEN_FROM_ARTICLE
    }
    quotes = {one.document_id: one.quote for summary in report.origins for one in summary.tellings if one.quote}
    return {one.id: quotes.get(one.witness.id, "") for one in origins if one.witness.id in known}


def depending(item: Evidence) -> Evidence:
    """The same evidence, as that of a witness which has the matter from the article's outlet."""
    if not item.independent:
        return item
    return item.model_copy(update={"independent": False, "dependence": Dependence.TAKEN_FROM_ARTICLE})


def counted_summary(summary: OriginSummary, evidence: Sequence[Evidence]) -> OriginSummary:
    """The same summary. It is not independent where all of its evidence depends on the article."""
    mine = [item for item in evidence if item.origin == summary.id]
    depends = all(item.dependence is Dependence.TAKEN_FROM_ARTICLE for item in mine)
    return summary.model_copy(update={"independent": summary.independent and not depends})
