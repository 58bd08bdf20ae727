"""Running suites through Inspect: one run at a time, finished suites are not run again after a crash."""

import asyncio
import importlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from filelock import FileLock, Timeout

from agent.config import load_settings
from agent.errors import BadInput, IsnadError
from agent.models import AnalystInfo, Frozen
from evals.data.sets import Choice, choose, files_of, hashes
from evals.data.sources import listing_of
from evals.data.stories import story_files
from evals.running.items import Item, Spent
from evals.running.manifest import Manifest, Request, public_settings, revision, versions
from evals.running.measures import SUITES
from evals.running.opened import open_for
from evals.running.results import Run, RunResult, new_run, runs_in, summarise

if TYPE_CHECKING:
    from inspect_ai import Task
    from inspect_ai.log import EvalLog

QUICK, FULL = "quick", "full"
# Every attack is a verification of a whole story; these few tell whether the suite works.
_QUICK_ATTACKS = 2
_AT_ONCE = 16
_AT_ONCE_HERE = 2


class EvalError(IsnadError):
    """An evaluation could not be run, or not to its end: nothing can be said about quality."""


class Order(Frozen):
    """What to run, as it is told on the command line."""

    suite: str = QUICK
    data: str | None = None
    sets: str | None = None
    split: str = "dev"
    limit: int | None = None
    analyst: str = "auto"
    model: str | None = None
    fresh: bool = False


def run(order: Order, folder: Path, tell: Callable[[str], None]) -> Run:
    """Runs the suites and returns the finished run; an unfinished one that was ordered alike is taken up again.

    Raises `BadInput`, `ConfigurationError`, or `EvalError` when another run is going on or a suite broke off.
    """
    with alone(folder):
        request = _request(order)
        one, resumed = _run_to_use(folder, request, order.fresh)
        tell(f"{'Taking up' if resumed else 'Run'} {one.id}: {', '.join(request.suites)}")
        one.begin(request)
        began, started = time.perf_counter(), datetime.now(UTC)
        items = _evaluate(order, request, one)
        suites = tuple(summarise(suite, some) for suite, some in items.items())
        manifest = Manifest(
            request=request,
            versions=versions(),
            started_at=started,
            ended_at=datetime.now(UTC),
            wall_seconds=time.perf_counter() - began,
            resumed=resumed,
            spent=sum((suite.spent for suite in suites), start=Spent()),
        )
        one.finish(RunResult(run_id=one.id, manifest=manifest, suites=suites), items)
        return one


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Holds a folder of runs for one evaluation; raises `EvalError` when another has it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout as err:
        raise EvalError(f"another evaluation is running in {str(folder)!r}") from err


def _request(order: Order) -> Request:
    if order.suite not in (QUICK, FULL, *SUITES):
        raise BadInput(f"there is no suite {order.suite!r}; there are {', '.join((QUICK, FULL, *SUITES))}")
    if order.suite == FULL and order.data is None:
        raise BadInput(f"the full suites need the public sets: name their folder with --data.\n\n{listing_of(None)}")
    choice = choose(_data(order), order.sets, order.split, order.limit)
    names = tuple(SUITES) if order.suite in (QUICK, FULL) else (order.suite,)
    settings = load_settings(analyst=order.analyst, model=order.model)
    return Request(
        suite=order.suite,
        suites=tuple(name for name in names if _files(name, choice)),
        sets=choice.sets,
        split=choice.split,
        limit=order.limit,
        data=str(choice.data) if choice.data else None,
        data_hashes=hashes([path for name in names for path in _files(name, choice)]),
        analyst=asyncio.run(_analyst_info(order)),
        revision=revision(),
        settings=public_settings(settings),
    )


def _data(order: Order) -> str | None:
    return None if order.suite == QUICK else order.data


def _files(suite: str, choice: Choice) -> list[Path]:
    kind = SUITES[suite].folder
    if kind == "stories":
        return story_files(choice)
    if kind == "retrieval":
        folders = [
            path for root in choice.roots for path in sorted((root / kind).glob("*/")) if choice.wants(path.name)
        ]
        return [path for folder in folders for path in sorted(folder.iterdir())]
    if kind == "injection":
        return [path for root in choice.roots for path in sorted((root / kind).glob("prompt_injection*.jsonl"))]
    return list(files_of(choice, kind).values())


async def _analyst_info(order: Order) -> AnalystInfo:
    async with open_for(order.analyst, order.model) as analyst:
        return analyst.info


def _run_to_use(folder: Path, request: Request, fresh: bool) -> tuple[Run, bool]:  # and whether it was begun before
    known = runs_in(folder)
    last = known[-1] if known else None
    if last is not None and not fresh and not last.finished and last.request == request:
        return last, True
    return new_run(folder, request.suite), False


def _evaluate(order: Order, request: Request, one: Run) -> dict[str, Sequence[Item]]:
    from inspect_ai import eval_set

    ok, logs = eval_set(
        [_task(suite, order) for suite in request.suites],
        log_dir=str(one.logs),
        model=None,
        retry_attempts=0,
        retry_immediate=False,
        max_tasks=1,
        max_samples=_AT_ONCE if request.analyst.kind == "model" else _AT_ONCE_HERE,
        metadata={"analyst": request.analyst.model_dump(mode="json"), "revision": request.revision},
        display="none",
        score_display=False,
        log_level="error",
        ctl_server=False,
    )
    if not ok:
        raise EvalError("; ".join(_breaking(log) for log in logs if log.status != "success"))
    return {log.eval.task.rpartition("/")[2]: _items(log) for log in logs}


def _task(suite: str, order: Order) -> "Task":
    module, _, name = SUITES[suite].task.partition(":")
    limit = order.limit
    if limit is None and order.suite == QUICK and suite == "injection":
        limit = _QUICK_ATTACKS
    make = getattr(importlib.import_module(module), name)
    made = make(
        data=_data(order),
        sets=order.sets,
        split=order.split,
        limit=limit,
        analyst=order.analyst,
        model=order.model,
    )
    return cast("Task", made)


def _items(log: "EvalLog") -> list[Item]:
    from inspect_ai.log import read_eval_log

    from evals.running.scoring import items_of

    samples = read_eval_log(log.location).samples or []
    return [item for sample in samples for score in (sample.scores or {}).values() for item in items_of(score)]


def _breaking(log: "EvalLog") -> str:
    message = log.error.message if log.error else log.status
    return f"suite {log.eval.task!r} broke off: {message}. Run it again: what is done is not done again."
