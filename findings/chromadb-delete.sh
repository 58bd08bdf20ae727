#!/usr/bin/env bash
# Chroma reports one deletion where there was nothing to delete.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check chromadb==1.5.9 || exit 2
"$room/bin/python" - <<'PY'
import sys, chromadb

chroma = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
collection = chroma.create_collection("coverage", embedding_function=None)
collection.add(ids=["here"], embeddings=[[1.0, 0.0]])
seen = [collection.delete(ids=["never there"]), collection.count(), collection.delete(ids=["here"]), collection.count()]
print("chromadb 1.5.9: what delete() says it deleted, for an id that was never there and then for one that is")
print("expected: 0 and 1; a count of what was deleted is what a takedown is shown to be done by")
print("seen:    ", seen[0], "with", seen[1], "left, and", seen[2], "with", seen[3], "left")
sys.exit(seen != [{"deleted": 1}, 1, {"deleted": 1}, 0])
PY
