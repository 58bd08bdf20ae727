#!/usr/bin/env bash
# After no no sentence ends.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" sbd@1.0.19 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import sbd from "sbd";

const seen = ["no", "yes"].map((word) => sbd.sentences(`The minister said ${word}. The mayor agreed. The vote is on Monday.`));
console.log("sbd 1.0.19 (npm): three sentences, the first of which ends with no");
console.log("expected: three, as where it ends with yes; No. before a figure is the abbreviation");
console.log("seen:    ", seen);
process.exit(seen[0].length === 2 && seen[1].length === 3 ? 0 : 1);
JS
