#!/usr/bin/env bash
# The fifth of March, April and May, in French, is the fifth of January, exact to the day.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check date-extractor==5.1.5 || exit 2
"$room/bin/python" - <<'PY'
import sys

from date_extractor import extract_dates
from date_extractor.enumerations import month_to_number

def read(text):
    return [(f"{day:%Y-%m-%d}", precision) for day, precision in extract_dates(text, return_precision=True)]

texts = ["5 mars 2024", "5 avril 2024", "5 mai 2024", "5 Nisan 2024"]
english, arabic = read("5 April 2024"), read("5 نيسان 2024")
seen = [read(text) for text in texts]
print("date-extractor 5.1.5:", texts, "- Nisan is April in Turkish; April in English and Arabic:", english, arabic)
print("expected: March, April, May, April; in its list avril and nisan are months", month_to_number["avril"], month_to_number["nisan"])
print("seen:    ", seen)
sys.exit(not (english == arabic == [("2024-04-05", "day")] and month_to_number["avril"] == month_to_number["nisan"] == "4" and seen == [[("2024-01-05", "day")]] * 4))
PY
