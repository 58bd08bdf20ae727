#!/usr/bin/env bash
# 13.05.24 is in 1924.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check natasha==1.6.0 'setuptools<80' || exit 2
"$room/bin/python" - <<'PY'
import sys
import warnings

warnings.simplefilter("ignore")
from natasha import DatesExtractor, MorphVocab

extract = DatesExtractor(MorphVocab())
texts = ["13.05.2024", "13.05.24", "01.02.05"]
seen = [[(one.fact.year, one.fact.month, one.fact.day) for one in extract(text)] for text in texts]
print("natasha 1.6.0:", texts)
print("expected: 2024 twice and 2005, or no year")
print("seen:    ", seen)
sys.exit(seen != [[(2024, 5, 13)], [(1924, 5, 13)], [(1905, 2, 1)]])
PY
