#!/usr/bin/env bash
# Let May 5 be a day of mourning: in the year 538 before Christ.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" chrono-node@2.10.3 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import * as chrono from "chrono-node";

const now = new Date(2024, 2, 5, 12);
const texts = ["Let 5 May be a day of mourning.", "Let May 5 be a day of mourning."];
const seen = texts.map((text) => chrono.parse(text, now).map((one) => [one.text, one.start.get("year")]));
console.log("chrono-node 2.10.3 (npm): a day before the word be, read on 5 March 2024:", texts);
console.log("expected: 2024 twice, with or without the era that BE also stands for (Buddhist, 2567)");
console.log("seen:    ", JSON.stringify(seen));
process.exit(seen[0][0][1] === 2024 && seen[1][0][1] === -538 ? 0 : 1);
JS
