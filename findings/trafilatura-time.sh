#!/usr/bin/env bash
# trafilatura leaves out the words of a <time> that stands inside a sentence.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check \
  trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6 || exit 2
"$room/bin/python" - <<'PY'
import sys, trafilatura

REST = "<p>Ferries will carry the passengers until the repairs are done, the authority said, and buses will run along the shore.</p>"
SENTENCE = 'The authority closed the bridge on <time datetime="2024-03-05">5 March</time> after cracks were found in two of its pillars.'
page = f"<html><body><article><h1>Bridge closed</h1><p>{SENTENCE}</p>{REST * 3}</article></body></html>"

text = trafilatura.extract(page)
seen = next(line for line in text.split("\n") if "authority closed" in line)
print("trafilatura 2.3.1: a date that is marked up as <time>")
print("expected: the sentence with its date; in HTML <time> is phrasing content, its words are words of the sentence")
print("seen:    ", seen)
sys.exit("5 March" in text)
PY
