#!/usr/bin/env bash
# extruct finds no JSON-LD where the type of the script carries a parameter, as the standard allows.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check extruct==0.18.0 lxml==6.1.3 w3lib==2.5.0 || exit 2
"$room/bin/python" - <<'PY'
import sys, extruct

def claims(kind):
    page = f'<html><head><script type="{kind}">{{"@type": "ClaimReview", "claimReviewed": "The bridge is closed"}}</script></head></html>'
    return [item["claimReviewed"] for item in extruct.extract(page, syntaxes=["json-ld"])["json-ld"]]

kinds = ("application/ld+json", "application/ld+json;profile=http://www.w3.org/ns/json-ld#compacted", "application/ld+json; charset=utf-8")
seen = {kind: claims(kind) for kind in kinds}
print("extruct 0.18.0: one ClaimReview under three spellings of the media type")
print("expected: found each time; JSON-LD 1.1, 7: the type of the script may carry a profile parameter")
for kind, found in seen.items():
    print("seen:    ", kind, "->", found)
sys.exit(not (seen[kinds[0]] and not seen[kinds[1]] and not seen[kinds[2]]))
PY
