#!/usr/bin/env bash
# A vote of 17-71 is minus 1771, and three million are three.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" numeral@2.0.6 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import numeral from "numeral";

const texts = ["3m", "3 million", "$5 trillion", "17-71", "10 to 15", "5 March 2024"];
const seen = texts.map((text) => numeral(text).value());
console.log("numeral 2.0.6 (npm):", texts);
console.log("expected: 3000000 twice, 5000000000000, and null for what is not one number, as for a word:", numeral("none").value());
console.log("seen:    ", seen);
process.exit(numeral("none").value() === null && seen.join() === "3000000,3,5,-1771,1015,52024" ? 0 : 1);
JS
