#!/usr/bin/env bash
# A page that was stored as x-gzip comes out compressed.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check warcio==1.8.1 || exit 2
"$room/bin/python" - <<'PY'
import gzip, io, sys
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def read_back(coding: str) -> bytes:
    archive = io.BytesIO()
    writer = WARCWriter(archive, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/plain"), ("Content-Encoding", coding)], protocol="HTTP/1.1")
    page = io.BytesIO(gzip.compress(b"We are not leaving."))
    writer.write_record(writer.create_warc_record("https://harbour.example/", "response", payload=page, http_headers=headers))
    archive.seek(0)
    return next(iter(ArchiveIterator(archive))).content_stream().read()


seen = [read_back(coding) for coding in ("gzip", "x-gzip")]
print("warcio 1.8.1: content_stream() of a page with Content-Encoding gzip, and x-gzip")
print("expected: the same; HTTP has x-gzip as another name of gzip")
print("seen:    ", seen[0], "and", seen[1][:4], "…")
sys.exit(seen[0] != b"We are not leaving." or not seen[1].startswith(b"\x1f\x8b"))
PY
