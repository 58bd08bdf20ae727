"""Suite `end_to_end`: whole stories through the whole graph, beside what a careful reader finds."""

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from agent.models import Finding, Label, Report, Span, Stance, Usage
from agent.quotes import anchors
from evals.asking import Said, ask, heard, reason
from evals.data.sets import choose
from evals.data.stories import GoldClaim, Story, stories
from evals.items import Item
from evals.opened import verify_with
from evals.scoring import figures, to_score

# The share of a gold quote that a claim's spans must hold to be that claim.
_SAME_PLACE = 0.5


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
    return report, Usage.model_validate(report.usage.model_dump(exclude={"by_step"}))


@scorer(metrics=[figures("end_to_end")])
def report_right() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        story = Story.model_validate(state.metadata["story"])
        answer = heard(state, Report)
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
        unread = _unread(answer.said, gold)
        return item.model_copy(update={"failure": unread} if unread else {"values": {"found": 0.0}})
    if finding.label is None:
        return item.model_copy(update={"failure": reason(finding.failure)})
    accepted = finding.label in (gold.label, *gold.also_accepted)
    values = {
        "found": 1.0,
        "origins_right": float(_origins_right(story, gold, finding)),
        "wrongly_contested": float(finding.label is Label.CONTESTED and not accepted),
    }
    return item.model_copy(
        update={"gold": gold.label, "answer": gold.label if accepted else finding.label, "values": values}
    )


def find(report: Report, gold: GoldClaim) -> Finding | None:
    """The claim of the report that holds most of the gold quote."""
    place = anchors(report.article.text).find(gold.quote)
    if place is None:
        return None
    held = {claim.id: max(_held(place, span) for span in claim.spans) for claim in report.claims}
    best = max(report.claims, key=lambda claim: held[claim.id], default=None)
    return best if best is not None and held[best.id] >= _SAME_PLACE else None


def _held(place: Span, span: Span) -> float:
    common = min(place.end, span.end) - max(place.start, span.start)
    return max(0, common) / (place.end - place.start)


def _unread(report: Report, gold: GoldClaim) -> str | None:
    """Why the stretch that holds the quote was not read; None when it was."""
    place = anchors(report.article.text).find(gold.quote)
    holding = (part for part in report.unread if place and part.span.start <= place.start < part.span.end)
    return next((reason(part.failure) for part in holding), None)


def _origins_right(story: Story, gold: GoldClaim, finding: Finding) -> bool:
    """All that must be heard on each side was, and nobody was who may not be."""
    sides = (
        (Stance.SUPPORTS, {*gold.supported_by}, {*gold.may_support}),
        (Stance.CONTRADICTS, {*gold.contradicted_by}, {*gold.may_contradict}),
    )
    return all(must <= _heard(story, finding, stance) <= must | may for stance, must, may in sides)


def _heard(story: Story, finding: Finding, stance: Stance) -> set[str]:
    """The gold origins of the independent coverage with that stance."""
    names = {url: origin.id for origin in story.origins for url in origin.documents}
    return {
        names.get(item.passage.url or "", item.origin)
        for item in finding.evidence
        if item.stance is stance and item.source == "coverage" and item.independent
    }
