"""Runs as they are kept: a folder each, with what was asked, Inspect's logs, the items and the result."""

import json
import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from agent.errors import BadInput
from agent.models import Frozen
from evals.data.sets import read, write_jsonl
from evals.running.figures import Figure, class_f1, confusion, figure
from evals.running.items import Item, Spent, total
from evals.running.manifest import Manifest, Request
from evals.running.measures import SUITES

_REQUEST, _RESULT, _ITEMS, LOGS = "request.json", "result.json", "items", "logs"


class Latency(Frozen):
    """Seconds that one question took."""

    p50: float
    p95: float


class SuiteResult(Frozen):
    """`failed` counts items without an answer by reason; figures leave them out, except the one of that name."""

    suite: str
    items: int
    failed: dict[str, int]
    figures: tuple[Figure, ...]
    confusion: dict[str, dict[str, int]]
    class_f1: dict[str, float]
    spent: Spent
    latency: Latency | None

    def figure(self, measure: str, group: str = "all") -> Figure | None:
        return next((one for one in self.figures if (one.measure, one.group) == (measure, group)), None)


class RunResult(Frozen):
    """The machine-readable result of a run."""

    schema_version: str = "1"
    run_id: str
    manifest: Manifest
    suites: tuple[SuiteResult, ...]

    def suite(self, name: str) -> SuiteResult | None:
        return next((one for one in self.suites if one.suite == name), None)


class Run:
    """One run's folder. It is finished once the result stands there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def logs(self) -> Path:
        return self.folder / LOGS

    @property
    def finished(self) -> bool:
        return (self.folder / _RESULT).exists()

    @property
    def result(self) -> RunResult:
        path = self.folder / _RESULT
        try:
            return RunResult.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as err:
            raise BadInput(f"{str(path)!r} is no result of a run: {err}") from err

    @property
    def request(self) -> Request:
        return Request.model_validate_json((self.folder / _REQUEST).read_bytes())

    def items(self, suite: str) -> list[Item]:
        path = self.folder / _ITEMS / f"{suite}.jsonl"
        return read(path, Item) if path.exists() else []

    def begin(self, request: Request) -> None:
        self.logs.mkdir(parents=True, exist_ok=True)
        (self.folder / _REQUEST).write_text(request.model_dump_json(indent=2), encoding="utf-8")

    def finish(self, result: RunResult, items: dict[str, Sequence[Item]]) -> None:
        """Writes the result last and in one step: what has one is complete."""
        for suite, some in items.items():
            write_jsonl(self.folder / _ITEMS / f"{suite}.jsonl", some)
        aside = self.folder / f"{_RESULT}.new"
        aside.write_text(to_json(result), encoding="utf-8")
        aside.replace(self.folder / _RESULT)


def to_json(value: Frozen) -> str:
    return json.dumps(value.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def runs_in(folder: Path) -> list[Run]:
    """All runs, oldest first."""
    return [Run(path.parent) for path in sorted(folder.glob(f"*/{_REQUEST}"))]


def new_run(folder: Path, suite: str) -> Run:
    return Run(folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{suite}-{secrets.token_hex(2)}")


def find_run(folder: Path, name: str) -> Run:
    """A finished run by its id, its folder, or as `last` or `previous`; raises `BadInput`."""
    done = [run for run in runs_in(folder) if run.finished]
    from_end = {"last": 1, "previous": 2}.get(name)
    if from_end is not None and len(done) >= from_end:
        return done[-from_end]
    for run in (*(one for one in done if one.id == name), Run(Path(name).expanduser())):
        if run.finished:
            return run
    raise BadInput(f"there is no finished run {name!r} in {str(folder)!r}")


def summarise(suite: str, items: Sequence[Item]) -> SuiteResult:
    """All figures of a suite: over everything, by language and by set."""
    measures = SUITES[suite].measures
    groups = {"all": items, **_grouped(items)}
    found = [figure(measure, some, name) for name, some in groups.items() for measure in measures]
    took = [item.spent.seconds for item in items if item.spent]
    return SuiteResult(
        suite=suite,
        items=len(items),
        failed=dict(Counter(item.failure for item in items if item.failure)),
        figures=tuple(one for one in found if one is not None),
        confusion=confusion(items),
        class_f1=class_f1(items),
        spent=total(items),
        latency=Latency(p50=float(np.quantile(took, 0.5)), p95=float(np.quantile(took, 0.95))) if took else None,
    )


def _grouped(items: Sequence[Item]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(f"lang:{item.lang}", []).append(item)
        groups.setdefault(f"set:{item.dataset}", []).append(item)
    return dict(sorted(groups.items()))
