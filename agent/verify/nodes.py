"""The steps of a run. Each returns only what changed; a failed call becomes a `Failure`, never a verdict."""

import time
from dataclasses import dataclass
from typing import Protocol

from langgraph.runtime import Runtime
from langgraph.types import Send

from agent.analyst import SENTENCES_PER_PART, Analyst
from agent.analyst.parts import article_witness, cut_parts, even_chunks, own_chunks, sentences_of
from agent.config import Settings
from agent.coverage.search.found import Retrieved
from agent.errors import AnalystError, EndpointRejected, EndpointUnreachable, StoreError
from agent.events import ArticleSplit, ClaimLabelled, ClaimsCollected, CoverageFound, PartRead, WitnessHeard
from agent.models import Article, Budget, Claim, Failure, FailureReason, Step, Usage, Witness
from agent.verify.assemble import assemble, to_hear
from agent.verify.claims import collect as collect_claims
from agent.verify.reviewed import compare as compare_reviews
from agent.verify.reviewed import worth_comparing
from agent.verify.state import (
    CompareTask,
    CoverageSearch,
    HearTask,
    Input,
    PartReading,
    ReadTask,
    State,
    WitnessAnswer,
)
from agent.verify.trusted import with_trusted


class Searcher(Protocol):
    """What a run needs of the coverage store. Raises `StoreError` or `AnalystError`, and never returns less than
    there is."""

    def warm(self) -> None:
        """Loads what a search needs, on a thread beside other work. Raises nothing."""

    async def search(self, article: Article, claims: tuple[Claim, ...], budget: Budget) -> Retrieved: ...


@dataclass(frozen=True)
class RunDeps:
    """What the steps of a run need. The verifier opens and closes it."""

    analyst: Analyst
    coverage: Searcher
    budget: Budget
    settings: Settings
    sentences_per_part: int = SENTENCES_PER_PART


async def split(state: Input, runtime: Runtime[RunDeps]) -> State:
    # LangGraph's own server hands over plain JSON.
    article = Article.model_validate(state["article"])
    parts = cut_parts(article, runtime.context.sentences_per_part)
    runtime.stream_writer(ArticleSplit(parts=len(parts)))
    info = runtime.context.analyst.info
    return {"started": time.time(), "article": article, "analyst": info, "parts": parts}


def each_part(state: State) -> list[Send]:
    """A reading for each part, side by side."""
    return [Send("extract", ReadTask(article=state["article"], part=part)) for part in state["parts"]]


async def extract(state: ReadTask, runtime: Runtime[RunDeps]) -> State:
    """Extracts the drafts of one part. A part that could not be read is reported as a failure. Raises
    `EndpointRejected` and `EndpointUnreachable`, after which the run can be resumed."""
    started = time.time()
    part = state["part"]
    try:
        read = await runtime.context.analyst.extract(state["article"], part, runtime.context.budget)
    except (EndpointRejected, EndpointUnreachable):
        # Nothing was read and nothing can be: the run stops here and can be resumed once the endpoint answers.
        raise
    except AnalystError as err:
        failure = Failure(step=Step.EXTRACT, reason=err.reason, message=str(err))
        reading = PartReading(
            part=part, failure=failure, usage=err.usage or Usage(), started=started, ended=time.time()
        )
    else:
        reading = PartReading(part=part, drafts=read.drafts, usage=read.usage, started=started, ended=time.time())
    runtime.stream_writer(
        PartRead(claims=len(reading.drafts), failed=reading.failure is not None, usage=reading.usage)
    )
    return {"readings": [reading]}


async def collect(state: State, runtime: Runtime[RunDeps]) -> State:
    """The claims of all parts, in the order of the article."""
    readings = sorted(state.get("readings", []), key=lambda reading: reading.part.index)
    drafts = [(reading.part, draft) for reading in readings for draft in reading.drafts]
    collected = collect_claims(state["article"], drafts, runtime.context.settings.max_claims)
    runtime.stream_writer(ClaimsCollected(claims=len(collected.claims)))
    return {
        "claims": collected.claims,
        "without_quote": collected.without_quote,
        "over_limit": collected.over_limit,
    }


def any_claims(state: State) -> str:
    """The next step: without a claim nothing is looked for."""
    return "retrieve" if state["claims"] else "label"


