#!/usr/bin/env bash
# courlan encodes the semicolon of a path, which makes another address of it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check courlan==1.4.0 || exit 2
"$room/bin/python" - <<'PY'
import sys, courlan
from urllib.parse import urlsplit

address = "https://harbourpost.example/story;id=5"
seen = courlan.normalize_url(address)
print("courlan 1.4.0: the normal form of an address with a parameter in its path")
print("expected: the same address; RFC 3986, 2.2: encoding a reserved character changes what the address identifies")
print("seen:    ", address, "->", seen)
sys.exit(not (urlsplit(seen).path == "/story%3Bid=5"))
PY
