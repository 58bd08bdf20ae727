"""How well the coverage is searched: Recall@10 and nDCG@10 on retrieval sets that the user has in a folder.

`python -m evals.coverage.retrieval --data DIR` reads DIR/retrieval/*/ (corpus.jsonl[.gz], queries.jsonl, qrels.tsv)
and prints the real store with both legs fused, each of its legs alone, and plain BM25 and TF-IDF of character n-grams
beside them, in one run; with --servers the same store on PostgreSQL and a Chroma server too. *Exact* is the same with
every vector compared, where the graph of neighbours found others: what that graph loses. Documents are ranked whole,
the store's by their best passages. Tuned on these sets, with one value for all of them: the constant of the fusion,
the weight of the built-in vectors, and that words are told with stems.

Set `across` (see `evals.coverage.across`): whether a text is found by its translation, with the embedder of the
settings or another one (`--embedder e5`).

A set takes minutes: with `--keep FILE` what was measured is written there as soon as it is, and what stands there is
not measured again, so that a run that was broken off goes on where it was.
"""

import argparse
import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from statistics import fmean

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from agent.app import open_embedder
from agent.config import load_settings
from agent.coverage.archive import Coverage, open_coverage
from agent.coverage.embedding.built_in import BuiltInEmbedder
from agent.coverage.embedding.embed import Unlimited
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.database import open_database
from agent.coverage.index.lexical import Lexical
from agent.coverage.index.rows import WholeRows
from agent.coverage.index.short import ShortRows
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import Loaded, Near, Rows, merged
from agent.models import Document
from agent.storage import Database
from evals.coverage.across import (
    ACROSS,
    Crossing,
    load_parallel,
    load_translations,
    measure_across,
    measure_translations,
    show_across,
)
from evals.coverage.rankers import Ranker, bm25, bm25_stemmed, tfidf
from evals.coverage.ranking import load_relevant, measured
from evals.data.records import CorpusDocument, Query
from evals.data.sets import read
from evals.servers.stores import Servers, run_servers, settings_on

DEPTH = 10
# Passages are found, documents are counted: a long one may take many places.
_PASSAGES = 400
_FUSED, _VECTORS, _WORDS = "fused", "vectors", "words"
_EXACT = ", exact"
_BESIDE: dict[str, Ranker] = {"BM25": bm25, "BM25, stemmed": bm25_stemmed, "TF-IDF, n-grams": tfidf}


class Measured(BaseModel):
    """What one system reaches on one set, on average over its queries."""

    dataset: str
    system: str
    queries: int
    ndcg: float
    recall: float


class _Set(BaseModel):
    """Documents of the same words are one, under all their names."""

    name: str
    documents: list[CorpusDocument]
    names: list[list[str]]
    queries: list[Query]
    relevant: dict[str, dict[str, float]]


def measure(folder: Path, servers: Servers | None = None) -> list[Measured]:
    """Every system on one set."""
    asked = _load(folder)
    rankings = asyncio.run(_own(asked, None))
    if servers is not None:
        there = asyncio.run(_own(asked, servers))
        rankings |= {f"{system}, servers": order for system, order in there.items()}
    texts = [query.text for query in asked.queries]
    rankings |= {name: ranker(asked.documents, texts, DEPTH) for name, ranker in _BESIDE.items()}
    return [_measured(asked, system, order) for system, order in rankings.items()]


def _measured(asked: _Set, system: str, order: Sequence[Sequence[int]]) -> Measured:
    # What stands in the set several times takes as many places, whichever system found it.
    ranked = [[name for number in some for name in asked.names[number]][:DEPTH] for some in order]
    relevant = [asked.relevant[query.id] for query in asked.queries]
    judged = [measured(*one) for one in zip(ranked, relevant, strict=True)]
    return Measured(
        dataset=asked.name,
        system=system,
        queries=len(judged),
        ndcg=fmean(one[f"ndcg@{DEPTH}"] for one in judged),
        recall=fmean(one[f"recall@{DEPTH}"] for one in judged),
    )


async def _own(asked: _Set, servers: Servers | None) -> dict[str, list[list[int]]]:
    """The store, filled and asked as the product does it; then its legs, each for itself."""
    documents = [Document.of(one.text, title=one.title, language=one.lang) for one in asked.documents]
    numbers = {document.id: number for number, document in enumerate(documents)}
    with tempfile.TemporaryDirectory(prefix="isnad-eval-") as folder:
        settings, embedder = settings_on(servers, Path(folder)), BuiltInEmbedder()
        with open_coverage(settings, embedder) as coverage:
            await coverage.add(documents)
            fused = await _asked(coverage, asked, numbers)
            vectors = await coverage.embed([query.text for query in asked.queries], Unlimited())
        place = IndexLocation(settings.data_dir / "chroma", settings.chroma_url)
        with open_database(settings) as database:
            short = ShortRows.of(WholeRows(database), embedder.traits)
            legs = _legs(database, Index(place, short), asked, vectors.rows, numbers)
            exact = _legs(database, ExactIndex(place, short), asked, vectors.rows, numbers)
            found = {_FUSED: fused, **legs}
            if exact[_VECTORS] != legs[_VECTORS]:
                parts = (Catalogue(database), Lexical(database), ExactIndex(place, short), place)
                found |= {
                    f"{_FUSED}{_EXACT}": await _asked(Coverage(settings, embedder, *parts), asked, numbers),
                    f"{_VECTORS}{_EXACT}": exact[_VECTORS],
                }
        return found


async def _asked(coverage: Coverage, asked: _Set, numbers: Mapping[str, int]) -> list[list[int]]:
    found = [await coverage.query(query.text, DEPTH) for query in asked.queries]
    return [[numbers[one.passage.document_id] for one in some] for some in found]


