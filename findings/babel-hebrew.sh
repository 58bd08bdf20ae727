#!/usr/bin/env bash
# Once babel has loaded Hebrew, the stand-alone months of other languages are Hebrew.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check babel==2.18.0 || exit 2
"$room/bin/python" - <<'PY'
import datetime, subprocess, sys

code = """
import datetime, sys
from babel.dates import format_date
for locale in sys.argv[1:]: month = format_date(datetime.date(2024, 3, 5), "LLLL", locale=locale)
print(month)"""
def march(*locales):
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code, *locales], check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()

alone, after = march("sw"), march("he", "sw")
print("babel 2.18.0: March in Swahili, as the first thing a process asks for and after March in Hebrew")
print("expected: Machi both times; what another user's language was does not matter")
print("seen:    ", alone, "and", after, "; Turkish after Hebrew:", march("he", "tr"))
sys.exit(not (alone == "Machi" and after == "מרץ"))
PY
