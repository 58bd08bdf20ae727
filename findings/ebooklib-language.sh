#!/usr/bin/env bash
# EbookLib calls an Arabic chapter English, and takes its title away.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check ebooklib==0.20 lxml==6.1.3 || exit 2
"$room/bin/python" -W ignore - "$room/book.epub" <<'PY'
import re, sys, zipfile
from ebooklib import epub

chapter = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar" lang="ar" dir="rtl"><head><title>لم يستقل</title></head>
<body><p>قال الوزير إنه باق.</p></body></html>"""
package = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">1</dc:identifier><dc:title>T</dc:title>
<dc:language>ar</dc:language><meta property="dcterms:modified">2024-03-05T10:00:00Z</meta></metadata>
<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/><item id="n" href="n.xhtml" properties="nav"
media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>"""
container = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
contents = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>n</title></head>
<body><nav epub:type="toc"><ol><li><a href="c.xhtml">c</a></li></ol></nav></body></html>"""
parts = {"META-INF/container.xml": container, "p.opf": package, "n.xhtml": contents, "c.xhtml": chapter}
with zipfile.ZipFile(sys.argv[1], "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    for name, text in parts.items():
        book.writestr(name, text)
read = epub.read_epub(sys.argv[1]).get_item_with_id("c").get_content().decode()
seen = re.findall(r'\blang="(\w+)"', read)[0], "لم يستقل" in read
print("EbookLib 0.20: a chapter of an Arabic book, as get_content() gives it")
print("expected: ('ar', True): the language and the title that stand in the file and, the language, in the package")
print("seen:    ", seen)
sys.exit(seen != ("en", False))
PY
