#!/usr/bin/env bash
# 175 becomes 17 and 5, when one of its figures is bold.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check html2text==2025.4.15 || exit 2
"$room/bin/python" - <<'PY'
import sys

from html2text import HTML2Text

plain, marked = HTML2Text(), HTML2Text()
plain.ignore_emphasis = True
pages = ["<p>They counted 1<b>7</b>5.</p>", "<p>They <i>did</i>n’t go.</p>", "<p><b>و</b>قال الوزير</p>"]
seen = [(plain.handle(page).strip(), marked.handle(page).strip()) for page in pages]
print("html2text 2025.4.15: words and numbers of which a part is marked, without and with Markdown for the marks")
print("expected: the same letters and spaces in both, but for * and _: Markdown marks parts of words with *")
print("seen:    ", seen)
spaced = [("1**7** 5" in seen[0][1]), ("_did_ n’t" in seen[1][1]), ("**و** قال" in seen[2][1])]
sys.exit(not all(spaced) or "175" not in seen[0][0])
PY
