#!/usr/bin/env bash
# Fifteen hundred riyals are one, and a thousand and a half are a million.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check price-parser==0.5.1 || exit 2
"$room/bin/python" - <<'PY'
import sys
from price_parser import Price

texts = ["١٥٠٠ ريال", "١٬٥٠٠ ريال", "1,234.50 KWD", "1,234.567 KWD"]
seen = [str(Price.fromstring(text).amount) for text in texts]
print("price-parser 0.5.1, which handles separators of thousands and decimals:", texts)
print("expected: 1500 twice, ٬ being the thousands separator of Arabic (CLDR); 1234.50; 1234.567, a dinar having 1,000 fils")
print("seen:    ", seen)
sys.exit(seen != ["1500", "1", "1234.50", "1234567"])
PY
