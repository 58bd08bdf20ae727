#!/usr/bin/env bash
# py3langid takes Arabic in presentation forms, as PDFs give it, for Wu Chinese.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check py3langid==0.4.0 numpy==2.4.6 || exit 2
"$room/bin/python" - <<'PY'
import sys, unicodedata, py3langid

forms = "ﺍﺳﺘﻘﺎﻝ ﺍﻟﻮﺯﻳﺮ ﺃﻣﺲ ﺑﻌﺪ ﺍﺟﺘﻤﺎﻉ ﺍﻟﺤﻜﻮﻣﺔ"
letters = unicodedata.normalize("NFKC", forms)
seen = py3langid.classify(forms)[0], py3langid.classify(letters)[0]
print("py3langid 0.4.0: 'The minister resigned yesterday after the cabinet met', in presentation forms (U+FE70 on) and in letters")
print("expected: Arabic twice; the forms are compatible with the letters, and many programs put them into PDFs")
print("seen:    ", seen)
sys.exit(seen != ("wuu", "ar"))
PY
