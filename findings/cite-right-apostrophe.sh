#!/usr/bin/env bash
# With the apostrophe of print, can't and can are no contradiction.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check cite-right==0.4.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from cite_right.contradiction import check_contradiction

pairs = [("The minister can't resign.", "The minister can resign."), ("The minister can’t resign.", "The minister can resign."),
         ("They won’t pay.", "They will pay."), ("17 were hurt.", "71 were hurt.")]
seen = [check_contradiction(answer, evidence) for answer, evidence in pairs]
print("cite-right 0.4.0: whether the evidence contradicts, in its own words a mismatch of negations or numbers:")
print("expected: four times True; ’ is the apostrophe that news and books are printed with")
print("seen:    ", seen)
sys.exit(seen != [True, False, False, True])
PY
