#!/usr/bin/env bash
# The fifth of April is not in the northern spring, the fifth of January is.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" edtf@4.11.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import edtf from "edtf";

const seasons = { "2024-25": "spring", "2024-27": "autumn", "2024-28": "winter" };
const seen = Object.keys(seasons).map((text) => {
  const season = edtf(text);
  return [text, ...[season.min, season.max].map((end) => new Date(end).toISOString().slice(0, 10))];
});
const covered = ["2024-01-05", "2024-04-05"].map((text) => edtf("2024-25").covers(edtf(text)));
console.log("edtf 4.11.1 (npm): first and last day of seasons of the northern hemisphere, as EDTF has them:", seasons);
console.log("expected: spring holds 5 April and not 5 January, by either way to count (from 1 March or from the equinox)");
console.log("seen:    ", seen, "covers 5 January:", covered[0], "covers 5 April:", covered[1]);
process.exit(seen[0].join() === "2024-25,2024-01-01,2024-03-31" && covered[0] && !covered[1] ? 0 : 1);
JS
