#!/usr/bin/env bash
# One and a half becomes eleven halves.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check anyascii==0.3.3 || exit 2
"$room/bin/python" - <<'PY'
import sys
from anyascii import anyascii

seen = anyascii("1½ million")
print("anyascii 0.3.3: '1½ million' in ASCII")
print("expected: 1 1/2, or 1.5")
print("seen:    ", repr(seen))
sys.exit(seen != "11/2 million")
PY
