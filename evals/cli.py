"""`isnad eval`: run, compare, gate and draw evaluations. Everything heavy is imported inside the commands."""

import functools
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.errors import IsnadError
from agent.extras import needs

if TYPE_CHECKING:
    from evals.report.gate import GateResult
    from evals.running.results import Run

PASSED, WORSE, BROKEN = 0, 1, 2

_runs = click.option(
    "--runs",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ISNAD_EVAL_RUNS",
    help="Folder of the runs [default: evals in the data folder]. Also ISNAD_EVAL_RUNS.",
)
_data = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ISNAD_EVAL_DATA",
    help="Folder with public sets; `isnad eval sets` tells which. Also ISNAD_EVAL_DATA.",
)
_baseline = click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="ISNAD_EVAL_BASELINE",
    help="What runs are held against. Also ISNAD_EVAL_BASELINE.",
)
_tolerance = click.option("--tolerance", type=click.FloatRange(0, 1), default=0.0, help="A loss so small is none.")
_json = click.option("--json", "json_to", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
                     help="Write the result as JSON; - is standard output.")  # fmt: skip
_webhook = click.option(
    "--webhook",
    envvar="ISNAD_EVAL_WEBHOOK",
    show_envvar=False,
    help="Post a JSON notice here unless all is well. Also ISNAD_EVAL_WEBHOOK.",
)


@click.group(name="eval")
def eval_() -> None:
    """Measure every step of a verification, and tell whether it got worse.

    Exit codes: 0 done, and the gate passed where one was asked for; 1 the gate failed; 2 nothing can be said.
    """


def _guarded(command: Callable[..., int]) -> Callable[..., int]:
    """Turns every error into exit code 2: Python's own 1 would read as "it got worse"."""

    @functools.wraps(command)
    def guarded(*args: object, webhook: str | None = None, **options: object) -> int:
        text = ""
        try:
            code = command(*args, **options)
        except IsnadError as err:
            click.echo(f"isnad: {err}", err=True)
            code, text = BROKEN, str(err)
        except ModuleNotFoundError as err:
            text = f"{err}. {needs('An evaluation', 'evals')}"
            click.echo(f"isnad: {text}", err=True)
            code = BROKEN
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as err:  # noqa: BLE001  # whatever it is, a schedule must not take it for a verdict
            traceback.print_exc()
            code, text = BROKEN, f"{type(err).__name__}"
        if webhook and code != PASSED:
            _notify(webhook, code, text)
        return code

    return guarded


def _notify(webhook: str, code: int, error: str) -> None:
    from evals.running.notify import Notice, post

    gate = click.get_current_context().obj
    failures = tuple(str(check) for check in gate.failures) if gate else ()
    what = "; ".join(failures) if code == WORSE else error
    text = f"Isnad evaluation {'got worse' if code == WORSE else 'could not be run'}: {what}"
    notice = Notice(text=text, run_id=gate.run_id if gate else None, exit_code=code, failures=failures)
    if problem := post(webhook, notice):
        click.echo(f"isnad: {problem}", err=True)


