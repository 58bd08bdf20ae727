"""Suite `extraction`: does the analyst find the claims that people find, in words that stand by themselves?"""

import asyncio
import tomllib
from functools import lru_cache
from importlib.resources import files

import numpy as np
from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # ships none

from agent.analyst import Analyst
from agent.claims import collect
from agent.config import load_settings
from agent.models import Article, Claim, Frozen, Usage
from agent.parts import cut_parts
from agent.text import fold
from evals.asking import ask, heard
from evals.data.records import Decomposition, GoldAttribution
from evals.data.sets import Choice, choose, files_of, load
from evals.data.stories import stories
from evals.items import Item
from evals.opened import SharedAnalyst, unlimited
from evals.scoring import figures, to_score

# Of 100: two wordings with this much in common tell the same, two names are of one speaker.
_ALIKE = 60.0
_SAME_SPEAKER = 80.0


class Extracted(Frozen):
    """`drafts` is the number of claims proposed, `claims` are those whose quote stands in the text."""

    drafts: int
    without_quote: int
    claims: tuple[Claim, ...]


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
    parts = cut_parts(article, settings.sentences_per_part)
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
        answer = heard(state, Extracted)
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


def measured(text: Decomposition, said: Extracted) -> dict[str, float]:
    """Counts, of which the figures are ratios; only the claims of the asked sentence where there is one."""
    claims = [claim for claim in said.claims if _asked_for(text, claim)]
    pairs = align(claims, text.claims)
    attributed = [(claims[i], text.attributions[j]) for i, j in pairs.items() if j < len(text.attributions)]
    return {
        "found": len(claims),
        "gold": len(text.claims),
        "aligned": len(pairs),
        "drafts": said.drafts,
        "verbatim": said.drafts - said.without_quote,
        "self_contained": sum(is_self_contained(claim.text, text.lang) for claim in claims),
        "attributable": len(attributed),
        "attributed": sum(_same_speaker(claim.attribution.speaker, gold.speaker) for claim, gold in attributed),
    }


def align(claims: list[Claim], gold: tuple[str, ...]) -> dict[int, int]:
    """The best one-to-one matching of claims to gold claims, by their words or those of their quotes."""
    if not claims or not gold:
        return {}
    wanted = [fold(one) for one in gold]
    told = [[fold(claim.text) for claim in claims], [fold(claim.quote) for claim in claims]]
    alike = np.maximum(*(process.cdist(some, wanted, scorer=fuzz.token_sort_ratio) for some in told))
    rows, columns = linear_sum_assignment(alike, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if alike[i, j] >= _ALIKE}


def is_self_contained(claim: str, lang: str) -> bool:
    """What code can see of it: it does not open with a pronoun and names no day by the day it was written."""
    lists = _dependent().get(lang.partition("-")[0])
    words = [word.strip(".,:;!?\"'«»“”،؛؟()") for word in fold(claim).split()]
    if not words or lists is None:
        return bool(words)
    return words[0] not in lists["opening"] and not lists["anywhere"] & set(words)


@lru_cache(maxsize=1)
def _dependent() -> dict[str, dict[str, frozenset[str]]]:
    told = tomllib.loads((files("evals.data") / "dependent.toml").read_text("utf-8"))
    return {
        lang: {kind: frozenset(fold(words).split()) for kind, words in some.items()} for lang, some in told.items()
    }


def _asked_for(text: Decomposition, claim: Claim) -> bool:
    if text.sentence is None:
        return True
    start = text.context.find(text.sentence)
    end = start + len(text.sentence)
    return start >= 0 and any(span.start < end and start < span.end for span in claim.spans)


def _same_speaker(said: str | None, gold: str | None) -> bool:
    if said is None or gold is None:
        return said is gold
    return fuzz.token_set_ratio(fold(said), fold(gold)) >= _SAME_SPEAKER
