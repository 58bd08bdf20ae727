#!/usr/bin/env bash
# Words in braces are taken out of a SubRip subtitle.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check pysubs2==1.8.1 || exit 2
"$room/bin/python" - <<'PY'
import sys, pysubs2

subtitles = "1\n00:00:01,000 --> 00:00:03,000\nHe did {not} resign {inaudible}.\n"
seen = pysubs2.SSAFile.from_string(subtitles, format_="srt")[0].plaintext
print("pysubs2 1.8.1: plaintext of a SubRip subtitle with a transcriber's braces")
print("expected: the words in braces; SubRip knows them only in front of a backslash, as in {\\an8}")
print("seen:    ", repr(seen), "- the denial has become its opposite")
sys.exit(seen != "He did  resign .")
PY
