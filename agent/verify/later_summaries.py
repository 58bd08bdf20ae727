"""Merges the summaries of a report's origins with those of what came later. Pure."""

from collections.abc import Collection, Sequence

from agent.models import AGENCY, Bond, OriginShare, OriginSummary

_MOST_TELLINGS = 60


def merged_summaries(
    summaries: Sequence[OriginSummary], later: Sequence[OriginSummary], replaced: Collection[str]
) -> tuple[OriginSummary, ...]:
    """One summary for each origin: those that were there, in their order, then new ones. `replaced` documents have
    newer versions among the `later` ones, or have left, and are not listed any more."""
    found = {summary.id: _without(summary, replaced) for summary in summaries}
    for summary in later:
        found[summary.id] = _joined(found[summary.id], summary) if summary.id in found else summary
    return tuple(found.values())


def merged_shares(shares: Sequence[OriginShare], later: Sequence[OriginShare]) -> tuple[OriginShare, ...]:
    """How many articles go back to each origin, the largest number first."""
    fields = {share.origin: share.articles for share in shares}
    for share in later:
        fields[share.origin] = fields.get(share.origin, 0) + share.articles
    return tuple(
        OriginShare(origin=name, articles=fields[name])
        for name in sorted(fields, key=lambda name: (-fields[name], name))
    )


def without(
    shares: Sequence[OriginShare], fallen: Sequence[str], standing: Collection[str]
) -> tuple[OriginShare, ...]:
    """The shares after one article each has left these origins. An origin leaves with its last article."""
    lost = {name: fallen.count(name) for name in fallen}
    kept = [share for share in shares if share.origin not in lost or share.origin in standing]
    left = [share.model_copy(update={"articles": share.articles - lost.get(share.origin, 0)}) for share in kept]
    return tuple(share for share in left if share.articles > 0)


def _without(summary: OriginSummary, replaced: Collection[str]) -> OriginSummary:
    kept = tuple(telling for telling in summary.tellings if telling.document_id not in replaced)
    articles = summary.articles - (len(summary.tellings) - len(kept))
    return summary.model_copy(update={"tellings": kept, "articles": articles})


def _joined(summary: OriginSummary, later: OriginSummary) -> OriginSummary:
    known = {telling.document_id for telling in summary.tellings}
    fresh = [telling for telling in later.tellings if telling.document_id not in known]
    if summary.tellings:
        fresh = [one.model_copy(update={"why": _bond(summary)}) if one.why is Bond.FIRST else one for one in fresh]
    articles = summary.articles + later.articles - (len(later.tellings) - len(fresh))
    return summary.model_copy(
        update={
            "tellings": (*summary.tellings, *fresh)[:_MOST_TELLINGS],
            "articles": articles,
            "independent": summary.independent or later.independent,
        }
    )


def _bond(summary: OriginSummary) -> Bond:
    return Bond.SAME_FAMILY if summary.id.startswith((AGENCY, "family:")) else Bond.SAME_OUTLET
