"""What a search of the coverage gives a run."""

from pydantic import Field

from agent.models import Frozen, Gap, Origin, Passage, Searched, Usage


class Lead(Frozen):
    """One origin to be heard: passages of its witness in order, and the claims that they may bear on."""

    origin: Origin
    passages: tuple[Passage, ...]
    claim_ids: tuple[str, ...]


class Retrieved(Frozen):
    """What the coverage has for some claims. `gaps` tells why a claim has no lead."""

    leads: tuple[Lead, ...] = ()
    gaps: dict[str, Gap] = Field(default_factory=dict)
    searched: Searched = Searched()
    usage: Usage = Usage()
