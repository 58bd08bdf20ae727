"""The cards of a report's origins, with those of what came later. Pure."""

from collections.abc import Collection, Sequence

from agent.models import AGENCY, Bond, OriginShare, OriginSummary

_MOST_TELLINGS = 60


def merged_cards(
    cards: Sequence[OriginSummary], later: Sequence[OriginSummary], replaced: Collection[str]
) -> tuple[OriginSummary, ...]:
    """One card an origin: those that were there, in their order, then new ones. `replaced` documents have newer
    versions among the `later` ones, or left, and are told no more."""
    found = {card.id: _without(card, replaced) for card in cards}
    for card in later:
        found[card.id] = _joined(found[card.id], card) if card.id in found else card
    return tuple(found.values())


def merged_shares(shares: Sequence[OriginShare], later: Sequence[OriginShare]) -> tuple[OriginShare, ...]:
    """How many articles go back to each origin, the most told first."""
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
    """The shares when the word of one article each has fallen from these origins; an origin falls with its last."""
    lost = {name: fallen.count(name) for name in fallen}
    kept = [share for share in shares if share.origin not in lost or share.origin in standing]
    left = [share.model_copy(update={"articles": share.articles - lost.get(share.origin, 0)}) for share in kept]
    return tuple(share for share in left if share.articles > 0)


def _without(card: OriginSummary, replaced: Collection[str]) -> OriginSummary:
    kept = tuple(telling for telling in card.tellings if telling.document_id not in replaced)
    articles = card.articles - (len(card.tellings) - len(kept))
    return card.model_copy(update={"tellings": kept, "articles": articles})


def _joined(card: OriginSummary, later: OriginSummary) -> OriginSummary:
    known = {telling.document_id for telling in card.tellings}
    fresh = [telling for telling in later.tellings if telling.document_id not in known]
    if card.tellings:
        fresh = [one.model_copy(update={"why": _bond(card)}) if one.why is Bond.FIRST else one for one in fresh]
    articles = card.articles + later.articles - (len(later.tellings) - len(fresh))
    return card.model_copy(
        update={
            "tellings": (*card.tellings, *fresh)[:_MOST_TELLINGS],
            "articles": articles,
            "independent": card.independent or later.independent,
        }
    )


def _bond(card: OriginSummary) -> Bond:
    return Bond.SAME_FAMILY if card.id.startswith((AGENCY, "family:")) else Bond.SAME_OUTLET
