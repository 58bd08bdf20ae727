#!/usr/bin/env bash
# A line of a caption that is a figure is left out: how many were hurt nobody hears.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check caption2text==0.1.2 || exit 2
"$room/bin/python" - <<'PY'
import logging
import pathlib
import sys
import tempfile

from caption2text import srt_to_transcript, vtt_to_transcript

logging.disable(logging.CRITICAL)
times = "00:00:01{0}000 --> 00:00:03{0}000"
caption = "The number of people hurt on Monday:\n17"
with tempfile.TemporaryDirectory() as folder:
    srt, vtt = pathlib.Path(folder, "a.srt"), pathlib.Path(folder, "a.vtt")
    srt.write_text(f"1\n{times.format(',')}\n{caption}\n\n")
    vtt.write_text(f"WEBVTT\n\nNOTE Not to be shown.\n\n{times.format('.')}\n{caption}\n\n")
    seen = [srt_to_transcript(str(srt)), vtt_to_transcript(str(vtt))]
print("caption2text 0.1.2: one caption of two lines, in SubRip and in WebVTT, there with a comment (NOTE)")
print("expected: both lines, and no comment")
print("seen:    ", seen)
sys.exit("17" in seen[0] or not seen[0].startswith("The number") or "Not to be shown" not in seen[1])
PY
