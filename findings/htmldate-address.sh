#!/usr/bin/env bash
# htmldate believes a day in the address before what the page itself says of its publication.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check htmldate==1.11.0 lxml==6.1.3 || exit 2
"$room/bin/python" - <<'PY'
import sys
from htmldate import find_date

page = """<html><head><meta property="article:published_time" content="2024-03-05T10:00:00Z"></head>
<body><article><p>The bridge is open again.</p></article></body></html>"""
alone = find_date(page, original_date=True)
with_address = find_date(page, url="https://harbourpost.example/dossiers/2019/02/01/bridge", original_date=True)
print("htmldate 1.11.0: a page with article:published_time under an address with an older day (a dossier that is written on)")
print("expected: 2024-03-05 both times; the Open Graph property says when the article was first published")
print("seen:    ", alone, "without the address,", with_address, "with it")
sys.exit(not (alone == "2024-03-05" and with_address == "2019-02-01"))
PY
