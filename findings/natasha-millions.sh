#!/usr/bin/env bash
# Five million two hundred thousand roubles are two hundred thousand, and 1,125 million are a billion.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check natasha==1.6.0 'setuptools<80' || exit 2
"$room/bin/python" - <<'PY'
import sys
import warnings

warnings.simplefilter("ignore")
from natasha import MoneyExtractor, MorphVocab

extract = MoneyExtractor(MorphVocab())
texts = ["1,5 млн рублей", "1,125 млн рублей", "5 миллионов 200 тысяч рублей"]
seen = [[one.fact.amount for one in extract(text)] for text in texts]
print("natasha 1.6.0:", texts)
print("expected: 1500000, 1125000, as a comma stands before a fraction in Russian, and 5200000")
print("seen:    ", seen)
sys.exit(seen != [[1500000], [1125000000], [200000]])
PY
