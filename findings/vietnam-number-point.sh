#!/usr/bin/env bash
# Two point five million are 25 million, in Vietnamese.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check vietnam-number==1.0.6 || exit 2
"$room/bin/python" - <<'PY'
import sys

from vietnam_number import w2n

texts = ["hai triệu rưỡi", "hai phẩy năm triệu", "một nghìn tỷ", "nửa triệu"]
seen = [w2n(text) for text in texts]
print("vietnam-number 1.0.6:", texts, "(two and a half million, two point five million, a thousand billion, half a million)")
print("expected: 2500000 twice, 1000000000000, 500000; or an error for what it does not know")
print("seen:    ", seen)
sys.exit(seen != [2500000, 25000000, 10000001000, 1000000])
PY
