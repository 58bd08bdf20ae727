"""The label policy: evidence in, label out. Pure; no model and no store has a say here."""

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

    `unheard` tells that some witness, or the search itself, failed: then only a label that no further witness
    could change is given, and that is `contested` alone. `gap` tells why retrieval came back without passages; where
    it is not told, some were heard.
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
    """Distinct origins of the coverage on each side. What else the article itself says contests a claim and is
    nobody else: it is counted nowhere."""
    supporting = {e.origin for e in evidence if e.stance is Stance.SUPPORTS and e.independent}
    contradicting = {e.origin for e in evidence if e.stance is Stance.CONTRADICTS and e.source == "coverage"}
    return OriginCounts(
        articles=articles,
        supporting=count_certain(supporting),
        contradicting=count_certain(contradicting),
        by_origin=tuple(by_origin),
    )


def count_certain(origins: Collection[str]) -> int:
    """How many origins these are at least. A report that credits two agencies, or agencies without a name, may be
    one that is counted already."""
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
