#!/usr/bin/env bash
# inspect-ai's exact() finds -5 and 1,7 right where 5 and 17 are.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check inspect-ai==0.3.285 || exit 2
"$room/bin/python" - <<'PY'
import asyncio, sys
from inspect_ai.model import ModelOutput
from inspect_ai.scorer import Target, exact
from inspect_ai.solver import TaskState

def score(said, right):
    state = TaskState("m", 1, 1, "By how much?", [], output=ModelOutput.from_content("m", said))
    return asyncio.run(exact()(state, Target(right))).value

seen = {(said, right): score(said, right) for said, right in (("-5", "5"), ("1,7", "17"), ("6", "5"))}
print("inspect-ai 0.3.285: exact() on the answer -5 where 5 is right, and on 1,7 (as most of Europe writes 1.7) where 17 is")
print("expected: I, incorrect; it is documented to normalise the text and to match it exactly")
print("seen:    ", seen)
sys.exit(seen != {("-5", "5"): "C", ("1,7", "17"): "C", ("6", "5"): "I"})
PY
