#!/usr/bin/env bash
# 2024, written with the round zero of Chinese and Japanese, is not 2024.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check uroman==1.3.1.1 || exit 2
"$room/bin/python" - <<'PY'
import sys

from uroman import Uroman

roman = Uroman()
years = ["2024年", "２０２４年", "二千二十四年", "二〇二四年", "三五〇人"]
seen = [roman.romanize_string(year) for year in years]
print("uroman 1.3.1.1: a year in the ways in which Japanese and Chinese papers write it, and 350 people")
print("expected: 2024 four times and 350, for it turns numbers of other scripts into Western ones, says its README")
print("seen:    ", seen)
sys.exit("2024" not in seen[0] or "2024" not in seen[1] or "2024" not in seen[2] or "2·2·4" not in seen[3])
PY
