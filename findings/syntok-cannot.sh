#!/usr/bin/env bash
# Put together as the manual has it, a sentence says canot and wonot.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check syntok==1.4.4 || exit 2
"$room/bin/python" - <<'PY'
import sys

import syntok.segmenter as segmenter

text = "He can’t pay. “We won’t go,” she said."
sentences = [sentence for paragraph in segmenter.process(text) for sentence in paragraph]
seen = ["".join(token.spacing + token.value for token in sentence) for sentence in sentences]
print("syntok 1.4.4: sentences, put together of the spacing and the value of their tokens, as its README does:", [text])
print("expected: can not and will not, as it turns the contractions of not into that word; or the text as it stands")
print("seen:    ", seen)
sys.exit("canot" not in seen[0] or "wonot" not in seen[1])
PY
