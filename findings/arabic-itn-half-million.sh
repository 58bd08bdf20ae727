#!/usr/bin/env bash
# Half a million riyals are 1000000 SAR, 5.2 million dollars are 1000 USD.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check arabic-itn==0.1.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from arabic_itn import normalize

texts = {
    "خمسة ملايين دولار": "5000000 USD",
    "نصف مليون ريال": "500000 SAR",
    "خمسة ملايين ومئتا ألف دولار": "5200000 USD",
    "خمسة فاصلة خمسة مليون دولار": "5500000 USD",
}
seen = [[span["value"] for span in normalize(text)["spans"] if span["type"] == "money"] for text in texts]
print("arabic-itn 0.1.0, which turns the words of amounts into exact values:", list(texts))
print("expected:", list(texts.values()), "or nothing where a word is not known")
print("seen:    ", [value for values in seen for value in values])
sys.exit(seen != [["5000000 USD"], ["1000000 SAR"], ["1000 USD"], ["5000000 USD"]])
PY
