#!/usr/bin/env bash
# The figures of a table move to other years, and the text after it moves into it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" node-html-markdown@2.0.0 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { NodeHtmlMarkdown } from "node-html-markdown";

const rows = ["<tr><th>Year<th>Hurt", "<tr><td>2023<td>17", "<tr><td>2024<td>71"];
const seen = NodeHtmlMarkdown.translate(`<table>${rows.join("")}</table><p>Nobody died.</p>`);
console.log("node-html-markdown 2.0.0 (npm): a table without the end tags that HTML lets one leave out, and a paragraph");
console.log("expected: three rows of two cells, as a browser has it, and the paragraph after them");
console.log(`seen:\n${seen}`);
process.exit(seen.startsWith("| Year | Hurt 2023 | 17 2024 | 71 | Nobody died. |") ? 0 : 1);
JS
