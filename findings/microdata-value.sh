#!/usr/bin/env bash
# The rating of a ClaimReview is the word on the page, not its value, and who wrote it is nobody.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check microdata==0.8.0 html5lib==1.1 || exit 2
"$room/bin/python" - <<'PY'
import json
import sys

from microdata import get_items

page = """<div itemscope itemtype="https://schema.org/ClaimReview" itemref="by">
<div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
<data itemprop="ratingValue" value="1">False</data> <meter itemprop="bestRating" value="5">out of five</meter></div></div>
<p id="by">By <span itemprop="author">Harbour Post</span></p>"""
properties = json.loads(get_items(page)[0].json())["properties"]
rating = properties["reviewRating"][0]["properties"]
seen = [rating["ratingValue"], rating["bestRating"], properties.get("author")]
print("microdata 0.8.0: a ClaimReview with a data and a meter element, and an author by itemref")
print("expected: 1, 5 and Harbour Post, as the HTML standard has it in its section on microdata")
print("seen:    ", seen)
sys.exit(seen != [["False"], ["out of five"], None])
PY
