"""Suite `extraction`: does the analyst find the claims that people find, in words that stand by themselves?"""

import asyncio

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from agent.analyst import Analyst
from agent.analyst.parts import cut_parts
from agent.config import load_settings
from agent.models import Article, Usage
from agent.verify.claims import collect
from evals.analyst.matching import Extracted, measured
from evals.data.records import Decomposition, GoldAttribution
from evals.data.sets import Choice, choose, files_of, load
from evals.data.stories import stories
from evals.running.asking import answer_of, ask
from evals.running.items import Item
from evals.running.opened import SharedAnalyst, unlimited
from evals.running.scoring import figures, to_score


@task
def extraction(
    data: str | None = None,
    sets: str | None = None,
    split: str = "dev",
    limit: int | None = None,
    analyst: str = "auto",
    model: str | None = None,
) -> Task:
    """Texts in; claims out, matched one to one with those that people found."""
    samples = [
        Sample(id=f"{one.dataset}/{one.id}", input=one.context, target=list(one.claims), metadata=one.model_dump())
        for one in _texts(choose(data, sets, split, limit))
    ]
    return Task(
        dataset=MemoryDataset(samples, name="extraction"), solver=extracting(analyst, model), scorer=matched()
    )


def _texts(choice: Choice) -> list[Decomposition]:
    texts = load(choice, "decomposition", Decomposition) if files_of(choice, "decomposition") else []
    told = [
        Decomposition(
            id=story.name,
            dataset=story.name,
            lang=story.article.language,
            context=story.article.text,
            claims=tuple(claim.quote for claim in story.claims),
            attributions=tuple(GoldAttribution(speaker=c.speaker, source=c.source) for c in story.claims),
        )
        for story in stories(choice, required=not texts)
    ]
    return [*texts, *told]


@solver
def extracting(analyst: str = "auto", model: str | None = None) -> Solver:
    shared = SharedAnalyst(analyst, model)

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        async with shared.use() as opened:
            return await ask(state, extract(opened, Decomposition.model_validate(state.metadata)))

    return solve


async def extract(analyst: Analyst, text: Decomposition) -> tuple[Extracted, Usage]:
    """All claims of the text, read in parts and collected as a run does it."""
    article = Article(text=text.context, language=text.lang)
    settings = load_settings()
    parts = cut_parts(article)
    read = await asyncio.gather(*(analyst.extract(article, part, unlimited()) for part in parts))
    drafts = [(part, draft) for part, one in zip(parts, read, strict=True) for draft in one.drafts]
    collected = collect(article, drafts, settings.max_claims)
    usage = sum((one.usage for one in read), start=Usage())
    said = Extracted(drafts=len(drafts), without_quote=collected.without_quote, claims=collected.claims)
    return said, usage


@scorer(metrics=[figures("extraction")])
def matched() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        text = Decomposition.model_validate(state.metadata)
        answer = answer_of(state, Extracted)
        item = Item(
            id=text.id,
            dataset=text.dataset,
            lang=text.lang,
            values=measured(text, answer.said) if answer.said else {},
            failure=answer.failure,
            spent=answer.spent,
        )
        told = "\n".join(claim.text for claim in answer.said.claims) if answer.said else answer.message
        return to_score([item], explanation=told)

    return score
