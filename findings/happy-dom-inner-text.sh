#!/usr/bin/env bash
# Words on both sides of a line break are one word, as are the figures of a table, and what is hidden is read.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" happy-dom@21.0.4 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { Window } from "happy-dom";

const { document } = new Window({ url: "https://harbourpost.example/" });
document.body.innerHTML = `<p>They did not resign<br>on Monday</p><p hidden>Draft</p><table><tr><td>2023<td>17</table>`;
const seen = document.body.innerText;
console.log("happy-dom 21.0.4 (npm): innerText of a line break, a hidden paragraph and a table's row");
console.log('expected: "They did not resign\\non Monday\\n\\n2023\\t17", as the HTML standard has it and browsers do');
console.log("seen:    ", JSON.stringify(seen));
process.exit(seen.includes("resignon") && seen.includes("Draft") && seen.includes("202317") ? 0 : 1);
JS
