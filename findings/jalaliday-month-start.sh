#!/usr/bin/env bash
# A Jalali month and year begin at one in the morning: what is of half past midnight is not in them.
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
const clock = (one) => one.format("YYYY-MM-DD HH:mm");
const night = day("2024-03-20T00:30");
const seen = [clock(night.startOf("month")), clock(night.endOf("month")), night.isSame(night, "month"), night.isSame(night, "year")];
console.log("jalaliday 3.1.1 (npm): the month of half past midnight on 1 Farvardin 1403; its day begins at", clock(night.startOf("day")));
console.log("expected: from 1403-01-01 00:00 to 1403-01-31 23:59, and a moment is in its own month and year");
console.log("seen:    ", seen);
process.exit(seen.join() === "1403-01-01 01:00,1403-01-31 01:59,false,false" ? 0 : 1);
JS
