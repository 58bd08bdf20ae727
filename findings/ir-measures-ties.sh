#!/usr/bin/env bash
# Of two results of one score, one measure takes the one as the first, another the other.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ir_measures==0.4.3 pytrec-eval-terrier==0.5.11 numpy==1.26.4 scipy==1.17.1 || exit 2
"$room/bin/python" - <<'PY'
import sys

import ir_measures
from ir_measures import AP, RR, P, Qrel, ScoredDoc

scores = ir_measures.calc_aggregate([RR, RR @ 10, AP, P @ 1], [Qrel("q", "d1", 1)], [ScoredDoc("q", "d1", 0.9), ScoredDoc("q", "d2", 0.9)])
seen = {str(measure): score for measure, score in scores.items()}
print("ir_measures 0.4.3: two results of one score, of which the first is the right one")
print("expected: RR and RR@10 are the same, as only two results are there; where RR is .5, the right one is the second")
print("seen:    ", dict(sorted(seen.items())))
sys.exit(not (seen["RR"] == 0.5 and seen["P@1"] == 0 and seen["RR@10"] == 1))
PY
