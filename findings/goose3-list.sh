#!/usr/bin/env bash
# The first entry of a list in an article is left out.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check goose3==3.1.22 || exit 2
"$room/bin/python" - <<'PY'
import sys, logging
from goose3 import Goose

logging.disable(logging.CRITICAL)
page = """<html lang="en"><head><title>Ministry denies</title></head><body><article><h1>Ministry denies</h1>
<p>The minister said on Tuesday that the troops would not leave the country this year, and that all of them would stay.</p>
<ul><li>Seventeen died</li><li>No one was found</li></ul>
<p>He added at a news conference in the capital that the reports which told of a withdrawal were not right at all.</p>
</article></body></html>"""
seen = Goose().extract(raw_html=page).cleaned_text
print("goose3 3.1.22: cleaned_text of an article with a list of two entries between two paragraphs")
print("expected: both entries, or neither")
print("seen:    ", [words for words in ("Seventeen died", "No one was found") if words in seen])
sys.exit("Seventeen died" in seen or "No one was found" not in seen or "denies" in seen.split("The minister")[0].lower())
PY
