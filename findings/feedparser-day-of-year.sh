#!/usr/bin/env bash
# feedparser reads the ordinal date 2024-065 (5 March) as the first of June.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check feedparser==6.0.14 || exit 2
"$room/bin/python" - <<'PY'
import sys, feedparser

def day(written):
    feed = feedparser.parse(f"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title>
    <item><title>Bridge closed</title><dc:date>{written}</dc:date></item></channel></rss>""")
    return feed.entries[0].updated_parsed[:3]

seen = {written: day(written) for written in ("2024-335", "2024-065", "2024-W10-2")}
print("feedparser 6.0.14: the 335th and the 65th day of a year, and a Tuesday of its tenth week, in the forms of ISO 8601")
print("expected: 30 November, 5 March and 5 March, or no date where a form is not known")
print("seen:    ", seen)
sys.exit(not (seen["2024-335"] == (2024, 11, 30) and seen["2024-065"] == (2024, 6, 1) and seen["2024-W10-2"] == (2024, 11, 1)))
PY
