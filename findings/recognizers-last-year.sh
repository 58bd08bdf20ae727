#!/usr/bin/env bash
# Last year is this month, in Spanish.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @microsoft/recognizers-text-suite@1.3.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import recognizers from "@microsoft/recognizers-text-suite";

const day = new Date(2024, 2, 5, 12);
const range = (text, culture) => {
  const [{ start, end }] = recognizers.recognizeDateTime(text, culture, undefined, day)[0].resolution.values;
  return `${start} to ${end}`;
};
const seen = [range("last year", "en-us"), range("el próximo año", "es-es"), range("el año pasado", "es-es"), range("la semana pasada", "es-es")];
console.log("@microsoft/recognizers-text-suite 1.3.1 (npm): last year in English; next year, last year, last week in Spanish; asked on 5 March 2024");
console.log("expected: 2023, 2025, 2023 and a week of February");
console.log("seen:    ", seen);
const right = seen[0].startsWith("2023-01-01") && seen[1].startsWith("2025-01-01");
process.exit(right && seen[2] === "2024-03-01 to 2024-04-01" && seen[3] === seen[2] ? 0 : 1);
JS
