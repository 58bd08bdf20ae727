#!/usr/bin/env bash
# Russian that it wrote in Latin letters has other letters when it reads it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check cyrtranslit==1.2.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from cyrtranslit import to_cyrillic, to_latin

names = ["Йемен", "Йошкар-Ола", "йод", "Ялта", "Щука"]
seen = {name: to_cyrillic(to_latin(name, "ru"), "ru") for name in names}
print("cyrtranslit 1.2.0: Russian to Latin letters and back")
print("expected: the same names, as Ялта comes back, or another spelling of the same sound")
for name, back in seen.items():
    print("seen:    ", name, "->", to_latin(name, "ru"), "->", back)
sys.exit(not (seen["Йемен"] == "Жемен" and seen["йод"] == "жод" and seen["Ялта"] == "Ялта"))
PY
