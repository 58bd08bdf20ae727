#!/usr/bin/env bash
# Five thousand billion, as Persian budgets tell their sums, is a billion and five thousand.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ghnum==1.1.3 || exit 2
"$room/bin/python" - <<'PY'
import sys

from ghNum import PersianTextToNumber

texts = ["پنج میلیون و دویست هزار", "پنج هزار میلیارد", "دو ممیز پنج"]
seen = [PersianTextToNumber().convert(text) for text in texts]
print("ghnum 1.1.3:", texts, "(five million two hundred thousand; five thousand billion; two point five)")
print("expected: 5200000, 5000000000000, 2.5; or an error for a word that it does not know")
print("seen:    ", seen)
sys.exit(seen != [5200000, 1000005000, 7])
PY
