#!/usr/bin/env bash
# Two lakh, which is 200,000, is 2; and 1947 is 19 147.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check hindi-normalize==0.1.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from hindi_normalize import convert_numbers, parse_hindi_number

lakh, year = "दो लाख", "उन्नीस सौ सैंतालीस"
seen = [parse_hindi_number("नौ सौ निन्यानवे"), parse_hindi_number(lakh), convert_numbers(year)]
print("hindi-normalize 0.1.0: nine hundred and ninety-nine, two lakh, nineteen hundred and forty-seven")
print("expected: 999, 200000, 1947; or None and the words, as it gives None for what it does not know:", parse_hindi_number("ढाई लाख"))
print("seen:    ", seen)
sys.exit(seen != [999, 2, "19 147"])
PY
