#!/usr/bin/env bash
# The Persian words for million, house and people are broken in two by the default normaliser.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check bidnlp==0.2.2 || exit 2
"$room/bin/python" - <<'PY'
import sys

from bidnlp.preprocessing import PersianNormalizer

texts = ["میلیون", "خانه", "نفر", "نه", "می گوید"]
seen = [PersianNormalizer().normalize(text).replace("\u200c", "|") for text in texts]
print("bidnlp 0.2.2, normalisation as it is set by default: million, house, people, no, says; | is the zero-width non-joiner")
print("expected: words without a prefix as they were; می|گوید, whose prefix is written with it, or as it was")
print("seen:    ", seen)
sys.exit(seen != ["می|لیون", "خان|ه", "ن|فر", "ن|ه", "می گوید"])
PY
