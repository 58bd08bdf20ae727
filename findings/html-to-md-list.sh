#!/usr/bin/env bash
# A list and a table are gone, with all words in them.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" html-to-md@0.8.8 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import html2md from "html-to-md";

const page = "<p>Hurt:</p><ul><li>17 in the north<li>71 in the south</ul><table><tr><td>2024<td>88</table><p>Nobody died.</p>";
const seen = html2md(page);
console.log("html-to-md 0.8.8 (npm): a list and a table without the end tags that HTML lets one leave out:", page);
console.log("expected: all words, in any form");
console.log("seen:    ", JSON.stringify(seen));
process.exit(/17|71|88/.test(seen) ? 1 : 0);
JS
