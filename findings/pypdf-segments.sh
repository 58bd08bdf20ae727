#!/usr/bin/env bash
# pypdf puts the parts of an Arabic line with Western figures in the opposite order.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check \
  pypdf==7.1.1 reportlab==5.1.0 python-bidi==0.6.12 arabic-reshaper==3.1.0 fontpkg-amiri==1.2 || exit 2
"$room/bin/python" - <<'PY'
import glob, io, site, sys, unicodedata
import arabic_reshaper
from bidi import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

[font] = glob.glob(site.getsitepackages()[0] + "/fontpkg_amiri/files/Amiri-Regular.ttf")
pdfmetrics.registerFont(TTFont("Amiri", font))
def pdf(line):  # drawn from left to right in the order in which it is seen
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont("Amiri", 14)
    canvas.drawRightString(500, 700, get_display(arabic_reshaper.reshape(line)))
    canvas.save()
    return file.getvalue()

import pypdf
line = "أغلقت الهيئة 12 جسرا في 2024 بحسب البيان"
text = pypdf.PdfReader(io.BytesIO(pdf(line))).pages[0].extract_text()
seen = unicodedata.normalize("NFKC", text).strip()
print("pypdf 7.1.1: 'The authority closed 12 bridges in 2024, says the statement' in Arabic; without figures the order is right")
print("expected:", line)
print("seen:    ", seen)
sys.exit(not seen.startswith("بحسب البيان"))
PY
