"""What a search of the coverage gives a run."""

from pydantic import Field

from agent.models import Frozen, Gap, Origin, Passage, Searched, Usage


class Found(Frozen):
    """One origin, the passages of its witness that bear on the claims, and the claims that found it."""

    origin: Origin
    passages: tuple[Passage, ...]
    claim_ids: tuple[str, ...]


class Retrieved(Frozen):
    """`gaps` says why a claim found nothing; claims that found something are not in it."""

    found: tuple[Found, ...] = ()
    gaps: dict[str, Gap] = Field(default_factory=dict)
    searched: Searched = Searched()
    usage: Usage = Usage()
