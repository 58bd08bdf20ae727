#!/usr/bin/env bash
# striprtf keeps what was deleted under "track changes", and what is hidden.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check striprtf==0.0.35 || exit 2
"$room/bin/python" - <<'PY'
import sys
from striprtf.striprtf import rtf_to_text

seen = [rtf_to_text(r"{\rtf1\ansi The minister did {\%s not }resign.}" % mark) for mark in (r"deleted\revauthdel1", "v")]
print("striprtf 0.0.35: a word that is marked as deleted, and one that is marked as hidden")
print("expected: 'The minister did resign.'; in RTF 1.9.1 \\deleted marks what is gone, \\v what is hidden")
print("seen:    ", seen)
sys.exit(seen != ["The minister did not resign."] * 2)
PY
