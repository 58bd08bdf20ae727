#!/usr/bin/env bash
# ftfy straightens the quotes of Arabic that was read as windows-1256, and so spoils what could have been restored.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ftfy==6.3.1 || exit 2
"$room/bin/python" - <<'PY'
import sys, ftfy

text = "قال الوزير إن الجسر مغلق"
garbled = text.encode("utf-8").decode("windows-1256")
seen = ftfy.fix_text(garbled)
print("ftfy 6.3.1: Arabic in UTF-8 that some program read as windows-1256, the Arabic code page")
print("expected: mended, as it mends what was read as windows-1251 or -1252, or left so that it can be mended")
print("seen:    ", garbled, "->", seen)
print("before:  ", garbled.encode("windows-1256").decode("utf-8"))
print("after:   ", seen.encode("windows-1256").decode("utf-8", "replace"))
sys.exit(seen.encode("windows-1256").decode("utf-8", "replace") == text)
PY
