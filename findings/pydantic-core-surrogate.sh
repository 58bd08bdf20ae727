#!/usr/bin/env bash
# pydantic_core.from_json refuses JSON that json.loads and the RFC take: half of a surrogate pair as an escape.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check pydantic_core==2.50.4 || exit 2
"$room/bin/python" - <<'PY'
import json, sys
from pydantic_core import from_json

answer = r'{"quote": "The bridge is closed \ud83d"}'  # the limit of tokens fell between the two escapes of one emoji
loaded = json.loads(answer)["quote"]
try:
    seen = from_json(answer)
except ValueError as error:
    seen = error
print("pydantic_core 2.50.4: a string that ends in one half of a surrogate pair")
print("expected: as json.loads; RFC 8259, 8.2: the grammar allows it, what receivers do is unpredictable")
print("seen:    ", ascii(loaded), "from json, and:", seen)
sys.exit(not isinstance(seen, ValueError))
PY
