#!/usr/bin/env bash
# pyarabic reads "three million two hundred thousand" as 3,001,000, and half a million as a million.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check PyArabic==0.6.15 six==1.17.0 || exit 2
"$room/bin/python" - <<'PY'
import sys
from pyarabic.number import text2number

words = {"مئتان وخمسة": 205, "ألفان وأربعة وعشرون": 2024, "ثلاثة ملايين ومئتا ألف": 3_200_000, "نصف مليون": 500_000}
seen = {number: text2number(phrase) for phrase, number in words.items()}
print("PyArabic 0.6.15: text2number on four numbers as Arabic newspapers write them")
print("expected: the numbers, or an error for a form that is not known")
for number, read in seen.items():
    print("seen:    ", f"{number:,} -> {read:,}")
sys.exit(seen != {205: 205, 2024: 2024, 3_200_000: 3_001_000, 500_000: 1_000_000})
PY
