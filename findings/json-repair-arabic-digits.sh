#!/usr/bin/env bash
# json_repair empties a number that a model wrote in Arabic digits.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check json_repair==0.64.6 || exit 2
"$room/bin/python" - <<'PY'
import sys, json_repair

seen = {text: json_repair.loads(text) for text in ('{"killed": 17 people}', '{"killed": ١٧}', '{"killed": 1,700}')}
print("json_repair 0.64.6: answers of a model whose number is no JSON number: with a word, in Arabic digits, with a comma")
print("expected: the figure in some form; Python's int('١٧') is 17, and other words without quotes are kept as text")
print("seen:    ", seen)
sys.exit(seen['{"killed": ١٧}'] != {"killed": ""})
PY
