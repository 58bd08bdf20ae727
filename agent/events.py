"""The events of a run. They are typed, so that every door can show the same progress."""

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
    """The coverage was searched. `hearings` is how many calls will ask a witness about claims."""

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


class AskedSource(Frozen):
    """A source of coverage, how many questions it answered, and how many addresses it gave. `trouble` is what kept it
    from answering more."""

    name: str
    answered: int = 0
    found: int = 0
    trouble: str | None = None


class Gathering(Frozen):
    """Coverage is looked for. Of the places `found`, `new` ones are fetched: `fetched` could be read, `robots` are
    kept out by their hosts, `refused` are not fetched on principle, `failed` could not be had. `added` stand in the
    store now.

    With `done` it is the last of its kind, and `remarks` tell what became of pages that were not added. `queries` are
    what was asked.
    """

    type: Literal["gathering"] = "gathering"
    sources: tuple[AskedSource, ...] = ()
    queries: tuple[str, ...] = ()
    found: int = 0
    new: int = 0
    fetched: int = 0
    added: int = 0
    robots: int = 0
    refused: int = 0
    failed: int = 0
    done: bool = False
    remarks: tuple[str, ...] = ()
    usage: Usage = Usage()


class RunFinished(Frozen):
    type: Literal["run_finished"] = "run_finished"
    report: Report


Event = Annotated[
    Gathering
    | RunStarted
    | ArticleSplit
    | PartRead
    | ClaimsCollected
    | CoverageFound
    | WitnessHeard
    | ClaimLabelled
    | RunFinished,
    Field(discriminator="type"),
]
