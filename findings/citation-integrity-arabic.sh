#!/usr/bin/env bash
# Each Arabic sentence is supported by each source that it cites.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check citation-integrity-check==0.1.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from citation_integrity_check import verify

said = {"Bread costs more in the north [1].": "The minister resigned on Monday.",
        "ارتفع سعر الخبز في الشمال [1].": "استقال الوزير يوم الاثنين.",
        "Хлеб на севере подорожал [1].": "Министр ушёл в понедельник."}
seen = [verify(answer, [{"id": "1", "text": source}]).ok for answer, source in said.items()]
print("citation-integrity-check 0.1.0: an answer about bread and a source about a minister, in English, Arabic and Russian")
print("expected: not ok three times, as no word of the answer stands in the source")
print("seen:    ", seen)
sys.exit(seen != [False, True, True])
PY
