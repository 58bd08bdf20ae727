#!/usr/bin/env bash
# feedparser takes a time whose zone it does not know for UTC, and says nothing.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check feedparser==6.0.14 || exit 2
"$room/bin/python" - <<'PY'
import sys, feedparser

def read(written):
    feed = feedparser.parse(f"""<rss version="2.0"><channel><title>Harbour Post</title>
    <item><title>Bridge closed</title><pubDate>{written}</pubDate></item></channel></rss>""")
    return feed.entries[0].published_parsed[3], feed.bozo

numeric, named, mixed = (read(f"Tue, 05 Mar 2024 10:00:00 {zone}") for zone in ("+0200", "EET", "UTC+0200"))
print("feedparser 6.0.14: ten o'clock in a zone two hours east, as +0200, as EET and as UTC+0200")
print("expected: 8 o'clock UTC three times, or no date where the zone is not known (it does know EST and AST)")
print("seen:    ", {"+0200": numeric, "EET": named, "UTC+0200": mixed}, "as (hour in UTC, bozo)")
sys.exit(not (numeric[0] == 8 and named == mixed == (10, False)))
PY
