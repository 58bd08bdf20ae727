#!/usr/bin/env bash
# All days of each fourth Ethiopian year are off by one.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ethiotime==1.0.2 ethiocalendar==1.2.0 || exit 2
"$room/bin/python" - <<'PY'
import datetime
import sys

import ethiocalendar
from ethiotime import CalendarService

days = [datetime.date(2023, 9, 12), datetime.date(2024, 1, 7), datetime.date(2024, 9, 11), datetime.date(2025, 1, 7)]
seen = [tuple(CalendarService.gc_to_ec(day)) for day in days]
dates = [ethiocalendar.fromgretoethio(day) for day in days]
other = [(one.year, one.month, one.day) for one in dates]
print("ethiotime 1.0.2:", *days)
print("expected: 1 Meskerem 2016, 28 Tahsas 2016, 1 Meskerem 2017, 29 Tahsas 2017; ethiocalendar 1.2.0:", other)
print("seen:    ", seen)
sys.exit(seen != [(2016, 1, 2), (2016, 4, 29), (2017, 1, 1), (2017, 4, 29)] or other[1] != (2016, 4, 28))
PY