async def retrieve(state: State, runtime: Runtime[RunDeps]) -> State:
    """Searches the coverage for all claims. A search that failed is reported as a failure. Raises
    `EndpointRejected`."""
    started = time.time()
    deps = runtime.context
    try:
        found = await deps.coverage.search(state["article"], state["claims"], deps.budget)
    except StoreError as err:
        failure = Failure(step=Step.RETRIEVE, reason=FailureReason.STORE, message=str(err))
        search = CoverageSearch(failure=failure, started=started, ended=time.time())
    except EndpointRejected:
        raise
    except AnalystError as err:
        failure = Failure(step=Step.RETRIEVE, reason=err.reason, message=str(err))
        search = CoverageSearch(failure=failure, started=started, ended=time.time())
    else:
        search = CoverageSearch(found=found, started=started, ended=time.time())
    runtime.stream_writer(
        CoverageFound(
            origins=len(to_hear(search.found)),
            hearings=len(_to_ask(state, search.found, deps.settings.claims_per_call)),
            failed=search.failure is not None,
            usage=search.found.usage if search.found else Usage(),
        )
    )
    return {"search": search}


def each_witness(state: State, runtime: Runtime[RunDeps]) -> list[Send] | str:
    """A hearing for each origin and some claims, and a comparison for each claim with fact-checks, side by side."""
    article, found = state["article"], state["search"].found
    asked = _to_ask(state, found, runtime.context.settings.claims_per_call)
    tasks = [Send("judge", HearTask(article=article, witness=w, claims=c)) for w, c in asked]
    for claim in state["claims"]:
        if reviews := worth_comparing(article, claim, found.reviews if found else ()):
            tasks.append(Send("compare", CompareTask(article=article, claim=claim, reviews=reviews)))
    return tasks or "label"


def _to_ask(state: State, found: Retrieved | None, most: int) -> list[tuple[Witness, tuple[Claim, ...]]]:
    """Each origin with at most `most` claims at a time; the article's own sentences are a witness too."""
    article, claims = state["article"], state["claims"]
    asked: list[tuple[Witness, tuple[Claim, ...]]] = []
    if len(sentences_of(article)) > 1:
        asked += [(article_witness(article, chunk), chunk) for chunk in own_chunks(claims, most)]
    for lead in to_hear(found):
        witness = Witness(origin=lead.origin.id, passages=lead.passages)
        mine = [claim for claim in claims if claim.id in lead.claim_ids]
        asked += [(witness, chunk) for chunk in even_chunks(mine, most)]
    return asked


async def judge(state: HearTask, runtime: Runtime[RunDeps]) -> State:
    """Asks one witness about some claims. A call that failed is reported as a failure. Raises `EndpointRejected`."""
    answer = await _answer(state, runtime.context)
    runtime.stream_writer(
        WitnessHeard(
            origin=answer.witness.origin,
            claims=len(answer.claim_ids),
            failed=answer.failure is not None,
            usage=answer.usage,
        )
    )
    return {"heard": [answer]}


async def _answer(state: HearTask, deps: RunDeps) -> WitnessAnswer:
    asked = WitnessAnswer(
        witness=state["witness"],
        claim_ids=tuple(claim.id for claim in state["claims"]),
        started=time.time(),
        ended=time.time(),
    )
    try:
        result = await deps.analyst.judge(state["article"], state["witness"], state["claims"], deps.budget)
    except EndpointRejected:
        raise
    except AnalystError as err:
        failure = Failure(step=Step.JUDGE, reason=err.reason, message=str(err))
        came: dict[str, object] = {"failure": failure, "usage": err.usage or Usage()}
    else:
        came = {"judgements": result.judgements, "taken_from": result.taken_from, "usage": result.usage}
    return asked.model_copy(update={**came, "ended": time.time()})


async def compare(state: CompareTask, runtime: Runtime[RunDeps]) -> State:
    """Finds out which published fact-checks are of one claim. Raises `EndpointRejected`."""
    deps = runtime.context
    result = await compare_reviews(deps.analyst, state["article"], state["claim"], state["reviews"], deps.budget)
    return {"compared": [result]}


async def label(state: State, runtime: Runtime[RunDeps]) -> State:
    """The report: each claim with its label."""
    report = with_trusted(assemble(state), runtime.context.settings.sites)
    for finding in report.claims:
        runtime.stream_writer(ClaimLabelled(claim_id=finding.id, label=finding.label))
    return {"report": report}
