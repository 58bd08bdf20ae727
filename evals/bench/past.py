"""How long a search of past claims takes: `python -m evals.bench.past [--claims N] [--before CHECKOUT]`.

Reports of ten claims each, of words drawn as often as they are used, are kept in a store of their own; then claims
are asked for by some of their words, as `GET /v1/claims:search` does, each time as the only question of its request.
Their vectors are drawn too, in 256 columns. With --before the same store is searched by another checkout, and *same*
tells of how many questions it gives the same answer.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from wordfreq import get_frequency_dict

from agent.config import Settings
from agent.coverage.archive import Coverage, open_coverage
from agent.coverage.embedding.embed import Purpose
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.models import (
    Article,
    Budget,
    Document,
    Report,
)
from agent.storage.reports import Reports, open_reports
from agent.watch.ledger import Ledger
from agent.watch.past_claims import PastClaims
from agent.watch.past_findings import PastFinding, PastFindings, Wanted

if TYPE_CHECKING:
    from evals.bench.drawn import DrawnEmbedder, DrawnVectors
    from evals.bench.unsourced import unsourced_report
else:
    # Beside this file, and not in the other checkouts that are measured by it.
    sys.path.insert(0, str(Path(__file__).parent))
    from drawn import DrawnEmbedder, DrawnVectors
    from unsourced import unsourced_report

ROOT = Path(__file__).parents[2]
_MONDAY = datetime(2016, 3, 14, 9, tzinfo=UTC)
_CLAIMS_EACH, _WORDS_EACH, _WORDS, _SEED = 10, 14, 30_000, 7
_QUERIES, _ASKED_WORDS = 30, 8
_COLUMNS = 256


class NarrowEmbedder(DrawnEmbedder):
    """The first columns alone, as of an embedder of one language."""

    id = f"drawn-1:{_COLUMNS}"
    traits = replace(HashedEmbedder.traits, languages=None)

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> DrawnVectors:
        whole = await super().embed(texts, purpose=purpose, budget=budget)
        return DrawnVectors([row[:_COLUMNS] for row in whole.rows], whole.usage)


def _sentences(number: int) -> Iterator[str]:
    draw = np.random.default_rng(_SEED)
    listed = dict(islice(get_frequency_dict("en", wordlist="large").items(), _WORDS))
    words, odds = np.array(list(listed)), np.array(list(listed.values()))
    for _ in range(number):
        yield " ".join(draw.choice(words, _WORDS_EACH, p=odds / odds.sum())).capitalize() + "."


def _report(number: int, sentences: Sequence[str]) -> Report:
    article = Article(text=" ".join(sentences), title=f"Report {number}", published_at=_MONDAY, language="en")
    return unsourced_report(f"run-{number:06}", article, sentences, NarrowEmbedder.id)


async def _fill(claims: int, coverage: Coverage, reports: Reports) -> None:
    told = list(_sentences(claims))
    await coverage.add([Document.of("A harbour was opened. It is large.", language="en")])
    with reports.database.writing():
        for number in range(0, claims, _CLAIMS_EACH):
            reports.save(_report(number // _CLAIMS_EACH, told[number : number + _CLAIMS_EACH]))
    await PastClaims(Ledger(reports.database), coverage.beside("claims"), coverage).sync()


async def _all(runs: Collection[str]) -> Collection[str]:
    return runs


def _found_ids(found: Sequence[PastFinding]) -> list[list[str]]:
    return [[f"{one.head.run_id} {one.claim_id}" for one in finding.reviews] for finding in found]


async def _search(coverage: Coverage, reports: Reports, query: str) -> list[PastFinding]:
    if hasattr(coverage, "beside"):
        claims = PastClaims(Ledger(reports.database), coverage.beside("claims"), coverage)
        return await PastFindings(reports, claims, coverage.floors).search(Wanted(query=query), _all)
    from agent.watch.past_claims import open_claims  # type: ignore[attr-defined]  # of earlier builds

    with open_claims(coverage._settings) as index:
        claims = PastClaims(Ledger(reports.database), index, coverage)
        return await PastFindings(reports, claims, coverage.floors).search(Wanted(query=query), _all)


def measure(claims: int, folder: Path) -> dict[str, object]:
    """Milliseconds of the first question and of the middle one of the others, and the answers."""
    settings = Settings(data_dir=folder)
    asked = [" ".join(one.split()[2 : 2 + _ASKED_WORDS]) for one in islice(_sentences(_QUERIES), _QUERIES)]
    took, used, answers = [], [], []
    with open_coverage(settings, NarrowEmbedder()) as coverage, open_reports(settings) as reports:
        if not (folder / "filled").exists():
            asyncio.run(_fill(claims, coverage, reports))
            (folder / "filled").touch()
        for query in asked:
            began, busy = time.perf_counter(), time.process_time()
            found = asyncio.run(_search(coverage, reports, query))
            took.append(1000 * (time.perf_counter() - began))
            used.append(1000 * (time.process_time() - busy))
            answers.append(_found_ids(found))
    middle = {"ms": float(np.median(took[1:])), "cpu_ms": float(np.median(used[1:]))}
    return {"claims": claims, "first_ms": took[0], **middle, "found": sum(map(len, answers)), "answers": answers}


def _child(claims: int, folder: Path, checkout: Path) -> dict[str, object]:
    command = [sys.executable, __file__, "--claims", str(claims), "--in", str(folder), "--part"]
    told = os.environ | {"PYTHONPATH": str(checkout), "PYTHONSAFEPATH": "1"}
    ran = subprocess.run(command, capture_output=True, text=True, cwd=checkout, check=False, env=told)
    if ran.returncode:
        raise SystemExit(ran.stderr[-3000:])
    outcome: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return outcome


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.past", description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--before", type=Path, help="another checkout, measured on the same store")
    parser.add_argument("--in", dest="folder", type=Path, help="where the store is left, and taken up again")
    parser.add_argument("--part", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="isnad-past-") as empty:
        folder = options.folder or Path(empty)
        if options.part:
            print(json.dumps(measure(options.claims, folder)))
            return
        now = _child(options.claims, folder, ROOT)
        answers = now.pop("answers")
        print(json.dumps(now))
        if options.before is not None:
            before = _child(options.claims, folder, options.before)
            same = sum(one == other for one, other in zip(answers, before.pop("answers"), strict=True))  # type: ignore[call-overload]
            print(json.dumps({"before": True, **before, "same": f"{same} of {_QUERIES}"}))


if __name__ == "__main__":
    main()
