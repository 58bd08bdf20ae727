#!/usr/bin/env bash
# ttconv leaves out words that have a reading above them, and the sentence says something else.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ttconv==1.2.3 || exit 2
"$room/bin/python" - <<'PY'
import sys
from xml.etree.ElementTree import ElementTree, fromstring
import ttconv.imsc.reader, ttconv.srt.writer

# "The prime minister does not resign", with the reading of "resign" above it.
captions = """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xml:lang="ja">
<head><layout><region xml:id="r"/></layout></head>
<body region="r"><div><p begin="1s" end="3s">首相は<span tts:ruby="container"><span tts:ruby="base">辞任</span><span
tts:ruby="text">じにん</span></span>しない</p></div></body></tt>"""
model = ttconv.imsc.reader.to_model(ElementTree(fromstring(captions)))
seen = ttconv.srt.writer.from_model(model).splitlines()[2]
print("ttconv 1.2.3: an IMSC caption with ruby, written as SubRip")
print("expected: 首相は辞任しない, with or without the reading: ruby is a note beside the words, which stay (IMSC 1.1)")
print("seen:    ", seen)
sys.exit(seen != "首相はしない")
PY
