#!/usr/bin/env bash
# pycaption leaves out when the part began in which a caption stands, and takes a note for words of it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check pycaption==2.3.14 || exit 2
"$room/bin/python" -W ignore - <<'PY'
import sys, pycaption

captions = """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="en"><body>
<div begin="60s"><p begin="1s" end="3s"><metadata><ttm:desc>Nobody</ttm:desc></metadata> will resign.</p></div></body></tt>"""
caption = pycaption.DFXPReader().read(captions).get_captions("en")[0]
seen = caption.start / 1e6, caption.end / 1e6, caption.get_text()
print("pycaption 2.3.14: a TTML caption 1 s after the beginning of its div at 60 s, with a description among its metadata")
print("expected: (61.0, 63.0, 'will resign.'): TTML counts from the parent, and metadata is no content")
print("seen:    ", seen)
sys.exit(not (seen[:2] == (1.0, 3.0) and seen[2].split() == ["Nobody", "will", "resign."]))
PY
