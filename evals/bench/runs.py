"""How long, how many calls, how many tokens, how much memory: `make bench`.

Every case runs in processes of its own against the simulated endpoint on this machine: one fills a fresh data
directory, another opens a verifier and times `verify`. Beside the wall time stands the critical path: what the
endpoint itself needs for the longest reading, one embedding and the longest hearing, one after another.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from agent.models import FailureReason
from evals.bench.stories import Shape, build_story
from evals.bench.timed import Outcome, megabytes
from evals.servers.endpoint import Pace, Stats

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "withdrawal"
TOKENS = Pace(pace="tokens")
FAULTS = Pace(rate_limited=0.2, broken=0.1, malformed=0.1, hang_at=3)
_SERIES: tuple[tuple[str, Shape, tuple[int, ...]], ...] = (
    ("One event, 12 documents", "shared", (5, 10, 20, 40)),
    ("Six documents of its own for every claim", "own", (5, 20, 40)),
)
_COLUMNS = ("claims", "wall s", "critical", "CPU s", "calls", "calls/claim", "tokens/claim", "in flight", "MB")
_BESIDE_PLAIN, _ROUNDS = (20, 40), 3
_FAULT_SEEDS = (1, 2, 3)
_HELP_RUNS = 3
_EXAMPLE_RUNS = 2


class Measured(BaseModel):
    claims: int
    outcome: Outcome
    stats: Stats


def run_plain(claims: int, shape: Shape, pace: Pace) -> Measured:
    """The same by a plain asyncio program, see `evals.bench.plain`."""
    with tempfile.TemporaryDirectory() as folder, _endpoint(pace) as url:
        command = [sys.executable, "-m", "evals.bench.plain", str(claims), shape, url]
        output = _run(command, _environment(Path(folder), None))
        return Measured(claims=claims, outcome=Outcome.model_validate_json(output), stats=_stats(url))


def run_case(claims: int, shape: Shape, pace: Pace) -> Measured:
    with tempfile.TemporaryDirectory() as folder, _endpoint(pace) as url:
        environment = _environment(Path(folder), url)
        _fill(Path(folder), claims, shape, environment)
        output = _run([sys.executable, "-m", "evals.bench.timed", str(claims), shape], environment)
        return Measured(claims=claims, outcome=Outcome.model_validate_json(output), stats=_stats(url))


def main() -> None:
    console = Console(width=100)
    for title, shape, sizes in _SERIES:
        for pace, speed in ((Pace(), "0.5 s a call"), (TOKENS, "0.3 s, then 80 tokens a second")):
            table = _table(f"{title}; {speed}")
            cases = [run_case(claims, shape, pace) for claims in sizes]
            for case in cases:
                _add(table, case)
            console.print(table)
            _print_starts(console, cases)
    _print_beside_plain(console)
    _print_faults(console)
    _print_cold(console)
    _print_commands(console)


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    for name in _COLUMNS:
        table.add_column(name, justify="right")
    return table


def _add(table: Table, case: Measured) -> None:
    found = len(case.outcome.labels)
    table.add_row(
        f"{found} of {case.claims}" if found != case.claims else str(found),
        f"{case.outcome.wall_seconds:.2f}",
        f"{case.stats.critical_seconds:.2f}",
        f"{case.outcome.cpu_seconds:.2f}",
        str(case.stats.chats),
        f"{case.stats.chats / case.claims:.2f}",
        f"{case.stats.prompt_tokens / case.claims:.0f}",
        str(case.stats.most_in_flight),
        f"{case.outcome.peak_mb:.0f}",
    )


def _print_starts(console: Console, cases: list[Measured]) -> None:
    opening = min(case.outcome.opening_seconds for case in cases)
    first = min(case.outcome.first_seconds for case in cases)
    console.print(f"before that: {opening:.2f} s to open, {first:.2f} s for a first article of one sentence\n")


def _print_beside_plain(console: Console) -> None:
    """In turn, so that what else the machine does falls on both; the middle of the rounds."""
    table = Table(title="Beside a plain asyncio program; one event, 0.5 s a call", title_justify="left")
    for name in ("claims", "", "wall s", "CPU s", "calls", "in flight"):
        table.add_column(name, justify="right")
    for claims in _BESIDE_PLAIN:
        rounds = [(run_case(claims, "shared", Pace()), run_plain(claims, "shared", Pace())) for _ in range(_ROUNDS)]
        ours, plain = ([one[place] for one in rounds] for place in (0, 1))
        for name, some in (("Isnad", ours), ("plain", plain)):
            wall, used = _middle(some)
            stats = some[0].stats
            told = (f"{wall:.2f}", f"{used:.2f}", str(stats.chats), str(stats.most_in_flight))
            table.add_row(str(claims), name, *told)
        times = [a / b for a, b in zip(_middle(ours), _middle(plain), strict=True)]
        table.add_row(str(claims), "Isnad ÷ plain", *(f"{ratio:.2f}" for ratio in times), "", "")
    console.print(table)


def _middle(cases: list[Measured]) -> tuple[float, float]:
    outcomes = [case.outcome for case in cases]
    return median(one.wall_seconds for one in outcomes), median(one.cpu_seconds for one in outcomes)


def _print_faults(console: Console) -> None:
    calm = run_case(20, "shared", Pace())
    expected = calm.outcome.labels
    console.print("[bold]20 % 429, 10 % 500, 10 % malformed, one call that hangs; 20 claims[/bold]")
    for seed in _FAULT_SEEDS:
        stormy = run_case(20, "shared", FAULTS.model_copy(update={"seed": seed}))
        found = stormy.outcome.labels
        same = sum(found.get(claim) == label for claim, label in expected.items())
        failed = sum(isinstance(label, FailureReason) for label in found.values())
        console.print(
            f"seed {seed}: {same} labelled as without faults, {failed} with a named failure, "
            f"{len(expected) - same - failed} wrong or lost; {stormy.outcome.wall_seconds:.1f} s, "
            f"{stormy.stats.chats} requests where {calm.stats.chats} would do"
        )


def _print_cold(console: Console) -> None:
    """From the command line to the report, with the coverage stored and nothing loaded."""
    for claims in _BESIDE_PLAIN:
        seconds, used, plain = zip(*(_cold(claims) for _ in range(_ROUNDS)), strict=True)
        console.print(
            f"cold from the command line, {claims} claims: {median(seconds):.2f} s, CPU {median(used):.2f} s; "
            f"the plain program {median(plain):.2f} s"
        )


def _cold(claims: int) -> tuple[float, float, float]:
    """Wall and processor seconds of the command, and the wall seconds of the plain program."""
    with tempfile.TemporaryDirectory() as name, _endpoint(Pace()) as url:
        folder = Path(name)
        environment = _environment(folder, url)
        _fill(folder, claims, "shared", environment)
        article = build_story(claims, "shared").article
        (folder / "article.txt").write_text(article.text, encoding="utf-8")
        about = article.model_dump_json(include={"title", "url", "outlet", "published_at", "language"})
        (folder / "about.json").write_text(about, encoding="utf-8")
        files = [str(folder / "article.txt"), "--about", str(folder / "about.json")]
        ran = _command(["verify", *files, "--format", "json"], environment)
        began = time.perf_counter()
        _run([sys.executable, "-m", "evals.bench.plain", str(claims), "shared", url, "--cold"], environment)
        return ran.seconds, ran.cpu_seconds, time.perf_counter() - began


def _print_commands(console: Console) -> None:
    anywhere = _environment(Path(tempfile.gettempdir()), None)
    helps = min(_command(["--help"], anywhere).seconds for _ in range(_HELP_RUNS))
    console.print(f"isnad --help: {helps:.2f} s")
    for run in range(_EXAMPLE_RUNS):
        with tempfile.TemporaryDirectory() as folder:
            ran = _command(_example_arguments(), _environment(Path(folder), None))
        told = f"{ran.seconds:.2f} s, CPU {ran.cpu_seconds:.2f} s, {ran.peak_mb:.0f} MB"
        console.print(f"the example, offline, run {run + 1}: {told}")


def _example_arguments() -> list[str]:
    given = ["verify", str(EXAMPLE / "article.ar.txt"), "--published", "2016-03-15"]
    return [*given, "--coverage", str(EXAMPLE / "coverage.jsonl"), "--format", "json"]


@dataclass(frozen=True)
class _Ran:
    seconds: float
    cpu_seconds: float
    peak_mb: float


def _command(arguments: list[str], environment: dict[str, str]) -> _Ran:
    """One `isnad` command in a fresh process."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [_script(), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"isnad {arguments[0]} ended with {child.returncode}")
    seconds = time.perf_counter() - began
    return _Ran(seconds, usage.ru_utime + usage.ru_stime, megabytes(usage.ru_maxrss))


