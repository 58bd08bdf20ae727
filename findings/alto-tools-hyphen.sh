#!/usr/bin/env bash
# A word that is hyphenated at the end of a line loses its second half and has its first twice.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check alto-tools==0.1.0 || exit 2
"$room/bin/python" - <<'PY'
import os
import subprocess
import sys
import tempfile

page = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page ID="p" PHYSICAL_IMG_NR="1"><PrintSpace>
<TextBlock ID="b"><TextLine ID="l1"><String ID="s1" CONTENT="They"/><SP/><String ID="s2" CONTENT="un"
 SUBS_TYPE="HypPart1" SUBS_CONTENT="untied"/><HYP CONTENT="-"/></TextLine>
<TextLine ID="l2"><String ID="s3" CONTENT="tied" SUBS_TYPE="HypPart2" SUBS_CONTENT="untied"/><SP/>
<String ID="s4" CONTENT="it."/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"""
with tempfile.NamedTemporaryFile("w", suffix=".xml") as file:
    file.write(page)
    file.flush()
    tool = os.path.join(sys.prefix, "bin", "alto-tools")
    seen = subprocess.run([tool, "--text", file.name], capture_output=True, text=True, check=True).stdout.split("\n")
print("alto-tools 0.1.0: the text of an ALTO page on which un-tied is broken at the end of a line")
print("expected: They un / tied it. or They untied / it.")
print("seen:    ", seen)
sys.exit(seen[1:3] != ["They un", "unit. "])
PY
