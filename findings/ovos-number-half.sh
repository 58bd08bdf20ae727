#!/usr/bin/env bash
# Two and a half million are two, and in Russian and German one and a half million are one.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ovos-number-parser==0.19.13 || exit 2
"$room/bin/python" - <<'PY'
import sys

from ovos_number_parser import extract_number

texts = {"half a million": "en", "two and a half million": "en", "полтора миллиона": "ru", "1,5 Millionen": "de", "eineinhalb Millionen": "de"}
seen = [extract_number(text, lang=lang) for text, lang in texts.items()]
print("ovos-number-parser 0.19.13:", list(texts))
print("expected: 500000, 2500000, and 1500000 three times")
print("seen:    ", seen)
sys.exit(seen != [500000, 2, 1000000, 1000000, 1500000])
PY
