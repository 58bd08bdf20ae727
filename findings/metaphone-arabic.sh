#!/usr/bin/env bash
# All Arabic names sound the same.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check metaphone==0.6 || exit 2
"$room/bin/python" - <<'PY'
import sys
from metaphone import doublemetaphone

seen = [doublemetaphone(name) for name in ("محمد", "سلمان", "Salman")]
print("Metaphone 0.6: the sound of two Arabic names and of a Latin one")
print("expected: two codes, or an error for letters that are not known")
print("seen:    ", seen, "- any two Arabic names are equal")
sys.exit(seen != [("", ""), ("", ""), ("SLMN", "")])
PY
