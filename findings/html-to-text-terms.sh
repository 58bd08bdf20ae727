#!/usr/bin/env bash
# Who speaks and what is said become one word.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" html-to-text@10.0.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { convert } from "html-to-text";

const answers = "<dl><dt>Minister</dt><dd>We stay.</dd><dt>Mayor</dt><dd>We go.</dd></dl>";
const note = "<details><summary>Correction</summary>It was 17.</details>";
const seen = [answers, note].map((html) => convert(html));
console.log("html-to-text 10.0.1 (npm): a list of who said what, and a note under its heading");
console.log("expected: each on a line of its own, as a browser shows both, and as it sets div and section");
console.log("seen:    ", seen);
process.exit(seen.join() === "MinisterWe stay.MayorWe go.,CorrectionIt was 17." ? 0 : 1);
JS
