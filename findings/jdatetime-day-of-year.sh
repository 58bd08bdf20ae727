#!/usr/bin/env bash
# The hundredth day of a Persian year is its first.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check jdatetime==6.1.1 || exit 2
"$room/bin/python" - <<'PY'
import datetime, sys, jdatetime

day = jdatetime.datetime(1403, 4, 7)
written = day.strftime("%Y %j")
read = jdatetime.datetime.strptime(written, "%Y %j")
print("jdatetime 6.1.1: a day written and read as a day of the year, %j")
print("expected: the same day, as datetime does it:", datetime.datetime.strptime("2024 100", "%Y %j").date())
print("seen:    ", day.date(), "->", written, "->", read.date())
sys.exit(not (written == "1403 100" and read == jdatetime.datetime(1403, 1, 1)))
PY
