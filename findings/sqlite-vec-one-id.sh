#!/usr/bin/env bash
# sqlite-vec finds the nearest of two given rows, but not of one.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
# apsw brings an SQLite that can load extensions; Python's own often cannot.
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check sqlite-vec==0.1.9 apsw==3.54.1.0 || exit 2
"$room/bin/python" - <<'PY'
import sys, apsw, sqlite_vec

base = apsw.Connection(":memory:")
base.enable_load_extension(True)
base.load_extension(sqlite_vec.loadable_path())
base.execute("CREATE VIRTUAL TABLE passages USING vec0(id INTEGER PRIMARY KEY, vector FLOAT[2])")
base.execute("INSERT INTO passages VALUES (1, '[1, 0]'), (2, '[0, 1]'), (3, '[0.9, 0.1]')")
ask = "SELECT id FROM passages WHERE vector MATCH '[1, 0]' AND k = 1 AND id IN"
seen = {ids: [row[0] for row in base.execute(f"{ask} {ids}")] for ids in ("(2, 3)", "(2)")}
print("sqlite-vec 0.1.9: the nearest passage among those of given articles, by `id IN (…)`")
print("expected: one passage each time, as the documentation filters by ids before it searches")
print("seen:    ", seen)
sys.exit(seen != {"(2, 3)": [3], "(2)": []})
PY
