"""Suite `origins`: of two texts, is one a copy of the other or a report of its own?"""

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from agent.coverage.origins.groups import compare
from agent.models import Frozen, Usage
from evals.data.records import NearPair
from evals.data.sets import choose, load
from evals.running.asking import answer_of, ask
from evals.running.items import Item
from evals.running.scoring import figures, to_score

COPY, OWN = "copy", "independent"


class Compared(Frozen):
    is_copy: bool


@task
def origins(
    data: str | None = None,
    sets: str | None = None,
    split: str = "dev",
    limit: int | None = None,
    analyst: str = "auto",
    model: str | None = None,
) -> Task:
    """Pairs of texts in; copy or independent out. No analyst is asked: the decision is the store's."""
    pairs = [pair for pair in load(choose(data, sets, split, limit), "neardup", NearPair) if pair.judged]
    samples = [
        Sample(
            id=f"{pair.dataset}/{pair.id}",
            input=f"{pair.text_a}\n\n—\n\n{pair.text_b}",
            target=COPY if pair.is_copy else OWN,
            metadata=pair.model_dump(),
        )
        for pair in pairs
    ]
    return Task(dataset=MemoryDataset(samples, name="origins"), solver=comparing(), scorer=copy_right())


@solver
def comparing() -> Solver:
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        return await ask(state, compared(NearPair.model_validate(state.metadata)))

    return solve


async def compared(pair: NearPair) -> tuple[Compared, Usage]:
    """The one place where this suite touches the store's decision."""
    return Compared(is_copy=compare(pair.text_a, pair.text_b).is_copy), Usage()


@scorer(metrics=[figures("origins")])
def copy_right() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        pair = NearPair.model_validate(state.metadata)
        answer = answer_of(state, Compared)
        gold, said = COPY if pair.is_copy else OWN, None
        values = {}
        if answer.said:
            said = COPY if answer.said.is_copy else OWN
            values = {"missed_copies" if pair.is_copy else "false_copies": float(said != gold)}
        item = Item(
            id=pair.id,
            dataset=pair.dataset,
            lang=pair.lang,
            gold=gold,
            answer=said,
            values=values,
            failure=answer.failure,
            spent=answer.spent,
        )
        return to_score([item], explanation=pair.label)

    return score
