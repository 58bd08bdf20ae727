#!/usr/bin/env bash
# Five hundred thousand is five hundred, in Kurdish.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check asosoft==0.2.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from asosoft import Number2Word

seen = [Number2Word(number).strip() for number in ("500", "٥٠٠", "500,000", "٥٠٠٬٠٠٠")]
print("asosoft 0.2.0: 500 and 500,000 in Western and in Arabic digits, each with its separator, in Sorani words")
print("expected: the same words for the same number")
print("seen:    ", seen)
sys.exit(not (seen[0] == seen[1] and "هەزار" in seen[2] and seen[3] == seen[0] + "٬"))
PY
