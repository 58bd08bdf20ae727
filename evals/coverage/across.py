"""Set `across`: whether a text is found by its translation, by the vectors alone.

Made of DIR/stance/xnli_ar and xnli_en, which are translations of each other, line by line: a claim among the claims
of the other language, a sentence among passages of four sentences, and a sentence among all sentences of both
languages but itself. Beside them every set of translations in DIR/parallel (`Translation` lines), in any two
languages: a text among those of the other. What is printed is how often the counterpart is the nearest.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from agent.coverage.embedding.embed import Embedder, Purpose, Unlimited
from agent.coverage.index.vectors import matrix_of, part_of, unit
from evals.data.records import StancePair, Translation
from evals.data.sets import read

ACROSS = "across"
_PASSAGE = 4
_ONE, _OTHER = "ar", "en"

Matrix = npt.NDArray[np.float32]


class Crossing(BaseModel):
    """How often the nearest of a pool is the counterpart of what was asked."""

    task: str
    asked: int
    pool: int
    accuracy: float


class Parallel(BaseModel):
    """Texts of two languages; those of one place are translations of each other."""

    claims: tuple[list[str], list[str]]
    sentences: tuple[list[str], list[str]]


def load_parallel(data: Path) -> Parallel | None:
    """What both parts of xnli hold, in their order; None where one of them is missing."""
    paths = [data / "stance" / f"xnli_{lang}.dev.jsonl" for lang in (_ONE, _OTHER)]
    if not all(path.exists() for path in paths):
        return None
    one, other = (
        {pair.id.partition(f"-{lang}-")[2]: pair for pair in read(path, StancePair)}
        for lang, path in zip((_ONE, _OTHER), paths, strict=True)
    )
    shared = [(one[key], other[key]) for key in one if key in other]
    sentences = list(dict.fromkeys((a.passage, b.passage) for a, b in shared))
    return Parallel(
        claims=([a.claim for a, _ in shared], [b.claim for _, b in shared]),
        sentences=([a for a, _ in sentences], [b for _, b in sentences]),
    )


class Translations(BaseModel):
    """Texts of one language and what they are in another, in the same order; no text stands twice."""

    name: str
    languages: tuple[str, str]
    texts: tuple[list[str], list[str]]


def load_translations(data: Path) -> list[Translations]:
    """The sets in DIR/parallel, each of two languages."""
    found = []
    for path in sorted((data / "parallel").glob("*.jsonl*")):
        lines = read(path, Translation)
        for languages in dict.fromkeys((one.lang, one.other_lang) for one in lines):
            # Nobody could tell apart what stands twice.
            forward = {one.text: one.other for one in lines if (one.lang, one.other_lang) == languages}
            back = {other: text for text, other in forward.items()}
            name = path.name.partition(".")[0]
            found.append(Translations(name=name, languages=languages, texts=([*back.values()], [*back])))
    return found


async def measure_translations(sets: Sequence[Translations], embedder: Embedder) -> list[Crossing]:
    """Both ways, compared as a store does it."""
    crossings = []
    for one in sets:
        for asked, pool in ((0, 1), (1, 0)):
            task = f"{one.name}, {one.languages[asked]}→{one.languages[pool]}"
            queries = await _rows(embedder, one.texts[asked], Purpose.QUERY)
            crossings.append(_crossing(task, _across(embedder, queries, await _rows(embedder, one.texts[pool]))))
    return crossings


async def measure_across(parallel: Parallel, embedder: Embedder) -> list[Crossing]:
    """Compared as a store does it: between two languages by the columns that compare these."""

    async def rows(texts: Sequence[str], purpose: Purpose = Purpose.PASSAGE) -> Matrix:
        return await _rows(embedder, texts, purpose)

    def across(some: Matrix, others: Matrix) -> Matrix:
        return _across(embedder, some, others)

    ours, theirs = parallel.claims
    one, other = parallel.sentences
    whole = len(other) // _PASSAGE * _PASSAGE
    passages = await rows([" ".join(other[at : at + _PASSAGE]) for at in range(0, whole, _PASSAGE)])
    asked, own = await rows(one, Purpose.QUERY), await rows(one)
    return [
        _crossing(f"claims, {_ONE}→{_OTHER}", across(await rows(ours, Purpose.QUERY), await rows(theirs))),
        _crossing(f"claims, {_OTHER}→{_ONE}", across(await rows(theirs, Purpose.QUERY), await rows(ours))),
        _crossing(f"sentence→passage, {_ONE}→{_OTHER}", across(asked[:whole], passages), of_each=_PASSAGE),
        _crossing(
            f"both languages in the pool, {_ONE}→{_OTHER}", _mixed(across(asked, await rows(other)), asked, own)
        ),
    ]


async def _rows(embedder: Embedder, texts: Sequence[str], purpose: Purpose = Purpose.PASSAGE) -> Matrix:
    return matrix_of((await embedder.embed(texts, purpose=purpose, budget=Unlimited())).rows)


def _across(embedder: Embedder, some: Matrix, others: Matrix) -> Matrix:
    return part_of(some, embedder.traits.across) @ part_of(others, embedder.traits.across).T


def _mixed(across: Matrix, asked: Matrix, own: Matrix) -> Matrix:
    """A row for each text: its likeness to all of the other language, then to all but itself of its own."""
    within = unit(asked) @ unit(own).T
    np.fill_diagonal(within, -1.0)
    return np.hstack([across, within])


def _crossing(task: str, likeness: Matrix, *, of_each: int = 1) -> Crossing:
    """`of_each`: so many rows in turn have the same counterpart."""
    # A row of zeros is as near to everything: it has found nothing.
    found = [int(row.argmax()) if row.max() > 0 else -1 for row in likeness]
    right = sum(place == number // of_each for number, place in enumerate(found))
    return Crossing(task=task, asked=len(likeness), pool=likeness.shape[1], accuracy=right / len(likeness))


def show_across(crossings: Sequence[Crossing], console: Console) -> None:
    table = Table("across languages", "asked", "pool", "accuracy@1")
    for one in crossings:
        table.add_row(one.task, str(one.asked), str(one.pool), f"{one.accuracy:.3f}")
    console.print(table)
