"""The state that flows through the graph. To every list that parallel steps write, steps only add."""

from operator import add
from typing import Annotated, TypedDict

from agent.coverage.search.found import Retrieved, ReviewLead
from agent.models import AnalystInfo, Article, Claim, Draft, Failure, Frozen, Judgement, Part, Report, Usage, Witness
from agent.verify.reviewed import ReviewComparison


class PartReading(Frozen):
    """What was extracted from one part of the article, or why that failed. Times are seconds since the epoch."""

    part: Part
    drafts: tuple[Draft, ...] = ()
    failure: Failure | None = None
    usage: Usage = Usage()
    started: float
    ended: float


class WitnessAnswer(Frozen):
    """What one witness said of some claims, or why it could not be asked. Times are seconds since the epoch."""

    witness: Witness
    claim_ids: tuple[str, ...]
    judgements: tuple[Judgement, ...] = ()
    taken_from: str = ""
    failure: Failure | None = None
    usage: Usage = Usage()
    started: float
    ended: float


class CoverageSearch(Frozen):
    """What the coverage store found for all claims, or why it failed."""

    found: Retrieved | None = None
    failure: Failure | None = None
    started: float
    ended: float


class Input(TypedDict):
    run_id: str
    article: Article


class State(TypedDict, total=False):
    """The state, and also the type of an update: a step returns only what it changed. `earlier` is the report whose
    claims are checked again, where there is one."""

    run_id: str
    article: Article
    started: float
    analyst: AnalystInfo
    parts: tuple[Part, ...]
    readings: Annotated[list[PartReading], add]
    claims: tuple[Claim, ...]
    without_quote: int
    over_limit: int
    search: CoverageSearch
    heard: Annotated[list[WitnessAnswer], add]
    compared: Annotated[list[ReviewComparison], add]
    earlier: Report
    report: Report


class ReadTask(TypedDict):
    article: Article
    part: Part


class HearTask(TypedDict):
    article: Article
    witness: Witness
    claims: tuple[Claim, ...]


class CompareTask(TypedDict):
    article: Article
    claim: Claim
    reviews: tuple[ReviewLead, ...]


def spent(state: State) -> Usage:
    """What the finished calls of a run have cost so far."""
    search = state.get("search")
    found = search.found.usage if search and search.found else Usage()
    read, heard, compared = state.get("readings", []), state.get("heard", []), state.get("compared", [])
    return sum((*(r.usage for r in read), *(h.usage for h in heard), *(c.usage for c in compared)), start=found)
