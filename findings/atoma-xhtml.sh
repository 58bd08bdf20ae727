#!/usr/bin/env bash
# An Atom title or text in XHTML is nothing.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check atoma==0.0.17 attrs==26.1.0 defusedxml==0.7.1 python-dateutil==2.9.0.post0 six==1.17.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

import atoma

XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">They did <b>not</b> resign</div>'
feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:harbour</id><title>The Harbour Post</title>
<updated>2024-03-05T10:00:00Z</updated><entry><id>urn:harbour:17</id><title type="xhtml">{XHTML}</title>
<updated>2024-03-05T10:00:00Z</updated><summary type="html">They did &lt;b>not&lt;/b> resign</summary>
<content type="xhtml">{XHTML}</content></entry></feed>"""
[entry] = atoma.parse_atom_bytes(feed.encode()).entries
seen = entry.title, entry.content
print("atoma 0.0.17: an Atom entry whose title and content are XHTML")
print("expected: the words, as those of its summary in HTML:", repr(entry.summary.value))
print("          RFC 4287, 3.1.1 has three types of text, and AtomTextType has a name for the third:", atoma.atom.AtomTextType.xhtml)
print("seen:    ", seen)
sys.exit(not (entry.summary.value == "They did <b>not</b> resign" and seen == (None, None)))
PY
