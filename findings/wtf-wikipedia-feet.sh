#!/usr/bin/env bash
# Five feet six are five feet, and who did not resign did.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" wtf_wikipedia@10.4.2 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import wtf from "wtf_wikipedia";

const text = "She is {{convert|5|ft|6|in}} tall. The road has {{convert|37|km}}. He did {{em|not}} resign.";
const seen = wtf(text).text();
console.log("wtf_wikipedia 10.4.2 (npm): templates of English Wikipedia:", text);
console.log("expected: 5 ft 6 in tall, 37 km, did not resign");
console.log("seen:    ", seen);
process.exit(seen === "She is 5 ft tall. The road has 37 km. He did resign." ? 0 : 1);
JS
