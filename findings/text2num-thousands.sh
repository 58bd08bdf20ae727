#!/usr/bin/env bash
# Thousands were killed: 1000 were killed.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check text2num==3.1.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from text_to_num import alpha2digit

texts = {"Two thousand were killed": "en", "Thousands were killed": "en", "Millions fled": "en", "Miles de personas": "es"}
seen = [alpha2digit(text, lang) for text, lang in texts.items()]
print("text2num 3.1.0:", list(texts))
print("expected: 2000 in the first; the others stay, as they tell no number")
print("seen:    ", seen)
sys.exit(seen != ["2000 were killed", "1000 were killed", "1000000 fled", "1000 de personas"])
PY
