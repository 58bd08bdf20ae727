"""Suite `stance`: what one passage says of one claim, asked of the analyst as of any witness."""

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from agent.analyst import Analyst
from agent.models import Article, Claim, Document, Frozen, Judgement, Passage, Span, Stance, Usage, Witness
from evals.data.records import Gold, StancePair
from evals.data.sets import choose, load
from evals.running.asking import answer_of, ask
from evals.running.items import Item
from evals.running.opened import SharedAnalyst, unlimited
from evals.running.scoring import figures, to_score

_GOLD: dict[Stance, Gold] = {
    Stance.SUPPORTS: "supports",
    Stance.CONTRADICTS: "refutes",
    Stance.QUALIFIES: "neither",
    Stance.UNRELATED: "neither",
}


class OneJudgement(Frozen):
    """The one judgement; None when the analyst answered about something else."""

    judgement: Judgement | None


@task
def stance(
    data: str | None = None,
    sets: str | None = None,
    split: str = "dev",
    limit: int | None = None,
    analyst: str = "auto",
    model: str | None = None,
) -> Task:
    """Claim and passage in; supports, refutes or neither out."""
    pairs = load(choose(data, sets, split, limit), "stance", StancePair)
    samples = [
        Sample(id=f"{pair.dataset}/{pair.id}", input=pair.claim, target=pair.label, metadata=pair.model_dump())
        for pair in pairs
    ]
    return Task(dataset=MemoryDataset(samples, name="stance"), solver=judging(analyst, model), scorer=stance_right())


@solver
def judging(analyst: str = "auto", model: str | None = None) -> Solver:
    shared = SharedAnalyst(analyst, model)

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        async with shared.use() as opened:
            return await ask(state, judge_pair(opened, StancePair.model_validate(state.metadata)))

    return solve


async def judge_pair(analyst: Analyst, pair: StancePair) -> tuple[OneJudgement, Usage]:
    """What the passage, heard as the only witness, says of the claim."""
    claim = Claim(id="c1", text=pair.claim, quote=pair.claim, spans=(Span(start=0, end=len(pair.claim)),))
    document = Document.of(pair.passage, language=pair.lang)
    witness = Witness(origin="o1", passages=(Passage.of(document, Span(start=0, end=len(pair.passage))),))
    article = Article(text=pair.claim, language=pair.lang)
    hearing = await analyst.judge(article, witness, (claim,), unlimited())
    return OneJudgement(judgement=next((j for j in hearing.judgements if j.claim_id == "c1"), None)), hearing.usage


@scorer(metrics=[figures("stance")])
def stance_right() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        pair = StancePair.model_validate(state.metadata)
        answer = answer_of(state, OneJudgement)
        judged = answer.said.judgement if answer.said else None
        item = Item(
            id=pair.id,
            dataset=pair.dataset,
            lang=pair.lang,
            gold=pair.label,
            answer=_GOLD[judged.stance] if judged else None,
            failure=None if judged else answer.failure or "no answer",
            spent=answer.spent,
        )
        return to_score([item], explanation=judged.quote if judged else answer.message)

    return score
