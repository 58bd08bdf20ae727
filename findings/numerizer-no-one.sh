#!/usr/bin/env bash
# Nobody becomes the number one, and a year three numbers.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check numerizer==0.2.4 || exit 2
"$room/bin/python" - <<'PY'
import sys
from numerizer import numerize

texts = ["no one was hurt", "in nineteen eighty-four", "half a million people"]
seen = [numerize(text) for text in texts]
print("numerizer 0.2.4: number words turned to figures")
print("expected: 'no one' stays; 1984; 500000: one number for one number")
print("seen:    ", seen)
sys.exit(seen != ["no 1 was hurt", "in 19 80 4", "1/2 1000000 people"])
PY
