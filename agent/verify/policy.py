"""The label policy: evidence goes in, a label comes out. Pure; neither a model nor the store takes part."""

from collections.abc import Collection, Sequence

from agent.models import (
    AGENCY,
    ANY_AGENCY,
    Dependence,
    Evidence,
    Failure,
    Gap,
    Label,
    OriginCounts,
    OriginShare,
    RestsOn,
    Stance,
    Verdict,
)


def decide(evidence: Sequence[Evidence], *, unheard: Failure | None = None, gap: Gap | None = None) -> Verdict:
    """The label that the evidence earns.

    `unheard` is why a witness or the search failed, where one did. Then only a label is given that no further witness
    could change, and that is `contested` alone. `gap` is why the search found no passages; None where it found some.
    """
    if any(item.stance is Stance.CONTRADICTS for item in evidence):
        return Verdict(label=Label.CONTESTED)
    if unheard is not None:
        return Verdict(label=None, failure=unheard)
    supporting = [item for item in evidence if item.stance is Stance.SUPPORTS]
    independent = [item for item in supporting if item.independent]
    if independent:
        only_repeated = all(item.same_speaker for item in independent)
        rests_on = RestsOn.STATEMENT if only_repeated else RestsOn.CONTENT
        return Verdict(label=Label.CORROBORATED, rests_on=rests_on)
    if any(item.stance is Stance.QUALIFIES for item in evidence):
        return Verdict(label=Label.UNSOURCED, unsourced_because=Gap.ONLY_QUALIFIED)
    if any(item.dependence is Dependence.UNNAMED_SPEAKER for item in supporting):
        return Verdict(label=Label.UNSOURCED, unsourced_because=Gap.ONLY_REPEATED)
    if supporting:
        return Verdict(label=Label.UNSOURCED, unsourced_because=Gap.ONLY_COPIES)
    return Verdict(label=Label.UNSOURCED, unsourced_because=gap or Gap.NOT_MENTIONED)


def count_origins(evidence: Sequence[Evidence], articles: int, by_origin: Sequence[OriginShare] = ()) -> OriginCounts:
    """How many distinct origins of the coverage support a claim and contradict it. Another sentence of the article
    itself may contest a claim, and is not counted."""
    supporting = {e.origin for e in evidence if e.stance is Stance.SUPPORTS and e.independent}
    contradicting = {e.origin for e in evidence if e.stance is Stance.CONTRADICTS and e.source == "coverage"}
    return OriginCounts(
        articles=articles,
        supporting=count_certain(supporting),
        contradicting=count_certain(contradicting),
        by_origin=tuple(by_origin),
    )


def count_certain(origins: Collection[str]) -> int:
    """How many origins these are at least. A report that credits two agencies, or agencies that it does not name, may
    be one that is counted already."""
    agencies = {origin: frozenset(origin.removeprefix(AGENCY).split("+")) for origin in origins if _is_agency(origin)}
    counted = len(origins) - len(agencies)
    known: set[str] = set()
    for some in sorted(agencies.values(), key=lambda some: (ANY_AGENCY in some, len(some), sorted(some))):
        if not known or not (some & known or ANY_AGENCY in some):
            counted += 1
            known |= some
    return counted


def _is_agency(origin: str) -> bool:
    return origin.startswith(AGENCY)
