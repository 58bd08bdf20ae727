"""Suite `end_to_end`: whole stories through the whole graph, beside what a careful reader finds."""

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from agent.models import Label, Report, Usage
from evals.analyst.finding import find, origins_right, unread_at
from evals.data.sets import choose
from evals.data.stories import GoldClaim, Story, stories
from evals.running.asking import Said, answer_of, ask, reason
from evals.running.items import Item
from evals.running.opened import verify_with
from evals.running.scoring import figures, to_score


@task
def end_to_end(
    data: str | None = None,
    sets: str | None = None,
    split: str = "dev",
    limit: int | None = None,
    analyst: str = "auto",
    model: str | None = None,
) -> Task:
    """Article and coverage in; the report out. One sample is a story, one item a claim of it."""
    told = stories(choose(data, sets, split, limit))[:limit]
    samples = [
        Sample(id=story.name, input=story.article.text, metadata={"story": story.model_dump(mode="json")})
        for story in told
    ]
    return Task(
        dataset=MemoryDataset(samples, name="end_to_end"), solver=verifying(analyst, model), scorer=report_right()
    )


@solver
def verifying(analyst: str = "auto", model: str | None = None) -> Solver:
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        return await ask(state, verify(Story.model_validate(state.metadata["story"]), analyst, model))

    return solve


async def verify(story: Story, analyst: str, model: str | None) -> tuple[Report, Usage]:
    report = await verify_with(story.article, story.coverage, analyst, model)
    return report, report.usage.whole


@scorer(metrics=[figures("end_to_end")])
def report_right() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        story = Story.model_validate(state.metadata["story"])
        answer = answer_of(state, Report)
        items = [_item(story, gold, answer) for gold in story.claims]
        first = items[0].model_copy(update={"spent": answer.spent})
        return to_score([first, *items[1:]], explanation=answer.message)

    return score


def _item(story: Story, gold: GoldClaim, answer: Said[Report]) -> Item:
    item = Item(id=gold.id, dataset=story.name, lang=story.article.language)
    if answer.said is None:
        return item.model_copy(update={"failure": answer.failure})
    finding = find(answer.said, gold)
    if finding is None:
        unread = unread_at(answer.said, gold)
        failed = {"failure": reason(unread)} if unread else {"values": {"found": 0.0}}
        return item.model_copy(update=failed)
    if finding.label is None:
        return item.model_copy(update={"failure": reason(finding.failure)})
    accepted = finding.label in (gold.label, *gold.also_accepted)
    values = {
        "found": 1.0,
        "origins_right": float(origins_right(story, gold, finding)),
        "wrongly_contested": float(finding.label is Label.CONTESTED and not accepted),
    }
    return item.model_copy(
        update={"gold": gold.label, "answer": gold.label if accepted else finding.label, "values": values}
    )
