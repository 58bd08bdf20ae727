#!/usr/bin/env bash
# A Persian date in Persian figures is valid, and in the year 621.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" jalali-moment@3.3.11 moment@2.31.0 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import moment from "jalali-moment";

const read = (text) => moment.from(text, "fa", "YYYY/MM/DD");
const [western, persian] = ["1402/12/15", "۱۴۰۲/۱۲/۱۵"].map(read);
const seen = [persian.isValid(), persian.format("YYYY-MM-DD")];
console.log("jalali-moment 3.3.11 (npm): ۱۴۰۲/۱۲/۱۵ in the Persian locale;", "1402/12/15 is", western.format("YYYY-MM-DD"));
console.log("expected: 2024-03-05 as well, or not valid");
console.log("seen:    ", seen);
process.exit(western.format("YYYY-MM-DD") === "2024-03-05" && seen[0] && seen[1] === "0621-03-21" ? 0 : 1);
JS
