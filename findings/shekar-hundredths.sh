#!/usr/bin/env bash
# 2.05 and 2.5 are the same words in Persian.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check shekar==1.7.0 || exit 2
"$room/bin/python" - <<'PY'
import sys
from shekar import NumberToWords

words = NumberToWords()
seen = words("2.05"), words("2.5")
print("shekar 1.7.0: 2.05 and 2.5 in Persian words")
print("expected: two different numbers are told by different words")
print("seen:    ", seen)
sys.exit(seen[0] != seen[1] or words("3") == words("2"))
PY
