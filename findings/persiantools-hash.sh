#!/usr/bin/env bash
# A JalaliDate of persiantools equals the date of the same day, but no set and no dictionary finds it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check persiantools==6.2.0 || exit 2
"$room/bin/python" - <<'PY'
import datetime, sys
from persiantools.jdatetime import JalaliDate

jalali, gregorian = JalaliDate(1402, 12, 15), datetime.date(2024, 3, 5)
equal, found = jalali == gregorian, jalali in {gregorian}
print("persiantools 6.2.0: 15 Esfand 1402 and 5 March 2024, the same day")
print("expected: found among the days it equals; the data model of Python: objects that compare equal have the same hash")
print("seen:    ", f"equal: {equal}, found in a set of that day: {found}")
sys.exit(not (equal and not found))
PY
