#!/usr/bin/env bash
# Five, six people are 56, and minus five and five are one.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check whisper-normalizer==0.1.15 || exit 2
"$room/bin/python" - <<'PY'
import sys

from whisper_normalizer.english import EnglishTextNormalizer

texts = ["five, six people", "Of 20 he knew three. Four were hurt.", "-5 degrees", "5 degrees", "minus five degrees"]
seen = [EnglishTextNormalizer()(text) for text in texts]
print("whisper-normalizer 0.1.15:", texts)
print("expected: 5 and 6, 3 and 4; one text for -5 and minus five, another for 5")
print("seen:    ", seen)
sys.exit(not (seen[0] == "56 people" and "34 were hurt" in seen[1] and seen[2] == seen[3] == "5 degrees" and seen[4] == "-5 degrees"))
PY
