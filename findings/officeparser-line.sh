#!/usr/bin/env bash
# 2023 in one column and 17 in the next are 202317.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" officeparser@7.8.0 jszip@3.10.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import JSZip from "jszip";
import { parseOffice } from "officeparser";

const office = "http://schemas.openxmlformats.org/";
const zip = new JSZip();
zip.file("[Content_Types].xml", `<Types xmlns="${office}package/2006/content-types"><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`);
zip.file("_rels/.rels", `<Relationships xmlns="${office}package/2006/relationships"><Relationship Id="a"
Type="${office}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`);
zip.file("word/document.xml", `<w:document xmlns:w="${office}wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>2023</w:t><w:tab/><w:t>17</w:t><w:br/><w:t>2024</w:t><w:tab/><w:t>71</w:t></w:r></w:p></w:body></w:document>`);
const seen = (await parseOffice(await zip.generateAsync({ type: "nodebuffer" }), { fileType: "docx" })).toText().trim();
console.log("officeparser 7.8.0 (npm): a paragraph of two lines with a tab in each");
console.log("expected: 2023 and 17 on one line, 2024 and 71 on the next");
console.log("seen:    ", seen);
process.exit(seen === "202317202471" ? 0 : 1);
JS