@eval_.command()
@click.option("--suite", default="quick", show_default=True, help="quick, full, or the name of one suite.")
@click.option("--sets", help="Only these sets, by name, with commas between.")
@click.option("--split", type=click.Choice(("dev", "test", "train")), default="dev", show_default=True,
              help="Which part of the sets. Tune on dev alone.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help="At most so many items of each set, the same ones every time.")
@click.option("--analyst", type=click.Choice(("auto", "model", "lexical")), default="auto", show_default=True)
@click.option("--model", help="The model to measure, instead of ISNAD_MODEL.")
@click.option("--fresh", is_flag=True, help="Begin anew, also when the last run was broken off.")
@_data
@_runs
@_baseline
@_tolerance
@_json
@_webhook
@_guarded
def run(
    suite: str,
    sets: str | None,
    split: str,
    limit: int | None,
    analyst: str,
    model: str | None,
    fresh: bool,
    data: Path | None,
    folder: Path | None,
    baseline: Path | None,
    tolerance: float,
    json_to: Path | None,
) -> int:
    """Run suites; with --baseline also the gate. A run that was broken off is taken up where it was."""
    from evals.report.gate import judge, load_baseline
    from evals.report.show import show_gate, show_run
    from evals.running.run import Order
    from evals.running.run import run as run_suites

    # One that is damaged is told before the work; the first run of all has none, and is what one is made from.
    known = load_baseline(baseline) if baseline and baseline.exists() else None
    order = Order(
        suite=suite,
        data=str(data) if data else None,
        sets=sets,
        split=split,
        limit=limit,
        analyst=analyst,
        model=model,
        fresh=fresh,
    )
    done = run_suites(order, _folder(folder), lambda text: click.echo(text, err=True))
    gate = judge(done, known, tolerance) if known else None
    click.get_current_context().obj = gate
    _write_json(json_to, done, gate)
    if json_to != Path("-"):
        show_run(done)
        if gate:
            show_gate(gate)
    if baseline and known is None:
        load_baseline(baseline)
    return WORSE if gate and not gate.passed else PASSED


@eval_.command()
@click.argument("name", metavar="[RUN]", default="last")
@_runs
@_baseline
@_tolerance
@_json
@click.option("--accept", is_flag=True, help="Make this run the baseline.")
@_webhook
@_guarded
def gate(
    name: str, folder: Path | None, baseline: Path | None, tolerance: float, json_to: Path | None, accept: bool
) -> int:
    """Hold a finished run against a baseline. Exit code 1 when it got worse."""
    from evals.report.gate import accept as accept_run
    from evals.report.gate import judge, load_baseline
    from evals.report.show import show_gate
    from evals.running.results import find_run

    if baseline is None:
        raise click.UsageError("name the baseline with --baseline or ISNAD_EVAL_BASELINE")
    one = find_run(_folder(folder), name)
    if accept:
        accept_run(one, baseline)
        click.echo(f"{one.id} is the baseline in {baseline}")
        return PASSED
    result = judge(one, load_baseline(baseline), tolerance)
    click.get_current_context().obj = result
    _write_json(json_to, one, result)
    if json_to != Path("-"):
        show_gate(result)
    return PASSED if result.passed else WORSE


@eval_.command()
@click.argument("before")
@click.argument("after", default="last")
@_runs
@_guarded
def compare(before: str, after: str, folder: Path | None) -> int:
    """Show what differs between two runs. They are ids, folders, `last` or `previous`."""
    from evals.report.show import show_comparison
    from evals.running.results import find_run

    show_comparison(find_run(_folder(folder), before), find_run(_folder(folder), after))
    return PASSED


@eval_.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=Path("trend.html"), show_default=True)
@_runs
@_guarded
def trend(out: Path, folder: Path | None) -> int:
    """Draw all runs over time. The page needs no server."""
    from evals.report.trend import write_trend
    from evals.running.results import runs_in

    write_trend(runs_in(_folder(folder)), out)
    click.echo(str(out))
    return PASSED


@eval_.command()
@_data
@_guarded
def sets(data: Path | None) -> int:
    """Tell where the public sets come from. With their licences, and which of them are there."""
    from evals.data.sources import listing_of

    click.echo(listing_of(data))
    return PASSED


@eval_.command("export-corrections")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Folder to write claims/corrections.dev.jsonl into, for --data.")  # fmt: skip
@_guarded
def export_corrections(out: Path) -> int:
    """Make cases out of what fact-checkers corrected. They are cases of the suite `claims`."""
    import asyncio

    from agent.config import load_settings
    from evals.running.corrections import export

    exported = asyncio.run(export(load_settings(), out))
    click.echo(
        f"{exported.cases} cases in {exported.path}; {exported.without_coverage} without any coverage left out"
    )
    return PASSED


def _folder(named: Path | None) -> Path:
    from agent.config import load_settings

    return named.expanduser() if named else load_settings().data_dir / "evals"


def _write_json(path: Path | None, done: "Run", gate: "GateResult | None") -> None:
    import json

    if path is None:
        return
    told = {"result": done.result.model_dump(mode="json"), "gate": gate.model_dump(mode="json") if gate else None}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    if path == Path("-"):
        click.echo(text, nl=False)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
