#!/usr/bin/env bash
# A dollar and fifty cents, millions of them: 1.5 million dollars, in Arabic.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check arabic-tts-frontend==0.1.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from arabic_tts_frontend import normalise

texts = ["1.5 مليون دولار", "$1.5 مليون"]
seen = [normalise(text).tts for text in texts]
print("arabic-tts-frontend 0.1.0:", texts)
print("expected: the same sum, in words; the first is one point five million dollars")
print("seen:    ", seen)
sys.exit(not (seen[0] == "واحد فاصلة خمسة مليون دولار" and seen[1] == "واحد دولار وخمسون سنت مليون"))
PY
