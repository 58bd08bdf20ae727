#!/usr/bin/env bash
# mammoth leaves out words that stand in a run of set direction (w:dir, w:bdo), and those of a simple field.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check mammoth==1.13.0 python-docx==1.2.0 lxml==6.1.3 || exit 2
"$room/bin/python" - <<'PY'
import io, sys, docx, mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
def read(middle):
    document = docx.Document()
    parts = RUN.format("The paper is called ") + middle + RUN.format("in the trade.")
    document.element.body.insert(0, parse_xml(f'<w:p {nsdecls("w")}>{parts}</w:p>'))
    file = io.BytesIO()
    document.save(file)
    return mammoth.extract_raw_text(file).value.strip()

NAME = RUN.format("الميناء ")
wraps = ('<w:dir w:val="rtl">{}</w:dir>', '<w:bdo w:val="rtl">{}</w:bdo>', '<w:fldSimple w:instr="TITLE">{}</w:fldSimple>')
seen = [read(wrap.format(NAME)) for wrap in wraps]
print("mammoth 1.13.0: an Arabic name in an English sentence, as an embedding, an override, and the result of a field")
print("expected: the sentence with the name; in ISO/IEC 29500-1 dir, bdo and fldSimple hold runs of the paragraph")
print("seen:    ", seen)
sys.exit(seen != ["The paper is called in the trade."] * 3)
PY
