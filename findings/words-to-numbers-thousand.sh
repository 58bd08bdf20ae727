#!/usr/bin/env bash
# A hundred and five thousand is five thousand one hundred.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" words-to-numbers@1.5.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import words from "words-to-numbers";

const texts = ["five hundred thousand", "one hundred and five thousand", "three hundred and ten million"];
const seen = texts.map((text) => words.wordsToNumbers(text));
console.log("words-to-numbers 1.5.1 (npm):", texts);
console.log("expected: [500000, 105000, 310000000]");
console.log("seen:    ", seen);
process.exit(seen.join() === "500000,5100,10000300" ? 0 : 1);
JS
