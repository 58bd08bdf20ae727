#!/usr/bin/env bash
# Half a million is 0.000002, and one and a half million is one.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @microsoft/recognizers-text-suite@1.3.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import recognizers from "@microsoft/recognizers-text-suite";

const texts = { "en-us": ["1.5 million", "half a million", "one and a half million"], "es-es": ["dos millones y medio"] };
const seen = [];
for (const [culture, ones] of Object.entries(texts))
  for (const text of ones) seen.push(...recognizers.recognizeNumber(text, culture).map((one) => one.resolution.value));
console.log("@microsoft/recognizers-text-suite 1.3.1 (npm):", texts);
console.log("expected: 1500000, 500000, 1500000 and 2500000, as one and a half alone is 1.5; or nothing for what it does not know");
console.log("seen:    ", seen);
process.exit(seen.join() === "1500000,2E-06,1.0000005,1000000" ? 0 : 1);
JS
