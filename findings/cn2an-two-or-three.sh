#!/usr/bin/env bash
# Two or three died: 23 died.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check cn2an==0.5.24 || exit 2
"$room/bin/python" - <<'PY'
import sys

from cn2an import transform

texts = ["二十三个人死亡", "两三个人死亡", "五六个人受伤"]
seen = [transform(text) for text in texts]
print("cn2an 0.5.24:", texts, "(23 people died, two or three died, five or six were hurt)")
print("expected: 23 in the first; the others tell of two or three, and five or six")
print("seen:    ", seen)
sys.exit(seen != ["23个人死亡", "23个人死亡", "56个人受伤"])
PY
