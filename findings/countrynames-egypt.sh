#!/usr/bin/env bash
# Egypt is Montserrat, in Arabic letters.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check countrynames==1.17.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from countrynames import to_code

names = {"مصر": "EG", "المغرب": "MA", "هند": "IN"}
seen = {name: to_code(name) for name in names}
print("countrynames 1.17.0: Egypt and Morocco in Arabic, India in Persian, without fuzzy")
print("expected:", names, "or None for a name that it does not have")
print("seen:    ", seen)
sys.exit(seen != {"مصر": "MS", "المغرب": "MA", "هند": "HN"})
PY
