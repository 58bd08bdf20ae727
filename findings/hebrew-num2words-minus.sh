#!/usr/bin/env bash
# Minus five degrees are five, and 2.05 per cent are two five.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check hebrew-num2words==0.1.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from hebrew_num2words import normalize_numbers

texts = ["5 מעלות", "-5 מעלות", "2.05%"]
seen = [normalize_numbers(text) for text in texts]
print("hebrew-num2words 0.1.0: five degrees, minus five degrees, 2.05 per cent")
print("expected: the second told otherwise than the first; a zero (אפס) in the third")
print("seen:    ", seen)
sys.exit(not (seen[0] == seen[1] and "אפס" not in seen[2]))
PY
