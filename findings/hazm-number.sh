#!/usr/bin/env bash
# A Persian text is normalised, and its numbers fall apart.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check hazm==0.10.0 || exit 2
"$room/bin/python" - <<'PY'
import sys
from hazm import Normalizer

seen = Normalizer().normalize("1,500,000 نفر و 4.5 درصد")
print("hazm 0.10.0: Normalizer().normalize() of 1,500,000 and 4.5")
print("expected: the same numbers in Persian digits; its own sentence tokenizer keeps a decimal whole")
print("seen:    ", seen, "- spaces inside both numbers")
sys.exit("۵۰۰ , ۰۰۰" not in seen or "۴ ٫ ۵" not in seen)
PY
