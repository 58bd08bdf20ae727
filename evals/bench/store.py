"""How quickly the coverage store is filled and asked, and how much memory that takes.

`python -m evals.bench.store [--passages N ...]` fills a store with generated texts in one process and asks it in
another; plain comparisons of the same texts run beside it in a third: every vector with numpy, and BM25 by `bm25s`.
With --servers the store on PostgreSQL and a Chroma server is filled and asked in the same run. *found* is the part of
the truly nearest passages that the index finds. 10,000 passages take two minutes, and one with --embedder words;
100,000 are for a quiet machine and some patience.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
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
from evals.servers.stores import run_servers

ROOT = Path(__file__).parents[1]
SIZES = (10_000,)
_MONDAY = datetime(2016, 3, 14, 9, tzinfo=UTC)
_WORDS = 30_000
_PASSAGES_EACH = 4
_WORDS_EACH = 95
_DAYS = 365
_QUERIES = 60
_FOUND = 24
_SEED = 7
_FILL, _ASK = "fill", "ask"
# As the settings have it, for the processes of the parts.
_EMBEDDER = "ISNAD_EMBEDDER"


class Outcome(BaseModel):
    """What one process did: seconds for the whole, or milliseconds of the middle and the slowest queries."""

    what: str
    passages: int
    seconds: float = 0.0
    p50_ms: float = 0.0
    p95_ms: float = 0.0
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


def _asked(passages: int) -> list[str]:
    """A few words of documents in the store, so that there is something to be found."""
    every = max(1, passages // _PASSAGES_EACH // _QUERIES)
    some = [one.text.split() for number, one in enumerate(documents(passages)) if number % every == 0]
    return [" ".join(words[3:19]) for words in some[:_QUERIES]]


def fill(passages: int, folder: Path) -> Outcome:
    given = list(documents(passages))
    with open_coverage(Settings(data_dir=folder), _embedder()) as coverage:
        began = time.perf_counter()
        asyncio.run(coverage.add(given))
        seconds = time.perf_counter() - began
        return Outcome(what=_FILL, passages=coverage.stats().passages, seconds=seconds, peak_mb=_peak())


def ask(passages: int, folder: Path) -> Outcome:
    """The search of a run: one claim, its window, its origins and their passages."""
    article = Article(text="Nothing of the kind.", published_at=_MONDAY, language="en")
    with open_coverage(Settings(data_dir=folder), _embedder()) as coverage:
        began = time.perf_counter()

        def search(text: str) -> object:
            claim = Claim(id="c1", text=text, quote=text, spans=(Span(start=0, end=1),))
            return runner.run(coverage.search(article, [claim], Unlimited()))

        with asyncio.Runner() as runner:
            search("warm")
            opening = time.perf_counter() - began
            asked = _timed(_ASK, passages, search, opening)
    return asked.model_copy(update={"found": found_of(Settings(data_dir=folder), _asked(passages))})


def found_of(settings: Settings, texts: Sequence[str]) -> float:
    """Of the truly nearest passages, compared one by one, the part that the index finds."""
    embedded = asyncio.run(_embedder().embed(texts, purpose=Purpose.QUERY, budget=Unlimited()))
    rows = [list(row) for row in embedded.rows]
    index = Index(IndexLocation(settings.data_dir / "chroma", settings.chroma_url))
    with open_catalogue(settings) as catalogue:
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
    return HashedEmbedder() if os.environ.get(_EMBEDDER) == "words" else BuiltInEmbedder()


def brute(passages: int, _: Path) -> Outcome:
    texts = [text for one in documents(passages) for text in _quarters(one.text)]
    began = time.perf_counter()
    matrix = embed_matrix(texts)
    seconds = time.perf_counter() - began
    return _timed("numpy", passages, lambda text: np.argsort(-(matrix @ embed_matrix([text])[0]))[:_FOUND], seconds)


def bm25(passages: int, _: Path) -> Outcome:
    import bm25s  # type: ignore[import-untyped]  # ships no types

    texts = [text for one in documents(passages) for text in _quarters(one.text)]
    began = time.perf_counter()
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def search(text: str) -> object:
        return index.retrieve(
            bm25s.tokenize([text], return_ids=False, show_progress=False), k=_FOUND, show_progress=False
        )

    return _timed("bm25s", passages, search, time.perf_counter() - began)


_PARTS: dict[str, Callable[[int, Path], Outcome]] = {_FILL: fill, _ASK: ask, "numpy": brute, "bm25s": bm25}


def _quarters(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + _WORDS_EACH]) for at in range(0, len(words), _WORDS_EACH)]


def _timed(what: str, passages: int, search: Callable[[str], object], seconds: float) -> Outcome:
    took = []
    for text in _asked(passages):
        began = time.perf_counter()
        search(text)
        took.append(1000 * (time.perf_counter() - began))
    p50, p95 = np.percentile(took, [50, 95])
    return Outcome(
        what=what, passages=passages, seconds=seconds, p50_ms=float(p50), p95_ms=float(p95), peak_mb=_peak()
    )


def _peak() -> float:
    # Kilobytes on Linux, bytes on macOS.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def run(passages: int, *, servers: bool = False) -> list[Outcome]:
    """Every part in a process of its own, so that memory can be told apart."""
    with tempfile.TemporaryDirectory(prefix="isnad-bench-") as folder:
        outcomes = [_child(what, passages, folder, {}) for what in _PARTS]
    if servers:
        with run_servers() as running, tempfile.TemporaryDirectory(prefix="isnad-bench-") as folder:
            shared = running.environment
            there = [_child(what, passages, folder, shared) for what in (_FILL, _ASK)]
        outcomes += [one.model_copy(update={"what": f"{one.what}, servers"}) for one in there]
    return outcomes


def _child(what: str, passages: int, folder: str, environment: Mapping[str, str]) -> Outcome:
    command = [sys.executable, "-m", "evals.bench.store", "--part", what, "--passages", str(passages), "--in", folder]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, env=os.environ | environment)
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ran.returncode}:\n{ran.stderr[-3000:]}")
    return Outcome.model_validate_json(ran.stdout.splitlines()[-1])


def show(outcomes: Sequence[Outcome], console: Console) -> None:
    table = Table("passages", "", "passages/s", "ready s", "query p50 ms", "p95 ms", "peak MB", "found")
    for one in outcomes:
        filled = one.what.startswith(_FILL)
        table.add_row(
            f"{one.passages:,}",
            one.what,
            f"{one.passages / one.seconds:,.0f}" if filled else "",
            f"{one.seconds:.1f}",
            "" if filled else f"{one.p50_ms:.1f}",
            "" if filled else f"{one.p95_ms:.1f}",
            f"{one.peak_mb:.0f}",
            "" if one.found is None else f"{one.found:.3f}",
        )
    console.print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.store", description=__doc__)
    parser.add_argument("--passages", type=int, nargs="*", default=SIZES, help="how many, one store for each number")
    parser.add_argument("--servers", action="store_true", help="also the store on PostgreSQL and a Chroma server")
    parser.add_argument("--embedder", choices=("built-in", "words"), help="built-in when none is named")
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.embedder:
        os.environ[_EMBEDDER] = options.embedder
    if options.part:
        print(_PARTS[options.part](options.passages[0], options.folder).model_dump_json())
        return
    show([one for passages in options.passages for one in run(passages, servers=options.servers)], Console(width=100))


if __name__ == "__main__":
    main()
