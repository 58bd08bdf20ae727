#!/usr/bin/env bash
# A whole year of Persian dates is off by a day: 20 March 2025 is the first of 1404.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check khayyam-jalali==3.0.20 jdatetime==6.1.1 || exit 2
"$room/bin/python" - <<'PY'
import datetime
import sys

import jdatetime
from khayyam import JalaliDate

days = [datetime.date(2025, 3, 19), datetime.date(2025, 3, 20), datetime.date(2025, 9, 1), datetime.date(2026, 3, 21)]
seen = [JalaliDate(day).isoformat() for day in days]
other = [jdatetime.date.fromgregorian(date=day).isoformat() for day in days]
print("khayyam-jalali 3.0.20:", *days)
print("expected: 1403-12-29, 1403-12-30, 1404-06-10, 1405-01-01: 1403 had 366 days in Iran; jdatetime:", other)
print("seen:    ", seen)
sys.exit(seen != ["1403-12-29", "1404-01-01", "1404-06-11", "1405-01-01"] or other[1] != "1403-12-30")
PY
