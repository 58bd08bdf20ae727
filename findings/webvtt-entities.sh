#!/usr/bin/env bash
# The words of a WebVTT caption keep their escapes.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check webvtt-py==0.6.0 || exit 2
"$room/bin/python" - <<'PY'
import sys, webvtt

captions = webvtt.from_string("WEBVTT\n\n00:01.000 --> 00:03.000\n<v Minister>Health &amp; Safety says no&lrm;.</v>\n")
seen = captions[0].text
print("webvtt-py 0.6.0: the text of a caption, its voice tag taken off")
print("expected: 'Health & Safety says no' with a direction mark; WebVTT reads &amp; and &lrm; as these characters")
print("seen:    ", repr(seen), "- a quote of what is shown on the screen is not found in it")
sys.exit(seen != "Health &amp; Safety says no&lrm;.")
PY
