#!/usr/bin/env bash
# A million and a half are one and a half of two millions, in Arabic.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check humanize==4.17.0 || exit 2
"$room/bin/python" - <<'PY'
import datetime, sys, humanize

humanize.i18n.activate("ar")
seen = [humanize.intword(1_300_000), humanize.intword(1_500_000), humanize.naturaltime(datetime.timedelta(days=2))]
print("humanize 4.17.0, Arabic: 1.3 million, 1.5 million, two days ago")
print("expected: 1.3 مليون, 1.5 مليون, قبل يومين: the dual is two by itself, مليونين being two million")
print("seen:    ", seen)
sys.exit(seen != ["1.3 مليونين", "1.5 مليونين", "قبل 2 يومين"])
PY