class ExactIndex(Index):
    """The index of a store, asked by comparing every vector, however many there are."""

    def __init__(self, place: IndexLocation, short: ShortRows | None = None) -> None:
        super().__init__(place, short)
        self._every: dict[str, Loaded] = {}

    def nearest(self, name: str, rows: Rows, limit: int, columns: slice | None) -> list[list[Near]]:
        if name not in self._every:
            self._every[name] = self.held.every(name)
        return self._every[name].nearest(rows, limit, columns)


def _legs(
    database: Database, index: Index, asked: _Set, rows: Sequence[Sequence[float]], numbers: Mapping[str, int]
) -> dict[str, list[list[int]]]:
    catalogue, lexical = Catalogue(database), Lexical(database)
    by_language = index.query(str(catalogue.fact("space")), rows, _PASSAGES)
    near = [merged(some.values(), _PASSAGES) for some in by_language]
    keys = {
        _VECTORS: [[one.key for one in some] for some in near],
        _WORDS: [[one.key for one in lexical.query(query.text, _PASSAGES)] for query in asked.queries],
    }
    index.close()
    places = catalogue.with_keys(key for every in keys.values() for some in every for key in some)
    holders = {key: [numbers[place.document_id] for place in some] for key, some in places.items()}
    return {
        leg: [list(dict.fromkeys(n for key in some for n in holders[key])) for some in every]
        for leg, every in keys.items()
    }


def _load(folder: Path) -> _Set:
    (path,) = folder.glob("corpus.jsonl*")
    by_words: dict[tuple[str | None, str], list[CorpusDocument]] = defaultdict(list)
    for one in read(path, CorpusDocument):
        by_words[one.title, one.text].append(one)
    relevant = load_relevant(folder / "qrels.tsv")
    return _Set(
        name=folder.name,
        documents=[some[0] for some in by_words.values()],
        names=[[one.id for one in some] for some in by_words.values()],
        queries=[query for query in read(folder / "queries.jsonl", Query) if relevant.get(query.id)],
        relevant=relevant,
    )


async def _crossings(data: Path, name: str | None) -> list[Crossing]:
    """With the embedder of the settings, or the one that is named."""
    parallel, sets = load_parallel(data), load_translations(data)
    if parallel is None and not sets:
        return []
    async with open_embedder(load_settings(embedder=name)) as embedder:
        own = await measure_across(parallel, embedder) if parallel else []
        return [*own, *await measure_translations(sets, embedder)]


def _remembered(path: Path | None) -> list[Measured]:
    if path is None or not path.exists():
        return []
    return [Measured.model_validate_json(line) for line in path.read_text("utf-8").splitlines()]


def _measure_each(folders: Sequence[Path], servers: Servers | None, keep: Path | None) -> list[Measured]:
    """What is kept already, and the other sets; each is written down when all of it is measured."""
    known = _remembered(keep)
    names = {one.dataset for one in known}
    measured = [one for one in known if one.dataset in {folder.name for folder in folders}]
    for folder in folders:
        if folder.name not in names:
            found = measure(folder, servers)
            measured += found
            if keep is not None:
                with keep.open("a", encoding="utf-8") as file:
                    file.write("".join(f"{one.model_dump_json()}\n" for one in found))
    return measured


def show(measured: Sequence[Measured], console: Console) -> None:
    systems = [name for name in dict.fromkeys(one.system for one in measured) if not name.endswith(_EXACT)]
    table = Table("nDCG@10 / Recall@10", "queries", *systems)
    lost = Table("nDCG@10 that the graph of neighbours loses", "vectors", "fused")
    for dataset in dict.fromkeys(one.dataset for one in measured):
        row = {one.system: one for one in measured if one.dataset == dataset}
        cells = [f"{row[system].ndcg:.3f} / {row[system].recall:.3f}" for system in systems]
        table.add_row(dataset, str(row[_FUSED].queries), *cells)
        lost.add_row(dataset, *(f"{_lost(row, system):.3f}" for system in (_VECTORS, _FUSED)))
    console.print(table, lost)


def _lost(row: Mapping[str, Measured], system: str) -> float:
    """None, where an exact comparison found the same."""
    exact = row.get(f"{system}{_EXACT}")
    return exact.ndcg - row[system].ndcg if exact else 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.coverage.retrieval", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds retrieval/SET/")
    parser.add_argument(
        "--only", nargs="*", default=(), help="names of sets, `across` is one; all when none is given"
    )
    parser.add_argument("--servers", action="store_true", help="also the store on PostgreSQL and a Chroma server")
    parser.add_argument("--embedder", help="of `across`: built-in, words, e5; else as the settings say")
    parser.add_argument("--keep", type=Path, help="a file for what is measured; what it holds is not measured again")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args(arguments)
    folders = sorted(path.parent for path in (options.data / "retrieval").glob("*/queries.jsonl"))
    chosen = [folder for folder in folders if not options.only or folder.name in options.only]
    with run_servers() if options.servers else nullcontext() as servers:
        measured = _measure_each(chosen, servers, options.keep)
    wanted = not options.only or ACROSS in options.only
    crossings = asyncio.run(_crossings(options.data, options.embedder)) if wanted else []
    if not measured and not crossings:
        parser.error(f"no retrieval set stands in {options.data / 'retrieval'}")
    if options.json:
        print("\n".join(one.model_dump_json() for one in (*measured, *crossings)))
        return
    console = Console(width=118)
    if measured:
        show(measured, console)
    if crossings:
        show_across(crossings, console)


if __name__ == "__main__":
    main()
