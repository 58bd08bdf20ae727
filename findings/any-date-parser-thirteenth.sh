#!/usr/bin/env bash
# The thirteenth of May is the fifth of March.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" any-date-parser@2.2.4 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import parser from "any-date-parser";

const texts = ["13/05/2024", "31/12/2024", "03/05/2024"];
const seen = texts.map((text) => {
  const { year, month, day } = parser.attempt(text, "en-US");
  return [year, month, day].join("-");
});
console.log("any-date-parser 2.2.4 (npm): dates for a reader in the United States:", texts);
console.log("expected: the day first where there is no such month, or invalid; and 5 March for the last, month first");
console.log("seen:    ", seen);
process.exit(seen.join() === "2024-3-5,2024-1-12,2024-3-5" ? 0 : 1);
JS