def _fill(folder: Path, claims: int, shape: Shape, environment: dict[str, str]) -> None:
    lines = [document.model_dump_json(exclude={"id"}) for document in build_story(claims, shape).documents]
    path = folder / "coverage.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    _run([_script(), "coverage", "add", str(path)], environment)


def _run(command: list[str], environment: dict[str, str]) -> str:
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ran.returncode}:\n{ran.stderr[-3000:]}")
    return ran.stdout


def _script() -> str:
    """The installed command, of the environment that runs the bench."""
    return shutil.which("isnad", path=str(Path(sys.executable).parent)) or "isnad"


@contextmanager
def _endpoint(pace: Pace) -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "evals.servers.endpoint", pace.model_dump_json()],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()


def _stats(url: str) -> Stats:
    with urlopen(url.removesuffix("/v1") + "/stats", timeout=10) as answer:
        return Stats.model_validate_json(answer.read())


def _environment(folder: Path, url: str | None) -> dict[str, str]:
    """Nobody's own settings: what is measured is the product as it comes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ISNAD_", "OPENAI_"))}
    kept["ISNAD_DATA_DIR"] = str(folder / "data")
    if url is not None:
        kept |= {"ISNAD_BASE_URL": url, "ISNAD_MODEL": "simulated", "ISNAD_EMBEDDING_MODEL": "simulated"}
    return kept


if __name__ == "__main__":
    main()
