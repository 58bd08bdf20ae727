#!/usr/bin/env bash
# From 20 March 2024 to 21 March 2026 it is minus nine years, counted from a Jalali day.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" jalaliday@3.1.1 dayjs@1.11.23 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import dayjs from "dayjs";
import jalali from "jalaliday/dayjs";

dayjs.extend(jalali);
const day = (text) => dayjs(text).calendar("jalali");
const right = [day("2026-03-21").diff(day("2024-03-20"), "year"), dayjs("2026-03-21").diff("2024-03-20", "year")];
const seen = ["year", "month", "day"].map((unit) => day("2026-03-21").diff("2024-03-20", unit));
console.log("jalaliday 3.1.1 (npm): 1 Farvardin 1405 less 2024-03-20, in years, months and days");
console.log("expected: 2, 24 and 731; a day without a calendar set is an argument of diff, and both others give", right, "years");
console.log("seen:    ", seen);
process.exit(right.join() === "2,2" && seen[0] === -9 && seen[2] === 731 ? 0 : 1);
JS
