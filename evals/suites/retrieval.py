"""Suite `retrieval`: does the search of the coverage bring back what bears on a claim?"""

import tempfile
from collections import defaultdict
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from agent.app import open_store
from agent.errors import BadInput
from agent.models import Document, Frozen, Usage
from evals.coverage.ranking import load_relevant, measured
from evals.data.records import CorpusDocument, Query
from evals.data.sets import choose, read, sample
from evals.running.asking import answer_of, ask
from evals.running.items import Item
from evals.running.opened import settings_in
from evals.running.scoring import figures, to_score

_DEPTH = 20
# Passages are found, documents are counted: a long document may take many places.
_PASSAGES = 100


class Ranked(Frozen):
    """For every query its documents, best first, by their ids in the corpus."""

    found: dict[str, tuple[str, ...]]


@task
def retrieval(
    data: str | None = None,
    sets: str | None = None,
    split: str = "dev",
    limit: int | None = None,
    analyst: str = "auto",
    model: str | None = None,
) -> Task:
    """Claims in; ranked documents out. One sample is one set, because its corpus is indexed once."""
    choice = choose(data, sets, split, None)
    folders = [
        path.parent
        for root in choice.roots
        for path in sorted((root / "retrieval").glob("*/queries.jsonl"))
        if choice.wants(path.parent.name)
    ]
    if not folders:
        raise BadInput(f"no retrieval set stands in {', '.join(str(root) for root in choice.roots)}")
    samples = [
        Sample(
            id=folder.name, input=f"the queries of {folder.name}", metadata={"folder": str(folder), "limit": limit}
        )
        for folder in folders
    ]
    return Task(dataset=MemoryDataset(samples, name="retrieval"), solver=searching(), scorer=ranking())


@solver
def searching() -> Solver:
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        return await ask(state, search_all(Path(state.metadata["folder"]), state.metadata["limit"]))

    return solve


async def search_all(folder: Path, limit: int | None) -> tuple[Ranked, Usage]:
    """Fills a store of its own with the corpus and asks it every query."""
    (path,) = folder.glob("corpus.jsonl*")
    names: dict[str, list[str]] = defaultdict(list)
    documents = []
    for one in read(path, CorpusDocument):
        document = Document.of(one.text, title=one.title, language=one.lang)
        names[document.id].append(one.id)
        documents.append(document)
    found = {}
    with tempfile.TemporaryDirectory(prefix="isnad-eval-") as data_dir:
        async with open_store(settings_in(Path(data_dir), "auto", None)) as store:
            await store.add(documents)
            for query in sample(read(folder / "queries.jsonl", Query), limit):
                hits = await store.query(query.text, _PASSAGES)
                ranked = dict.fromkeys(hit.passage.document_id for hit in hits)
                # What stands in the corpus several times takes as many places.
                found[query.id] = tuple(name for document_id in ranked for name in names[document_id])[:_DEPTH]
    return Ranked(found=found), Usage()


@scorer(metrics=[figures("retrieval")])
def ranking() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        folder = Path(state.metadata["folder"])
        answer = answer_of(state, Ranked)
        relevant = load_relevant(folder / "qrels.tsv")
        queries = sample(read(folder / "queries.jsonl", Query), state.metadata["limit"])
        asked = [query for query in queries if relevant.get(query.id)]
        items = [
            Item(
                id=query.id,
                dataset=folder.name,
                lang=query.lang,
                values=measured(answer.said.found[query.id], relevant[query.id]) if answer.said else {},
                failure=answer.failure,
                spent=answer.spent if query is asked[0] else None,
            )
            for query in asked
        ]
        return to_score(items, explanation=answer.message)

    return score
