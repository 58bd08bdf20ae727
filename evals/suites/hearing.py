"""Suite `hearing`: is the coverage that decides a claim put to the judge? See `evals.coverage.hearing`."""

import tempfile
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from agent.app import open_embedder
from agent.errors import BadInput
from agent.models import Usage
from evals.coverage.hearing import StoryHeard, hear, settings_for
from evals.data.needs import NewsStory, known_in, load_news, news_of
from evals.data.sets import Choice, choose
from evals.data.stories import stories
from evals.running.asking import Said, answer_of, ask
from evals.running.items import Item
from evals.running.opened import settings_in
from evals.running.scoring import figures, to_score
from evals.servers.reader import run_reader


@task
def hearing(
    data: str | None = None,
    sets: str | None = None,
    split: str = "dev",
    limit: int | None = None,
    analyst: str = "auto",
    model: str | None = None,
) -> Task:
    """Article and coverage in; what was put to the judge out. One sample is a story, one item an origin that a claim
    needs. The reader stands in for every analyst."""
    samples = [
        Sample(id=one.name, input=one.article.text, metadata={"story": one.model_dump(mode="json")})
        for one in _stories(choose(data, sets, split, limit))[:limit]
    ]
    return Task(dataset=MemoryDataset(samples, name="hearing"), solver=listening(), scorer=all_heard())


def _stories(choice: Choice) -> list[NewsStory]:
    found = [news_of(one) for one in stories(choice, required=False)]
    if choice.data is not None and (names := [name for name in known_in(choice.data) if choice.wants(name)]):
        found += load_news(choice.data, names)
    if not found:
        raise BadInput("there is no story whose needs are known")
    return found


@solver
def listening() -> Solver:
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        return await ask(state, _run_story(NewsStory.model_validate(state.metadata["story"])))

    return solve


async def _run_story(story: NewsStory) -> tuple[StoryHeard, Usage]:
    with tempfile.TemporaryDirectory(prefix="isnad-eval-") as folder, run_reader([story]) as reader:
        settings = settings_for(story, reader, settings_in(Path(folder), "auto", None))
        async with open_embedder(settings) as embedder:
            return await hear(story, (), reader, settings, embedder), Usage()


@scorer(metrics=[figures("hearing")])
def all_heard() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        return to_score(_items(NewsStory.model_validate(state.metadata["story"]), answer_of(state, StoryHeard)))

    return score


def _items(story: NewsStory, answer: Said[StoryHeard]) -> list[Item]:
    items = []
    for number, need in enumerate(story.needs):
        known = Item(id=f"{need.claim}/{number}", dataset=story.name, lang=need.language, failure=answer.failure)
        if answer.said is not None:
            met = float(answer.said.needs[number].heard)
            kind = "heard_within" if need.language == story.article.language else "heard_across"
            known = known.model_copy(update={"values": {"heard": met, kind: met}})
        items.append(known)
    if answer.said is not None:
        # Of the whole story, told once.
        cost = {"pairs": float(answer.said.pairs), "claims": float(answer.said.claims)}
        items[0] = items[0].model_copy(update={"values": items[0].values | cost, "spent": answer.spent})
    return items
