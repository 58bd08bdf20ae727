#!/usr/bin/env bash
# What is deleted by a term of an unsigned field stays.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check tantivy==0.27.0 || exit 2
"$room/bin/python" - <<'PY'
import sys, tantivy
from tantivy import Query


def left(kind):
    """How many documents a search by the number finds, and how many are left once they were deleted by it."""
    builder = tantivy.SchemaBuilder()
    getattr(builder, f"add_{kind}_field")("article", indexed=True, stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer()
    document = tantivy.Document()
    getattr(document, f"add_{kind}")("article", 7)
    writer.add_document(document)
    writer.commit()
    index.reload()
    found = len(index.searcher().search(Query.term_query(schema, "article", 7), 5).hits)
    writer.delete_documents_by_term("article", 7)
    writer.commit()
    index.reload()
    return found, index.searcher().num_docs


seen = {kind: left(kind) for kind in ("unsigned", "integer")}
print("tantivy 0.27.0: delete_documents_by_term, of a withdrawn article by its number")
print("expected: 1 found, then 0 left, of an unsigned field as of a signed one: it deletes all that contain the term")
print("seen:    ", seen)
sys.exit(seen != {"unsigned": (1, 1), "integer": (1, 0)})
PY
