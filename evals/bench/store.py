"""How quickly the coverage store is filled and asked, and how much memory that takes.

`python -m evals.bench.store [--passages N ...]` fills a store with generated texts in one process and asks it in
another; plain comparisons of the same texts run beside it in a third: every vector with numpy, and BM25 by `bm25s`.
With --servers the store on PostgreSQL and a Chroma server is filled and asked in the same run, and with --before
FOLDER that of another checkout, such as the build before a change: processor time compares where a machine is busy.
*found* is the part of the truly nearest passages that the index finds. 10,000 passages take two minutes, and one
with --embedder words; 100,000 are for a quiet machine and some patience, and --in FOLDER leaves the stores there, to
be asked again.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from rich.console import Console
from rich.table import Table

from evals.bench import store_parts
from evals.bench.store_parts import DRAWN, EMBEDDER, FILL, OF_STORE, PARTS, Outcome
from evals.servers.stores import run_servers

ROOT = Path(__file__).parents[2]
SIZES = (10_000,)
NONE: Mapping[str, str] = MappingProxyType({})


def run(
    passages: int, *, servers: bool = False, before: Path | None = None, within: Path | None = None
) -> list[Outcome]:
    """Every part in a process of its own, so that memory can be told apart."""
    with _folder(within, f"{passages}") as folder:
        outcomes = [_child(what, passages, folder) for what in PARTS]
    if before is not None:
        with _folder(within, f"{passages}-before") as folder:
            there = [_child(what, passages, folder, checkout=before) for what in OF_STORE]
        outcomes += [one.model_copy(update={"what": f"{one.what}, before"}) for one in there]
    if servers:
        with run_servers() as running, tempfile.TemporaryDirectory(prefix="isnad-bench-") as empty:
            # Once: it comes with a database of its own each time.
            environment = running.environment
            there = [_child(what, passages, Path(empty), environment) for what in OF_STORE]
        outcomes += [one.model_copy(update={"what": f"{one.what}, servers"}) for one in there]
    return outcomes


@contextmanager
def _folder(within: Path | None, name: str) -> Iterator[Path]:
    if within is not None:
        (within / name).mkdir(parents=True, exist_ok=True)
        yield within / name
        return
    with tempfile.TemporaryDirectory(prefix="isnad-bench-") as folder:
        yield Path(folder)


def _child(
    what: str, passages: int, folder: Path, environment: Mapping[str, str] = NONE, checkout: Path = ROOT
) -> Outcome:
    """`checkout` is that whose product is measured, always by the same file."""
    # A store that is left from an earlier run is asked as it stands.
    left = folder / f"{what.replace(' ', '-')}.json"
    if what == FILL and left.exists():
        return Outcome.model_validate_json(left.read_text())
    command = [sys.executable, store_parts.__file__, "--part", what, "--passages", str(passages), "--in", str(folder)]
    told = os.environ | environment | {"PYTHONPATH": str(checkout), "PYTHONSAFEPATH": "1"}
    ran = subprocess.run(command, capture_output=True, text=True, cwd=checkout, check=False, env=told)
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ran.returncode}:\n{ran.stderr[-3000:]}")
    outcome = Outcome.model_validate_json(ran.stdout.splitlines()[-1])
    left.write_text(outcome.model_dump_json())
    return outcome


def show(outcomes: Sequence[Outcome], console: Console) -> None:
    table = Table("passages", "", "passages/s", "ready s", "p50 ms", "p95 ms", "CPU ms", "peak MB", "found")
    for one in outcomes:
        filled = one.what.startswith(FILL)
        table.add_row(
            f"{one.passages:,}",
            one.what,
            f"{one.passages / one.seconds:,.0f}" if filled else "",
            f"{one.seconds:.1f}" if one.seconds else "",
            f"{one.p50_ms:.1f}" if one.p50_ms else "",
            f"{one.p95_ms:.1f}" if one.p95_ms else "",
            f"{one.cpu_ms:.1f}" if one.cpu_ms else "",
            f"{one.peak_mb:.0f}" if one.peak_mb else "",
            "" if one.found is None else f"{one.found:.3f}",
        )
    console.print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.store", description=__doc__)
    parser.add_argument("--passages", type=int, nargs="*", default=SIZES, help="how many, one store for each number")
    parser.add_argument("--servers", action="store_true", help="also the store on PostgreSQL and a Chroma server")
    parser.add_argument("--before", type=Path, help="another checkout, measured beside this one")
    parser.add_argument("--embedder", choices=("built-in", "words", DRAWN), help="built-in when none is named")
    parser.add_argument("--in", dest="folder", type=Path, help="where the stores are left, and taken up again")
    options = parser.parse_args(arguments)
    if options.embedder:
        os.environ[EMBEDDER] = options.embedder
    shown = [
        one
        for passages in options.passages
        for one in run(passages, servers=options.servers, before=options.before, within=options.folder)
    ]
    show(shown, Console(width=110))


if __name__ == "__main__":
    main()
