#!/usr/bin/env bash
# A page last changed in March 2024 changed on today's day of March, and one of 2024 on today's date.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ultimate-sitemap-parser==1.8.1 || exit 2
"$room/bin/python" - <<'PY'
import logging
import sys
from datetime import datetime

from usp.tree import sitemap_from_str

logging.disable(logging.CRITICAL)
page = "<url><loc>https://harbourpost.example/{0}</loc><lastmod>{0}</lastmod></url>"
dates = ["2024-03-05", "2024-03", "2024"]
space = "http://www.sitemaps.org/schemas/sitemap/0.9"
sitemap = sitemap_from_str(f'<urlset xmlns="{space}">{"".join(map(page.format, dates))}</urlset>')
seen = [str(one.last_modified) for one in sitemap.all_pages()]
today = datetime.now()
print("ultimate-sitemap-parser 1.8.1: lastmod", dates, "in the W3C form that sitemaps have, of which the day is no part that must be")
print("expected: the fifth, and the first of the month or of the year or None; the same on each day on which it is asked")
print("seen:    ", seen, "today, on day", today.day, "of month", today.month)
day, month = today.day, today.month
sys.exit(not (seen[0].startswith("2024-03-05") and seen[1].startswith(f"2024-03-{day:02}") and seen[2].startswith(f"2024-{month:02}-{day:02}")))
PY
