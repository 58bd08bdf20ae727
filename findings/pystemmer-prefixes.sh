#!/usr/bin/env bash
# The Arabic stemmer keeps the "and" and "the" of a noun, which so has four stems, and takes the F of "Palestine" for one.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check PyStemmer==3.1.0 || exit 2
"$room/bin/python" - <<'PY'
import sys, Stemmer

words = ["قوات", "القوات", "والقوات", "بالقوات"]  # forces, the forces, and the forces, with the forces
stem = Stemmer.Stemmer("arabic").stemWord
seen = [stem(word) for word in words]
print("PyStemmer 3.1.0 (Snowball): 'forces', bare, with the article, and with 'and' or 'with' before the article")
print("expected: one stem; the article and the prefixes before it are among what the algorithm has rules to remove")
print("seen:    ", dict(zip(words, seen)), "and فلسطين ->", stem("فلسطين"))
sys.exit(not (len(set(seen)) == 4 and not stem("فلسطين").startswith("ف")))
PY
