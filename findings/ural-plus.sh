#!/usr/bin/env bash
# The address in its canonical form asks for something else: C++ is C and two spaces, and 10:00+03:00 another time.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ural==1.6.2 || exit 2
"$room/bin/python" - <<'PY'
import sys
from urllib.parse import parse_qs, urlsplit

from ural import canonicalize_url

addresses = ["https://harbourpost.example/find?q=C%2B%2B", "https://harbourpost.example/find?at=10:00%2B03:00", "https://harbourpost.example/a%2Fb"]
seen = [canonicalize_url(address) for address in addresses]
asked = [parse_qs(urlsplit(address).query) for address in addresses[:2]]
print("ural 1.6.2: canonicalize_url of", addresses)
print("expected: addresses of the same pages:", asked)
print("seen:    ", seen, [parse_qs(urlsplit(address).query) for address in seen[:2]])
sys.exit([address.split("example")[1] for address in seen] != ["/find?q=C++", "/find?at=10:00+03:00", "/a/b"])
PY
