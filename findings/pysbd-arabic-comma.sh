#!/usr/bin/env bash
# pysbd ends an Arabic sentence at every comma and colon, so that the speaker is parted from the words.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check pysbd==0.3.4 || exit 2
"$room/bin/python" - <<'PY'
import sys, warnings
warnings.simplefilter("ignore")
import pysbd

split = pysbd.Segmenter(language="ar", clean=False).segment
text = "قال الوزير: سنعود، ولن نتأخر، وسنبني الجسر."
seen = [sentence.strip() for sentence in split(text)]
english = pysbd.Segmenter(language="en", clean=False).segment("The minister said: we will return, without delay, and build.")
print("pysbd 0.3.4: one Arabic sentence with a colon and two commas; an English one like it stays", len(english))
print("expected: one sentence; in Arabic the comma ends a sentence as little as in English")
print("seen:    ", len(seen), seen)
sys.exit(not (len(english) == 1 and len(seen) == 4))
PY
