"""What a run tells while it goes on. Typed, so that every door can show the same progress."""

from typing import Annotated, Literal

from pydantic import Field

from agent.models import Frozen, Label, Report, Usage


class RunStarted(Frozen):
    type: Literal["run_started"] = "run_started"
    run_id: str
    resumed: bool = False


class ArticleSplit(Frozen):
    type: Literal["article_split"] = "article_split"
    parts: int


class PartRead(Frozen):
    """One part of the article was read, or could not be (`failed`)."""

    type: Literal["part_read"] = "part_read"
    claims: int
    failed: bool = False
    usage: Usage = Usage()


class ClaimsCollected(Frozen):
    type: Literal["claims_collected"] = "claims_collected"
    claims: int


class CoverageFound(Frozen):
    """`hearings`: how many times a witness will be asked about some claims."""

    type: Literal["coverage_found"] = "coverage_found"
    origins: int
    hearings: int
    failed: bool = False
    usage: Usage = Usage()


class WitnessHeard(Frozen):
    type: Literal["witness_heard"] = "witness_heard"
    origin: str
    claims: int
    failed: bool = False
    usage: Usage = Usage()


class ClaimLabelled(Frozen):
    type: Literal["claim_labelled"] = "claim_labelled"
    claim_id: str
    label: Label | None


class RunFinished(Frozen):
    type: Literal["run_finished"] = "run_finished"
    report: Report


Event = Annotated[
    RunStarted
    | ArticleSplit
    | PartRead
    | ClaimsCollected
    | CoverageFound
    | WitnessHeard
    | ClaimLabelled
    | RunFinished,
    Field(discriminator="type"),
]
