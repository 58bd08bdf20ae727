"""What one process of `evals.bench.store` does: fills the store, asks it, or asks what it is held against.

Nothing of `evals` is imported here: the product of another checkout is measured by this file too, whatever stands
beside it there.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
from pydantic import BaseModel
from wordfreq import get_frequency_dict

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.built_in import BuiltInEmbedder
from agent.coverage.embedding.embed import Embedder, Purpose, Unlimited
from agent.coverage.embedding.hashed import HashedEmbedder, embed_matrix
from agent.coverage.index.catalogue import open_catalogue
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import Loaded, merged
from agent.models import Article, Claim, Document, Span

_MONDAY = datetime(2016, 3, 14, 9, tzinfo=UTC)
_WORDS = 30_000
_PASSAGES_EACH = 4
_WORDS_EACH = 95
_DAYS = 365
_QUERIES = 60
_FOUND = 24
_SEED = 7
FILL, _ASK, _ASK_MANY = "fill", "ask", "ask 20 claims"
_CLAIMS = 20
_ASKED_FILE = "asked.json"
# The name of the variable that names the embedder.
EMBEDDER = "BENCH_EMBEDDER"
# See `evals.bench.drawn`.
DRAWN = "drawn"


class Outcome(BaseModel):
    """What one process did: seconds for the whole, or milliseconds of the middle and the slowest queries."""

    what: str
    passages: int
    seconds: float = 0.0
    p50_ms: float = 0.0
    p95_ms: float = 0.0
    cpu_ms: float = 0.0
    peak_mb: float = 0.0
    found: float | None = None


def documents(passages: int) -> Iterator[Document]:
    """English words as often as they are used, in no order; four passages a document."""
    draw = np.random.default_rng(_SEED)
    listed = dict(islice(get_frequency_dict("en", wordlist="large").items(), _WORDS))
    words, odds = np.array(list(listed)), np.array(list(listed.values()))
    odds /= odds.sum()
    for number in range(passages // _PASSAGES_EACH):
        drawn = draw.choice(words, (_PASSAGES_EACH * 8, _WORDS_EACH // 8), p=odds)
        text = " ".join(" ".join(row).capitalize() + "." for row in drawn)
        title = " ".join(draw.choice(words, 6, p=odds))
        day = _MONDAY + timedelta(days=int(draw.integers(-_DAYS, _DAYS)))
        yield Document.of(text, title=title, published_at=day, language="en", outlet=f"Outlet {number % 97}")


def _drawn(passages: int) -> list[str]:
    """A few words of documents in the store, so that there is something to be found."""
    every = max(1, passages // _PASSAGES_EACH // _QUERIES)
    some = [one.text.split() for number, one in enumerate(documents(passages)) if number % every == 0]
    return [" ".join(words[3:19]) for words in some[:_QUERIES]]


def _asked(passages: int, folder: Path) -> list[str]:
    """As the process that filled the store left them: to draw them takes more memory than to ask."""
    path = folder / _ASKED_FILE
    if not path.exists():
        path.write_text(json.dumps(_drawn(passages)))
    told: list[str] = json.loads(path.read_text())
    return told


def fill(passages: int, folder: Path) -> Outcome:
    given = list(documents(passages))
    _asked(passages, folder)
    with open_coverage(Settings(data_dir=folder), _embedder()) as coverage:
        began, used = time.perf_counter(), time.process_time()
        asyncio.run(coverage.add(given))
        seconds, used = time.perf_counter() - began, time.process_time() - used
        stored = coverage.stats().passages
        return Outcome(
            what=FILL, passages=stored, seconds=seconds, cpu_ms=1000 * used / max(stored, 1), peak_mb=peak_mb()
        )


def ask(passages: int, folder: Path, claims: int = 1) -> Outcome:
    """The search of a run: its claims, their windows, their origins and the passages of these."""
    article = Article(text="Nothing of the kind.", published_at=_MONDAY, language="en")
    texts = _asked(passages, folder)
    with open_coverage(Settings(data_dir=folder), _embedder()) as coverage:
        began = time.perf_counter()

        def search(some: Sequence[str]) -> object:
            told = [
                Claim(id=f"c{n}", text=text, quote=text, spans=(Span(start=0, end=1),)) for n, text in enumerate(some)
            ]
            # By the loop: a runner told anew each time writes out all that was found, 5 % of what is measured.
            return runner.get_loop().run_until_complete(coverage.search(article, told, Unlimited()))

        with asyncio.Runner() as runner:
            search(["warm"])
            opening = time.perf_counter() - began
            every = [texts[at : at + claims] for at in range(0, len(texts) - claims + 1, claims)]
            return _timed(_ASK if claims == 1 else _ASK_MANY, passages, search, opening, every)


def ask_many(passages: int, folder: Path) -> Outcome:
    return ask(passages, folder, _CLAIMS)


def found(passages: int, folder: Path) -> Outcome:
    """How much of the nearest the index finds."""
    share = found_of(Settings(data_dir=folder), _asked(passages, folder))
    return Outcome(what="found", passages=passages, found=share)


def found_of(settings: Settings, texts: Sequence[str]) -> float:
    """Of the truly nearest passages, compared one by one, the part that the index finds."""
    embedded = asyncio.run(_embedder().embed(texts, purpose=Purpose.QUERY, budget=Unlimited()))
    rows = [list(row) for row in embedded.rows]
    # Not at the top: this file measures builds that have it not.
    from agent.coverage.index.rows import WholeRows
    from agent.coverage.index.short import ShortRows

    with open_catalogue(settings) as catalogue:
        short = ShortRows.of(WholeRows(catalogue.database), _embedder().traits)
        index = Index(IndexLocation(settings.data_dir / "chroma", settings.chroma_url), short)
        space, keys = str(catalogue.fact("space")), [key for key, _ in catalogue.spoken_keys()]
        vectors = index.vectors(space, keys)
        exact = Loaded.of(list(vectors), list(vectors.values())).nearest(rows, _FOUND)
        near = [merged(some.values(), _FOUND) for some in index.query(space, rows, _FOUND)]
        index.close()
    shares = [
        len({one.key for one in some} & {one.key for one in best}) / len(best)
        for some, best in zip(near, exact, strict=True)
    ]
    return float(np.mean(shares))


def _embedder() -> Embedder:
    named = os.environ.get(EMBEDDER)
    if named == DRAWN:
        # Beside this file, and not in the other checkouts that are measured by it.
        sys.path.insert(0, str(Path(__file__).parent))
        drawn: Embedder = import_module("drawn").DrawnEmbedder()
        return drawn
    return HashedEmbedder() if named == "words" else BuiltInEmbedder()


def brute(passages: int, folder: Path) -> Outcome:
    texts = [text for one in documents(passages) for text in _quarters(one.text)]
    began = time.perf_counter()
    matrix = embed_matrix(texts)
    seconds = time.perf_counter() - began

    def search(text: str) -> object:
        return np.argsort(-(matrix @ embed_matrix([text])[0]))[:_FOUND]

    return _timed("numpy", passages, search, seconds, _asked(passages, folder))


def bm25(passages: int, folder: Path) -> Outcome:
    import bm25s  # type: ignore[import-untyped]  # ships no types

    texts = [text for one in documents(passages) for text in _quarters(one.text)]
    began = time.perf_counter()
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def search(text: str) -> object:
        return index.retrieve(
            bm25s.tokenize([text], return_ids=False, show_progress=False), k=_FOUND, show_progress=False
        )

    return _timed("bm25s", passages, search, time.perf_counter() - began, _asked(passages, folder))


OF_STORE: dict[str, Callable[[int, Path], Outcome]] = {FILL: fill, _ASK: ask, _ASK_MANY: ask_many}
PARTS: dict[str, Callable[[int, Path], Outcome]] = {**OF_STORE, "found": found, "numpy": brute, "bm25s": bm25}


def _quarters(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + _WORDS_EACH]) for at in range(0, len(words), _WORDS_EACH)]


T = TypeVar("T")


def _timed(what: str, passages: int, search: Callable[[T], object], seconds: float, asked: Sequence[T]) -> Outcome:
    took, used = [], []
    for one in asked:
        began, busy = time.perf_counter(), time.process_time()
        search(one)
        took.append(1000 * (time.perf_counter() - began))
        used.append(1000 * (time.process_time() - busy))
    p50, p95 = np.percentile(took, [50, 95])
    return Outcome(
        what=what,
        passages=passages,
        seconds=seconds,
        p50_ms=float(p50),
        p95_ms=float(p95),
        cpu_ms=float(np.median(used)),
        peak_mb=peak_mb(),
    )


def peak_mb() -> float:
    # Kilobytes on Linux, bytes on macOS.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, required=True)
    parser.add_argument("--passages", type=int, required=True)
    parser.add_argument("--in", dest="folder", type=Path, required=True)
    options = parser.parse_args(arguments)
    print(PARTS[options.part](options.passages, options.folder).model_dump_json())


if __name__ == "__main__":
    main()
