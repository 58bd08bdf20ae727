#!/usr/bin/env bash
# dateparser takes آب, the Levantine August, for "now": the year that stands beside it is kept, the month is today's.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check dateparser==1.5.0 python-dateutil==2.9.0.post0 || exit 2
"$room/bin/python" - <<'PY'
import datetime, sys, warnings
warnings.filterwarnings("ignore")
import dateparser

clock = {"RELATIVE_BASE": datetime.datetime(2024, 6, 1)}
seen = {words: dateparser.parse(words, settings=clock) for words in ("أغسطس 2019", "آب 2019", "آب")}
print("dateparser 1.5.0: August 2019, Egyptian and Levantine name, read on 1 June 2024")
print("expected: August both times, or nothing for a name that is not known")
for words, day in seen.items():
    print("seen:    ", words, "->", day)
sys.exit(not (seen["أغسطس 2019"].month == 8 and seen["آب 2019"].month == 6 and seen["آب"].month == 6))
PY
