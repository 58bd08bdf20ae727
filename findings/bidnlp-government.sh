#!/usr/bin/env bash
# The Persian words for government, policy and house have figures in them: 2لت, 30است, خا9.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check bidnlp==0.2.2 || exit 2
"$room/bin/python" - <<'PY'
import sys

from bidnlp.preprocessing import PersianNumberNormalizer

texts = ["دو نفر", "دولت", "سیاست", "خانه", "نه تنها", "بیست و پنج هزار"]
seen = [PersianNumberNormalizer().convert_words_to_numbers(text) for text in texts]
print("bidnlp 0.2.2, number words to figures: two people, government, policy, house, not only, twenty-five thousand")
print("expected: 2 نفر, words that are no numbers as they were, and 25000 or 25 هزار")
print("seen:    ", seen)
sys.exit(seen != ["2 نفر", "2لت", "30است", "خا9", "9 ت9ا", "20 و 5 1000"])
PY
