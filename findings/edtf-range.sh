#!/usr/bin/env bash
# Five to seven March 2024 is 7 March 2005, and not before is before.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check edtf==5.0.2 || exit 2
"$room/bin/python" - <<'PY'
import sys

from edtf import text_to_edtf

texts = ["7 March 2024", "5-7 March 2024", "before 1950", "not before 1950"]
seen = [text_to_edtf(text) for text in texts]
print("edtf 5.0.2:", texts)
print("expected: 2024-03-07, three days of March 2024, until 1950, from 1950 on; or nothing for what it does not know")
print("seen:    ", seen)
sys.exit(seen != ["2024-03-07", "2005-03-07", "/1950", "/1950"])
PY
