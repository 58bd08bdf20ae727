#!/usr/bin/env bash
# fastfeedparser gives the first link of an Atom entry, whatever its relation, as the entry's link.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check fastfeedparser==0.6.5 || exit 2
"$room/bin/python" - <<'PY'
import sys, fastfeedparser

feed = fastfeedparser.parse("""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title>
<id>urn:x-post:1</id><updated>2024-03-05T10:00:00Z</updated><entry><title>Bridge closed</title><id>urn:x-post:2</id>
<updated>2024-03-05T10:00:00Z</updated><link rel="replies" href="https://harbourpost.example/comments/7"/>
<link href="https://harbourpost.example/bridge"/><content>The minister closed it.</content></entry></feed>""")
seen = feed.entries[0].link
print("fastfeedparser 0.6.5: an entry with a link to its comments and then a link without rel")
print("expected: the second; RFC 4287, 4.2.7.2: a link without rel is read as rel=alternate, the entry itself")
print("seen:    ", seen)
sys.exit(seen != "https://harbourpost.example/comments/7")
PY
