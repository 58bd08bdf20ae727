#!/usr/bin/env bash
# lingua calls Kurdish in Arabic letters Arabic, and is wholly certain.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check lingua-language-detector==2.1.1 || exit 2
"$room/bin/python" - <<'PY'
import sys
from lingua import LanguageDetectorBuilder

detector = LanguageDetectorBuilder.from_all_languages().build()
kurdish = "سەرۆک وەزیران دەستی لەکارکێشایەوە"  # "The prime minister has resigned": letters that Arabic does not have
best = detector.compute_language_confidence_values(kurdish)[0]
print("lingua 2.1.1: a sentence in Central Kurdish, which is not among its 75 languages")
print("expected: little confidence in whatever it takes it for; the letters ە ێ ۆ are no Arabic letters")
print("seen:    ", best.language.name, round(best.value, 2))
sys.exit(not (best.language.name == "ARABIC" and best.value > 0.95))
PY
