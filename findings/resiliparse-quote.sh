#!/usr/bin/env bash
# A quotation marked up as one loses its marks, and lists begin at 1.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check resiliparse==2.0.1 || exit 2
"$room/bin/python" - <<'PY'
import sys
from resiliparse.extract.html2text import extract_plain_text

page = "<main><p>The minister said <q>we are leaving</q> and left.</p><ol start=5><li>Fifth demand</li></ol></main>"
seen = extract_plain_text(page)
print("Resiliparse 2.0.1: extract_plain_text() of <q> and of <ol start=5>")
print('expected: said "we are leaving", as a browser shows it, and 5. Fifth demand; list numbers are written out')
print("seen:    ", repr(seen))
sys.exit(seen != "The minister said we are leaving and left.\n\n  1. Fifth demand")
PY
