#!/usr/bin/env bash
# 2.05 is written out as two and a half, or as two point four.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check num2words==0.5.14 || exit 2
"$room/bin/python" - <<'PY'
import sys
from num2words import num2words

seen = {language: num2words(2.05, lang=language) for language in ("fa", "tr", "ar", "fr")}
print("num2words 0.5.14: 2.05 in words")
print("expected: two and five hundredths in every language, as in French")
print("seen:    ", seen)
print("          Persian: two and a half; Turkish: two point four; Arabic: two, and then five without its zero")
sys.exit(seen["fa"] != num2words(2.5, lang="fa") or seen["tr"] != "ikivirgüldört" or "zéro" not in seen["fr"] or not seen["ar"].endswith("خمس"))
PY
