#!/usr/bin/env bash
# Did and didn't have the same lemmas, so have is guilty and is not guilty in Czech.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check simplemma==2.0.0 || exit 2
"$room/bin/python" - <<'PY'
import sys

from simplemma import text_lemmatizer

pairs = [
    ("en", "The minister did resign", "The minister didn't resign"),
    ("en", "He must go", "He mustn't go"),
    ("cs", "Ministr je vinen", "Ministr není vinen"),
    ("cs", "Vláda souhlasila", "Vláda nesouhlasila"),
]
seen = [[text_lemmatizer(text, lang=language) for text in texts] for language, *texts in pairs]
apart = text_lemmatizer("The minister did not resign", lang="en"), text_lemmatizer("He can't go", lang="en")
print("simplemma 2.0.0: a sentence and its negation:", pairs)
print("expected: other lemmas for the negation; did not keeps its word, and can't is told from can:", apart)
print("seen:    ", seen)
sys.exit(not ("not" in apart[0] and "cannot" in apart[1] and all(said == denied for said, denied in seen)))
PY
