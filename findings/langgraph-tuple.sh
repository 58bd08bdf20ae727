#!/usr/bin/env bash
# What a LangGraph checkpoint gives back is not what was put in: tuples are lists, half a surrogate pair is "?".
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check langgraph==1.2.22 langgraph-checkpoint==4.3.2 || exit 2
"$room/bin/python" - <<'PY'
import sys
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

serializer = JsonPlusSerializer()
def kept(value):
    return serializer.loads_typed(serializer.dumps_typed(value))

span, words = (17, 71), "closed \ud83d"
print("langgraph 1.2.22: a tuple and a cut-off emoji, through the serializer of every checkpoint")
print("expected: equal to what was saved; sets, dates and UUIDs come back as they were")
print("seen:    ", kept({17, 71}), kept(span), ascii(kept(words)))
sys.exit(not (kept(span) == [17, 71] and kept(words) == "closed ?"))
PY
