"""`python -m evals.mutants [MODULE …] [--lines 12,13]`: a line a module, and every change that no test noticed."""

import argparse
import subprocess
import sys

from evals.mutants.covered import COVERED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="as agent.verify.policy; all without")
    parser.add_argument("--lines", default="", help="changes of these lines alone")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    for name in given.modules or COVERED:
        if given.one:
            _one(name, frozenset(int(line) for line in given.lines.split(",") if line))
        else:
            # Each in a process of its own, which has imported nothing but what its tests need.
            command = [sys.executable, "-m", "evals.mutants", "--one", "--lines", given.lines, name]
            subprocess.run(command, check=False)


def _one(name: str, only: frozenset[int]) -> None:
    from evals.mutants.session import run

    outcome = run(name, COVERED[name], only)
    for one in outcome.survivors:
        print(f"survived  {name}:{one.line}  {one.kind}\n    - {one.before}\n    + {one.after}")
    share = 100 * outcome.killed / outcome.made if outcome.made else 100
    print(
        f"{name}: {outcome.made} made, {outcome.killed} killed ({share:.0f} %), {outcome.seconds:.0f} s", flush=True
    )


if __name__ == "__main__":
    main()
