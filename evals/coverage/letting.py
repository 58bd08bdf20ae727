"""What the measured floor lets through: `python -m evals.coverage.letting --data DIR [--embedder words|built-in|e5]`.

Of each retrieval set in DIR/retrieval a small store is filled, in which the product measures its floor. Then half of
the queries (the other half is for choosing) are held against its passages: *through* is the part of pairs of a query
and a passage of a document that does not bear on it that reach the floor, *kept* the part of queries whose best
passage of a document that bears on them does. Both by the vectors alone; in a search words bring passages in as well.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from agent.app import open_embedder, open_store
from agent.config import Settings
from agent.coverage.embedding.embed import Floors, Unlimited
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.database import open_database
from agent.coverage.index.rows import WholeRows
from agent.coverage.index.short import ShortRows
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import Rows, cosines
from agent.models import Document
from evals.coverage.ranking import load_relevant
from evals.data.records import CorpusDocument, Query
from evals.data.sets import read

_QUERIES, _OTHERS = 40, 120
_SEED = 3


class Through(BaseModel):
    """What one set's floor does."""

    dataset: str
    embedder: str
    floors: Floors
    through: float
    kept: float
    queries: int


def measure(folder: Path, embedder: str) -> Through:
    """On the second half of the set's queries."""
    (corpus,) = folder.glob("corpus.jsonl*")
    relevant = load_relevant(folder / "qrels.tsv")
    queries = [one for one in read(folder / "queries.jsonl", Query) if one.id in relevant][1::2]
    draw = np.random.default_rng(_SEED)
    asked = [queries[number] for number in sorted(draw.permutation(len(queries))[:_QUERIES])]
    texts = {one.id: one for one in read(corpus, CorpusDocument)}
    wanted = {next(iter(sorted(relevant[one.id]))) for one in asked}
    wanted |= {sorted(texts)[number] for number in draw.permutation(len(texts))[:_OTHERS]}
    given = {name: _document(texts[name]) for name in sorted(wanted)}
    bearing = [{given[name].id for name in relevant[one.id] if name in given} for one in asked]
    with tempfile.TemporaryDirectory(prefix="isnad-eval-") as scratch:
        settings = Settings(data_dir=Path(scratch), embedder=embedder)
        id_, floors, rows = asyncio.run(_filled(settings, list(given.values()), [one.text for one in asked]))
        holders, passages = asyncio.run(_passages(settings))
    likeness = np.array(cosines(rows, passages))
    bears = np.array([[bool(held & some) for held in holders] for some in bearing])
    best = np.where(bears, likeness, -1).max(axis=1)[bears.any(axis=1)]
    return Through(
        dataset=folder.name,
        embedder=id_,
        floors=floors,
        through=float((likeness[~bears] >= floors.within).mean()),
        kept=float((best >= floors.within).mean()),
        queries=len(best),
    )


def _document(one: CorpusDocument) -> Document:
    return Document.of(one.text, title=one.title, language=one.lang)


async def _filled(settings: Settings, documents: Sequence[Document], texts: list[str]) -> tuple[str, Floors, Rows]:
    async with open_store(settings) as coverage:
        await coverage.add(documents)
        rows = (await coverage.embed(texts, Unlimited())).rows
        return coverage.embedder, coverage.floors, rows


async def _passages(settings: Settings) -> tuple[list[set[str]], Rows]:
    """For each passage the documents that hold it, and its vector."""
    async with open_embedder(settings) as embedder:
        traits = embedder.traits
    with open_database(settings) as database:
        index = Index(IndexLocation(settings.data_dir / "chroma"), ShortRows.of(WholeRows(database), traits))
        catalogue = Catalogue(database)
        keys = sorted({key for key, _ in catalogue.spoken_keys()})
        vectors = index.vectors(str(catalogue.fact("space")), keys)
        places = catalogue.with_keys(keys)
        index.close()
    return [{place.document_id for place in places[key]} for key in keys], [vectors[key] for key in keys]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.coverage.letting", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds retrieval/SET/")
    parser.add_argument("--embedder", choices=("built-in", "words", "e5"), default="built-in")
    options = parser.parse_args(arguments)
    for path in sorted((options.data / "retrieval").glob("*/queries.jsonl")):
        print(measure(path.parent, options.embedder).model_dump_json(), flush=True)


if __name__ == "__main__":
    main()
