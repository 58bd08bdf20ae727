#!/usr/bin/env bash
# feedparser hands out the caption of a picture as the full text of the item.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check feedparser==6.0.14 || exit 2
"$room/bin/python" - <<'PY'
import sys, feedparser

feed = feedparser.parse("""<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Harbour Post</title>
<item><title>Bridge closed</title><description>The minister closed the bridge.</description>
<media:content url="https://harbourpost.example/1.jpg"><media:description>Archive: the bridge in 1998</media:description></media:content>
</item></channel></rss>""")
seen = feed.entries[0].get("content", [{}])[0].get("value")
print("feedparser 6.0.14: entry.content of an RSS item that has a description, and a picture with a media:description")
print("expected: no content, which holds the full text (content:encoded, Atom's content); in Media RSS the words describe the picture")
print("seen:    ", seen)
sys.exit(seen != "Archive: the bridge in 1998")
PY
