#!/usr/bin/env bash
# Chroma cuts the fraction off what integers are compared with: 5 is "at least 5.5".
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check chromadb==1.5.9 || exit 2
"$room/bin/python" - <<'PY'
import sys, chromadb

chroma = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
collection = chroma.create_collection("coverage", embedding_function=None)
collection.add(ids=["five", "six"], embeddings=[[1.0, 0.0], [0.0, 1.0]], metadatas=[{"origins": 5}, {"origins": 6}])

def found(operator):
    return collection.get(where={"origins": {operator: 5.5}})["ids"]

seen = {operator: found(operator) for operator in ("$gte", "$lt", "$eq")}
print("chromadb 1.5.9: the numbers 5 and 6, filtered by 5.5")
print("expected: six is at least 5.5, five is less, none equals it; where takes int and float alike")
print("seen:    ", seen)
sys.exit(seen != {"$gte": ["five", "six"], "$lt": [], "$eq": ["five"]})
PY
