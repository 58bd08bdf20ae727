#!/usr/bin/env bash
# Half a million is one and a half, and 1,5 million is 15 million.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check quantulum3==0.10.0 || exit 2
"$room/bin/python" - <<'PY'
import sys
from quantulum3 import parser

seen = [parser.parse(text, classifier_path=None)[0].value for text in ("half a million people", "1,5 million euros")]
print("quantulum3 0.10.0: the value of 'half a million people' and of '1,5 million euros'")
print("expected: 500000, and 1500000 or an error for a comma that is no English one")
print("seen:    ", seen)
sys.exit(seen != [1500000.0, 15000000.0])
PY
