#!/usr/bin/env bash
# docx2txt makes 1771 of 17-71 where the hyphen is one that does not break.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check docx2txt==0.9 python-docx==1.2.0 lxml==6.1.3 || exit 2
"$room/bin/python" - <<'PY'
import io, sys, docx, docx2txt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

document = docx.Document()
document.element.body.insert(0, parse_xml(f"""<w:p {nsdecls("w")}>
<w:r><w:t>From 17</w:t><w:noBreakHyphen/><w:t>71 people were hurt.</w:t></w:r></w:p>"""))
file = io.BytesIO()
document.save(file)
seen, other = docx2txt.process(file).strip(), docx.Document(file).paragraphs[0].text
print("docx2txt 0.9: a range of figures typed with Ctrl+Shift+Hyphen")
print("expected: a hyphen between the figures, as noBreakHyphen is in ISO/IEC 29500-1; python-docx:", other)
print("seen:    ", seen)
sys.exit("1771" not in seen)
PY
