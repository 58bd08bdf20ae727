#!/usr/bin/env bash
# Ramadan of 1445 is written as September of 1445.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check undate==0.8.0 || exit 2
"$room/bin/python" - <<'PY'
import sys
from undate import Undate

ramadan = Undate.parse("Ramadan 1445", "Islamic")
written = ramadan.format("EDTF"), ramadan.format("ISO8601")
read = Undate.parse(written[0], "EDTF")
print("undate 0.8.0: Ramadan 1445 in EDTF and ISO 8601, and read again")
print("expected: days of 2024, or an error: both formats are of the Gregorian calendar;", ramadan.earliest, ramadan.latest)
print("seen:    ", written, "->", read.earliest, read.latest)
sys.exit(not (written == ("1445-09", "1445-09") and str(read.earliest) == "1445-09-01"))
PY
