#!/usr/bin/env bash
# Last Monday is still to come.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ctparse==0.3.6 || exit 2
"$room/bin/python" - <<'PY'
import sys
from datetime import datetime

from ctparse import ctparse

now = datetime(2024, 3, 5, 12)
texts = ["last Monday", "letzten Montag", "yesterday"]
seen = [f"{ctparse(text, ts=now).resolution.dt:%Y-%m-%d}" for text in texts]
print("ctparse 0.3.6: days as they are said on Tuesday, 5 March 2024:", texts)
print("expected: [2024-03-04] three times; or nothing, where it does not know the words")
print("seen:    ", seen)
sys.exit(seen != ["2024-03-11", "2024-03-11", "2024-03-04"])
PY
