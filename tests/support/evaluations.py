"""Evaluations in a process of their own: Inspect leaves streams open, which is an error in a test's process.

Reads one order a line, as `{"order": …, "folder": …}`; writes one line for each: the run's folder, or the error.
"""

import importlib.metadata
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from agent.errors import IsnadError
from agent.models import Frozen
from evals.running.run import Order, run
from evals.servers.forked import Forked

ROOT = Path(__file__).parents[2]


class Ran(Frozen):
    """`folder` of the finished run, or what broke it off."""

    folder: str | None = None
    error: str | None = None


def evaluate(asked: Sequence[tuple[Order, Path]], settings: Mapping[str, str]) -> list[Ran]:
    """Runs the orders one after another, with some ISNAD_ settings."""
    lines = [json.dumps({"order": order.model_dump(mode="json"), "folder": str(folder)}) for order, folder in asked]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ISNAD_", "OPENAI_"))}
    environment |= {f"ISNAD_{name.upper()}": value for name, value in settings.items()}
    with Forked[str](
        [sys.executable, "-m", "tests.support.evaluations"],
        cwd=ROOT,
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        out, err = process.communicate("\n".join(lines))
    assert process.returncode == 0, err
    return [Ran.model_validate_json(line) for line in out.splitlines() if line.startswith("{")]


def main() -> None:
    # Inspect asks for every task which of the installed packages it comes from, and looks through all of them.
    importlib.metadata.packages_distributions = cache(importlib.metadata.packages_distributions)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            finished = run(Order.model_validate(asked["order"]), Path(asked["folder"]), lambda _: None)
            ran = Ran(folder=str(finished.folder))
        except IsnadError as err:
            ran = Ran(error=str(err))
        print(ran.model_dump_json(), flush=True)


if __name__ == "__main__":
    main()
