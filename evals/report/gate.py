"""Did it get worse? A run beside a stored baseline, by paired bootstrap on what both were asked.

A measure fails only when the whole interval of its change lies on the bad side. The level is divided by the number
of measures that are looked at together, so that one run in twenty at most fails by chance, whatever their number.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from agent.errors import BadInput
from agent.models import AnalystInfo, Frozen
from evals.running.figures import Difference, difference, figure
from evals.running.items import Item
from evals.running.measures import SUITES, Measure
from evals.running.results import Run, to_json

_LEVEL = 0.05
Verdict = Literal["worse", "better", "same", "unanswered"]


class Baseline(Frozen):
    """What later runs are held against: the items of a run, without the texts that they are about."""

    schema_version: str = "1"
    run_id: str
    analyst: AnalystInfo
    revision: str | None
    data_hashes: dict[str, str]
    suites: dict[str, tuple[Item, ...]]


class Check(Frozen):
    """One measure of one suite. Without a `difference` the run has answered nothing that it could be taken from."""

    suite: str
    measure: str
    better: Literal["higher", "lower"]
    verdict: Verdict
    difference: Difference | None = None

    def __str__(self) -> str:
        name = f"{self.suite}.{self.measure}"
        if self.difference is None:
            return f"{name}: nothing was answered"
        told = self.difference
        change = f"{told.after - told.before:+.3f} [{told.low:+.3f}, {told.high:+.3f}]"
        return f"{name}: from {told.before:.3f} to {told.after:.3f}, {change} on {told.items} items"


class GateResult(Frozen):
    """`notes` tell where baseline and run are not alike: other data, another analyst, suites that one has not."""

    passed: bool
    run_id: str
    baseline: str
    checks: tuple[Check, ...]
    notes: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.verdict in ("worse", "unanswered"))


def load_baseline(path: Path) -> Baseline:
    """Raises `BadInput`."""
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as err:
        raise BadInput(
            f"{str(path)!r} is no baseline: {err}. `isnad eval gate --accept` makes one from a run."
        ) from err


def accept(run: Run, path: Path) -> Baseline:
    """Keeps a run as the baseline of those to come. What depends on the machine and the minute is left out."""
    request = run.result.manifest.request
    baseline = Baseline(
        run_id=run.id,
        analyst=request.analyst,
        revision=request.revision,
        data_hashes=request.data_hashes,
        suites={suite: tuple(_lasting(item) for item in run.items(suite)) for suite in request.suites},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_json(baseline), encoding="utf-8")
    return baseline


def judge(run: Run, baseline: Baseline, tolerance: float = 0.0) -> GateResult:
    """Every gated measure of the suites that both have; a loss within the tolerance is none.

    Raises `BadInput` when the two have no suite, or a suite and no question, in common.
    """
    suites = [suite for suite in run.result.manifest.request.suites if suite in baseline.suites]
    if not suites:
        raise BadInput(f"run {run.id!r} and baseline {baseline.run_id!r} have no suite in common")
    wanted = [(suite, measure) for suite in suites for measure in SUITES[suite].measures if measure.gated]
    alpha = _LEVEL / max(1, len(wanted))
    items = {suite: run.items(suite) for suite in suites}
    checks = [_check(suite, m, baseline.suites[suite], items[suite], alpha, tolerance) for suite, m in wanted]
    told = tuple(check for check in checks if check is not None)
    passed = not any(check.verdict in ("worse", "unanswered") for check in told)
    return GateResult(
        passed=passed, run_id=run.id, baseline=baseline.run_id, checks=told, notes=tuple(_notes(run, baseline))
    )


def _check(
    suite: str, measure: Measure, before: Sequence[Item], after: Sequence[Item], alpha: float, tolerance: float
) -> Check | None:
    """None where the measure applies to nothing in the baseline either."""
    if figure(measure, before, "all", resamples=0) is None:
        return None
    if not {item.key for item in before} & {item.key for item in after}:
        raise BadInput(f"baseline and run were asked no common question in suite {suite!r}: accept a new baseline")
    found = difference(measure, before, after, alpha=alpha)
    verdict = _verdict(found, measure, tolerance) if found else "unanswered"
    return Check(suite=suite, measure=measure.name, better=measure.better, verdict=verdict, difference=found)


def _verdict(found: Difference, measure: Measure, tolerance: float) -> Verdict:
    least, most = (found.low, found.high) if measure.better == "higher" else (-found.high, -found.low)
    if most < -tolerance:
        return "worse"
    return "better" if least > tolerance else "same"


def _notes(run: Run, baseline: Baseline) -> list[str]:
    request = run.result.manifest.request
    notes = []
    changed = {name for name, found in request.data_hashes.items() if baseline.data_hashes.get(name, found) != found}
    if changed:
        notes.append(f"other data than the baseline's: {', '.join(sorted(changed))}")
    if (request.analyst.kind, request.analyst.model) != (baseline.analyst.kind, baseline.analyst.model):
        notes.append(f"another analyst: {_name(request.analyst)} beside {_name(baseline.analyst)}")
    if missing := baseline.suites.keys() - set(request.suites):
        notes.append(f"not run: {', '.join(sorted(missing))}")
    return notes


def _name(card: AnalystInfo) -> str:
    return card.model or card.kind


def _lasting(item: Item) -> Item:
    return item.model_copy(update={"spent": None})
