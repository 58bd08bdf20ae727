"""Runs, comparisons and gates on the screen."""

from rich.console import Console
from rich.table import Table

from evals.report.gate import GateResult
from evals.running.figures import Difference, Figure, difference
from evals.running.items import Item
from evals.running.measures import SUITES
from evals.running.results import Run

_COLOURS = {"worse": "red", "unanswered": "red", "better": "green", "same": "default"}


def show_run(run: Run) -> None:
    console = Console()
    result = run.result
    table = Table("suite", "items", "measure", "value", "95 %", "by language", box=None)
    for suite in result.suites:
        failed = sum(suite.failed.values())
        head = suite.suite, f"{suite.items}, {failed} failed" if failed else str(suite.items)
        for measure in SUITES[suite.suite].measures:
            one = suite.figure(measure.name)
            if one is not None and measure.name != "failed":
                langs = [f for f in suite.figures if f.measure == measure.name and f.group.startswith("lang:")]
                told = " ".join(f"{f.group.removeprefix('lang:')} {f.value:.2f}" for f in langs)
                table.add_row(*head, measure.name, f"{one.value:.3f}", _interval(one), told)
                head = "", ""
        if suite.class_f1:
            table.add_row("", "", *_by_class(suite.class_f1))
    console.print(table)
    manifest = result.manifest
    usage = manifest.spent.usage
    cost = f", cost {usage.cost:.4f}" if usage.cost is not None else ""
    console.print(
        f"{run.id}: {manifest.wall_seconds:.0f} s, {usage.calls} calls, {usage.tokens} tokens{cost}\n"
        f"in {run.folder}; samples: inspect view --log-dir {run.logs}",
        highlight=False,
        soft_wrap=True,
    )


def show_gate(gate: GateResult) -> None:
    console = Console()
    for note in gate.notes:
        console.print(f"note: {note}", highlight=False, soft_wrap=True)
    for check in gate.checks:
        if check.verdict != "same":
            colour = _COLOURS[check.verdict]
            console.print(f"[{colour}]{check.verdict}[/]  {check}", highlight=False, soft_wrap=True, markup=True)
    alike = sum(check.verdict == "same" for check in gate.checks)
    verdict = "passed" if gate.passed else "failed"
    console.print(f"gate {verdict}: {len(gate.checks)} measures, {alike} the same within noise", highlight=False)


def show_comparison(before: Run, after: Run) -> None:
    console = Console()
    console.print(f"before: {before.id}\nafter:  {after.id}", highlight=False)
    table = Table("suite", "measure", "of", "before", "after", "change", "95 % of it", "items", box=None)
    for suite in after.result.suites:
        old, new = before.items(suite.suite), after.items(suite.suite)
        for measure in SUITES[suite.suite].measures:
            for group in ("all", *sorted({f"lang:{item.lang}" for item in new})):
                found = difference(measure, _of(group, old), _of(group, new), alpha=0.05)
                if found is not None and (measure.name != "failed" or found.before or found.after):
                    table.add_row(suite.suite, measure.name, group.removeprefix("lang:"), *_cells(found))
    console.print(table)


def _of(group: str, items: list[Item]) -> list[Item]:
    return items if group == "all" else [item for item in items if f"lang:{item.lang}" == group]


def _cells(found: Difference) -> list[str]:
    change = f"{found.after - found.before:+.3f}"
    interval = f"{found.low:+.3f}…{found.high:+.3f}"
    return [f"{found.before:.3f}", f"{found.after:.3f}", change, interval, str(found.items)]


def _by_class(classes: dict[str, float]) -> list[str]:
    return ["F1 by class", "", "", "\n".join(f"{label} {value:.2f}" for label, value in classes.items())]


def _interval(one: Figure) -> str:
    return "" if one.low is None or one.high is None else f"{one.low:.3f} – {one.high:.3f}"
