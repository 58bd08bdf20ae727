#!/usr/bin/env bash
# One and a half million is one million.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" compromise@14.17.0 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import nlp from "compromise";

const texts = ["1.5 million people", "half a million people", "one and a half million people", "two and a half thousand people"];
const seen = texts.map((text) => {
  const read = nlp(text);
  read.numbers().toNumber();
  return read.text();
});
console.log("compromise 14.17.0 (npm): numbers in words turned into numbers:", texts);
console.log("expected: 1500000, 500000, 1500000 and 2500 people, or words left as they are");
console.log("seen:    ", seen);
process.exit(seen[1] === "500000 people" && seen[2] === "1000000 people" && seen[3] === "2000 people" ? 0 : 1);
JS
