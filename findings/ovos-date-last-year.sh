#!/usr/bin/env bash
# Last year is seven years ago, and last Monday is to come, in Spanish.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ovos-date-parser==0.29.0 || exit 2
"$room/bin/python" - <<'PY'
import sys
from datetime import datetime

from ovos_date_parser import extract_datetime

texts = {"last year": "en", "el año pasado": "es", "el lunes pasado": "es", "l'altro ieri": "it"}
day = datetime(2024, 3, 5, 12)
seen = [str(extract_datetime(text, anchorDate=day, lang=lang)[0].date()) for text, lang in texts.items()]
print("ovos-date-parser 0.29.0:", list(texts), "asked on Tuesday, 5 March 2024")
print("expected: 2023 twice, a Monday before that day, and 3 March: l'altro ieri is the day before yesterday")
print("seen:    ", seen)
sys.exit(seen != ["2023-03-05", "2017-03-05", "2024-03-11", "2024-03-04"])
PY
