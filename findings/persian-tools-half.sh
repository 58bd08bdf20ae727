#!/usr/bin/env bash
# Half a million is a million, in Persian.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @persian-tools/persian-tools@4.0.4 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { wordsToNumber } from "@persian-tools/persian-tools";

const texts = ["پانصد هزار", "نیم میلیون", "دو و نیم میلیون", "یک میلیون و نیم"];
const seen = texts.map((text) => wordsToNumber(text));
console.log("@persian-tools/persian-tools 4.0.4 (npm): five hundred thousand, half a million, two and a half, one and a half");
console.log("expected: [500000, 500000, 2500000, 1500000]; or an error for words that it does not know");
console.log("seen:    ", seen);
process.exit(seen.join() === "500000,1000000,2000000,1000000" ? 0 : 1);
JS
