"""`trend.html`: how good, how dear and how slow each suite was over time, on one page that needs no server."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from agent.errors import BadInput
from evals.report.charts import Chart, Line, draw
from evals.running.figures import Figure
from evals.running.measures import SUITES
from evals.running.results import Run, RunResult, SuiteResult

_MOST_LANGUAGES = 4
_TITLES = {"macro_f1": "macro-F1"}


class Row(NamedTuple):
    """One measure in the table: the latest figure, and the one of the run before where there is one."""

    measure: str
    better: str
    latest: Figure
    before: Figure | None


class Drawn(NamedTuple):
    """`legend` tells the lines in the order of their colours."""

    title: str
    svg: Markup
    legend: tuple[str, ...]


class Cell(NamedTuple):
    answer: str
    times: int
    share: float
    right: bool


class Section(NamedTuple):
    suite: str
    result: SuiteResult
    rows: list[Row]
    charts: list[Drawn]
    answers: list[str]
    confusion: list[tuple[str, list[Cell]]]


class Series(NamedTuple):
    """Runs that asked the same suites in the same way of the same analyst."""

    title: str
    runs: list[RunResult]
    sections: list[Section]
    overall: list[Drawn]

    @property
    def last(self) -> RunResult:
        return self.runs[-1]


def write_trend(runs: Sequence[Run], path: Path) -> None:
    """The page over all finished runs, the latest kind of run first; raises `BadInput` when there are none."""
    results = [run.result for run in runs if run.finished]
    if not results:
        raise BadInput("there is no finished run to draw; `isnad eval run` makes one")
    series = [_series(title, some, n) for n, (title, some) in enumerate(_alike(results).items())]
    series.sort(key=lambda one: one.last.manifest.started_at, reverse=True)
    environment = Environment(
        loader=PackageLoader("evals", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(environment.get_template("trend.html.j2").render(series=series), encoding="utf-8")


def _alike(results: Sequence[RunResult]) -> dict[str, list[RunResult]]:
    grouped: dict[str, list[RunResult]] = defaultdict(list)
    for result in results:
        request = result.manifest.request
        parts = [request.suite.replace("_", " "), request.analyst.model or f"{request.analyst.kind} analyst"]
        parts += [f"sets {', '.join(request.sets)}"] if request.sets else []
        parts += [f"at most {request.limit} of each set"] if request.limit else []
        parts += [f"{request.split} parts"] if request.split != "dev" else []
        grouped[" · ".join(parts)].append(result)
    return grouped


def _series(title: str, runs: list[RunResult], number: int) -> Series:
    ticks = _ticks([run.manifest.started_at for run in runs])
    names = [suite for suite in SUITES if runs[-1].suite(suite) is not None]
    sections = [_section(suite, runs, ticks, number) for suite in names]
    return Series(title, runs, sections, _overall(runs, ticks, number))


def _ticks(moments: Sequence[datetime]) -> list[str]:
    """Days; hours where all runs are of one day."""
    form = "%d %b" if len({moment.date() for moment in moments}) > 1 else "%H:%M"
    return [moment.strftime(form) for moment in moments]


def _section(suite: str, runs: list[RunResult], ticks: list[str], number: int) -> Section:
    told = [run.suite(suite) for run in runs]
    last = told[-1]
    assert last is not None
    before = next((one for one in reversed(told[:-1]) if one is not None), None)
    rows, charts = [], []
    for measure in SUITES[suite].measures:
        latest = last.figure(measure.name)
        if latest is None:
            continue
        rows.append(
            Row(_title(measure.name), measure.better, latest, before.figure(measure.name) if before else None)
        )
        if measure.gated and measure.kind != "failed":
            charts.append(_chart(measure.name, told, ticks, f"{number}-{suite}-{measure.name}"))
    answers = sorted({answer for row in last.confusion.values() for answer in row} | last.confusion.keys())
    return Section(suite, last, rows, charts, answers, _confusion(last, answers))


def _chart(measure: str, told: list[SuiteResult | None], ticks: list[str], name: str) -> Drawn:
    last = told[-1]
    groups = [one.group for one in last.figures if one.measure == measure] if last else []
    languages = [group for group in groups if group.startswith("lang:")]
    # With one language its line is that of everything.
    wanted = ["all", *(languages[:_MOST_LANGUAGES] if len(languages) > 1 else [])]
    lines = []
    for group in wanted:
        found = [one.figure(measure, group) if one else None for one in told]
        line = Line(group.removeprefix("lang:"), [one.value if one else None for one in found])
        if group == "all":
            band = [one.low if one else None for one in found], [one.high if one else None for one in found]
            line = Line("all", line.values, *band)
        lines.append(line)
    return _drawn(Chart(name, _title(measure), ticks, lines))


def _overall(runs: list[RunResult], ticks: list[str], number: int) -> list[Drawn]:
    spent = [run.manifest.spent.usage for run in runs]
    charts = [
        Chart(
            f"{number}-wall",
            "wall time of a run, s",
            ticks,
            [Line("s", [run.manifest.wall_seconds for run in runs])],
            bounded=False,
        ),
        Chart(
            f"{number}-latency",
            "p95 of a question, s",
            ticks,
            [Line(suite, [_p95(run, suite) for run in runs]) for suite in ("stance", "claims", "end_to_end")],
            bounded=False,
        ),
    ]
    if any(usage.tokens for usage in spent):
        tokens = [Line("tokens", [usage.tokens / 1000 for usage in spent])]
        charts.append(Chart(f"{number}-tokens", "thousand tokens", ticks, tokens, bounded=False))
    if any(usage.cost is not None for usage in spent):
        cost = [Line("cost", [usage.cost for usage in spent])]
        charts.append(Chart(f"{number}-cost", "cost", ticks, cost, bounded=False))
    return [_drawn(chart) for chart in charts]


def _p95(run: RunResult, suite: str) -> float | None:
    result = run.suite(suite)
    return result.latency.p95 if result and result.latency else None


def _drawn(chart: Chart) -> Drawn:
    lines = [line for line in chart.lines if any(value is not None for value in line.values)]
    known = Chart(chart.name, chart.title, chart.ticks, lines, chart.bounded)
    # Drawn here from numbers and names of this project; nothing of a text that was read.
    return Drawn(chart.title, Markup(draw(known)), tuple(line.name for line in lines) if len(lines) > 1 else ())


def _confusion(result: SuiteResult, answers: list[str]) -> list[tuple[str, list[Cell]]]:
    rows = []
    for gold, counts in result.confusion.items():
        total = sum(counts.values())
        cells = [
            Cell(answer, counts.get(answer, 0), counts.get(answer, 0) / total, answer == gold) for answer in answers
        ]
        rows.append((gold, cells))
    return rows


def _title(measure: str) -> str:
    return _TITLES.get(measure, measure.replace("_", " "))
