#!/usr/bin/env bash
# py3langid takes Urdu in Latin letters for Hausa, with a probability of nine tenths.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check py3langid==0.4.0 numpy==2.4.6 || exit 2
"$room/bin/python" - <<'PY'
import sys
from py3langid.langid import LanguageIdentifier, MODEL_FILE

identify = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True).classify
urdu = "Pakistan ki hukumat ne kaha hai ke tail ki qeemat mein izafa nahin kiya ja raha"
language, probability = identify(urdu)
print("py3langid 0.4.0: 'the government says that the price of oil is not being raised', in Urdu as chats write it")
print("expected: Urdu or Hindi, or a low probability for anything else")
print("seen:    ", language, round(float(probability), 2))
sys.exit(not (language == "ha" and probability > 0.85))
PY
