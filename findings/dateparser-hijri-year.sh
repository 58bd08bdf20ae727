#!/usr/bin/env bash
# dateparser reads a year of the Hijra that is marked as such (هـ) as a year of the Middle Ages.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check dateparser==1.5.0 python-dateutil==2.9.0.post0 || exit 2
"$room/bin/python" - <<'PY'
import sys, warnings
warnings.filterwarnings("ignore")
import dateparser

seen = {words: dateparser.parse(words) for words in ("5 محرم 1445 هـ", "1445/01/05 هـ")}
print("dateparser 1.5.0: 5 Muharram 1445 of the Hijra (July 2023), with the month's name and in figures")
print("expected: July 2023 or nothing for both; هـ says which calendar the figures are of")
for words, day in seen.items():
    print("seen:    ", words, "->", day)
sys.exit(not (seen["5 محرم 1445 هـ"] is None and seen["1445/01/05 هـ"].year == 1445))
PY
