#!/usr/bin/env bash
# The day before yesterday is yesterday, in French and Spanish.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" chrono-node@2.10.3 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import * as chrono from "chrono-node";

const now = new Date(2024, 2, 5, 12);
const asked = [["en", "the day before yesterday"], ["fr", "avant-hier"], ["fr", "après-demain"], ["es", "antes de ayer"]];
const seen = asked.map(([language, text]) => chrono[language].parse(text, now).map((one) => one.start.get("day"))[0]);
console.log("chrono-node 2.10.3 (npm): days as they are said on 5 March 2024:", asked.map((one) => one[1]).join(", "));
console.log("expected: [3, 3, 7, 3]; or nothing for words that it does not know");
console.log("seen:    ", seen);
process.exit(seen.join() === "3,4,6,4" ? 0 : 1);
JS
