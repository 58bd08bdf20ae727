#!/usr/bin/env bash
# Five to seven March is the seventh of May.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check timefhuman==0.1.5 || exit 2
"$room/bin/python" - <<'PY'
import sys
from datetime import datetime

from timefhuman import tfhConfig, timefhuman

config = tfhConfig(now=datetime(2024, 3, 5, 12))
seen = [str(timefhuman(text, config=config)) for text in ("March 5-7", "5-7 March")]
print("timefhuman 0.1.5: three days, with the month before and behind them, asked on 5 March 2024")
print("expected: from 5 to 7 March twice, or nothing for the second")
print("seen:    ", seen)
sys.exit("(2024, 3, 7, 0, 0)" not in seen[0] or seen[1] != "[datetime.datetime(2024, 5, 7, 0, 0)]")
PY
