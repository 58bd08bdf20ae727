#!/usr/bin/env bash
# An address of one page is normalised to another.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check url-normalize==3.1.0 || exit 2
"$room/bin/python" - <<'PY'
import sys
from url_normalize import url_normalize

seen = url_normalize("https://harbour.example/live#!/17")
print("url-normalize 3.1.0: the normal form of an address with the fragment #!/17")
print("expected: the same page; what stands behind # is not sent to the server")
print("seen:    ", seen, "- a query that the server is asked for")
sys.exit(seen != "https://harbour.example/live?_escaped_fragment_=/17")
PY
