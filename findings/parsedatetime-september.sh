#!/usr/bin/env bash
# September 2019 is nineteen minutes past eight.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check parsedatetime==2.6 || exit 2
"$room/bin/python" - <<'PY'
import sys
from datetime import datetime

from parsedatetime import Calendar

calendar, now = Calendar(), datetime(2024, 3, 5, 12)
texts = ["1 September 2019", "1 Sep 2019", "1 Sept 2019", "Sept 1, 2019"]
seen = [f"{calendar.parseDT(text, now)[0]:%Y-%m-%d %H:%M}" for text in texts]
print("parsedatetime 2.6: one day with its month in full and shortened as newspapers do, asked on 5 March 2024")
print("expected: 2019-09-01 four times; or, where Sept is not known, nothing at all")
print("seen:    ", seen)
sys.exit(seen != ["2019-09-01 12:00", "2019-09-01 12:00", "2024-03-05 20:19", "2024-03-05 20:19"])
PY
