#!/usr/bin/env bash
# The last day of an Ethiopian leap year is the first of the same year.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ethiopian-calendar==0.1.0 || exit 2
"$room/bin/python" - <<'PY'
import datetime
import sys

from ethiopian_calendar import EthiopicDate

days = [datetime.date(2023, 9, 10), datetime.date(2023, 9, 11), datetime.date(2023, 9, 12)]
dates = [EthiopicDate.from_gregorian(day) for day in days]
seen = [(one.year, one.month, one.day) for one in dates]
again = EthiopicDate(2015, 13, 6).to_gregorian()
print("ethiopian-calendar 0.1.0:", *days)
print("expected: (2015, 13, 5), (2015, 13, 6), (2016, 1, 1); the other way, (2015, 13, 6) is", again)
print("seen:    ", seen)
sys.exit(seen != [(2015, 13, 5), (2015, 1, 1), (2016, 1, 1)] or again != days[1])
PY
