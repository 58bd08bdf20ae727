#!/usr/bin/env bash
# sentencex ends an Arabic sentence inside a figure written in Arabic digits.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check sentencex==1.0.32 || exit 2
"$room/bin/python" - <<'PY'
import sys, sentencex

western = list(sentencex.segment("ar", "بلغت النسبة 2.5 في المئة أمس."))
arabic = list(sentencex.segment("ar", "بلغت النسبة ٢.٥ في المئة أمس."))
print("sentencex 1.0.32: 2.5 per cent in an Arabic sentence, with Western and with Arabic digits")
print("expected: one sentence both times; Unicode's rules (UAX 29, SB6) join a full stop to the digit after it, of any script")
print("seen:    ", western, "and", arabic)
sys.exit(not (len(western) == 1 and len(arabic) == 2 and arabic[0].strip().endswith("٢.")))
PY
