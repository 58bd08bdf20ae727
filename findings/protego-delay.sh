#!/usr/bin/env bash
# A robot is let in where a line that no standard knows stands between its name and another's.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check protego==0.7.0 || exit 2
"$room/bin/python" - <<'PY'
import sys
from protego import Protego

page = "https://harbourpost.example/drafts/5"
between = ["", "Sitemap: https://harbourpost.example/sitemap.xml\n", "Crawl-delay: 5\n"]
seen = [
    Protego.parse(f"User-agent: newsbot\n{line}User-agent: otherbot\nDisallow: /drafts/\n").can_fetch(page, "newsbot")
    for line in between
]
print("protego 0.7.0: may newsbot read /drafts/, with nothing, Sitemap or Crawl-delay between two names of one group")
print("expected: [False, False, False]; RFC 9309, 2.2.4: other records must not interfere with those it defines")
print("seen:    ", seen)
sys.exit(seen != [False, False, True])
PY
