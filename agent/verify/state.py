"""What flows through the graph. Every list that parallel steps write is only ever added to."""

from operator import add
from typing import Annotated, TypedDict

from agent.coverage.search.found import Retrieved, ReviewLead
from agent.models import AnalystInfo, Article, Claim, Draft, Failure, Frozen, Judgement, Part, Report, Usage, Witness
from agent.verify.reviewed import ReviewComparison


class PartReading(Frozen):
    """One part of the article, read; or the reason why not. Times are seconds since the epoch."""

    part: Part
    drafts: tuple[Draft, ...] = ()
    failure: Failure | None = None
    usage: Usage = Usage()
    started: float
    ended: float


class WitnessAnswer(Frozen):
    """What one witness said of some claims; or the reason why it could not be heard."""

    witness: Witness
    claim_ids: tuple[str, ...]
    judgements: tuple[Judgement, ...] = ()
    taken_from: str = ""
    failure: Failure | None = None
    usage: Usage = Usage()
    started: float
    ended: float


class CoverageSearch(Frozen):
    """What the coverage store gave for all claims; or the reason why it gave nothing."""

    found: Retrieved | None = None
    failure: Failure | None = None
    started: float
    ended: float


class Input(TypedDict):
    run_id: str
    article: Article


class State(TypedDict, total=False):
    """Also the type of an update: a step returns only what it changed. `earlier` is the report of which some claims
    are checked again, where they are."""

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
