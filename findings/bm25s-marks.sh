#!/usr/bin/env bash
# bm25s leaves Hindi and vocalised Arabic words out of the index: their vowels are no word characters to it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check bm25s==0.3.16 numpy==2.4.6 || exit 2
"$room/bin/python" - <<'PY'
import sys, bm25s

def tokens(text):
    return bm25s.tokenize([text], stopwords=None, return_ids=False, show_progress=False)[0]

hindi, bare, vocalised = tokens("हिन्दी में खबर"), tokens("كتب الوزير"), tokens("كُتِبَ الوزير")
print("bm25s 0.3.16: the default tokens of 'news in Hindi' and of 'the minister was written to' without and with vowel signs")
print("expected: three words, two, and two; a vowel sign is part of its word in every script (UAX 29, WB4)")
print("seen:    ", hindi, bare, vocalised)
sys.exit(not (hindi == ["खबर"] and len(bare) == 2 and vocalised == ["الوزير"]))
PY
