#!/usr/bin/env bash
# The first of Ramadan, written and read by the same library, is the first of Shawwal.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" moment-hijri@3.0.0 moment@2.31.0 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import moment from "moment-hijri";

const form = "iD iMMMM iYYYY";
const again = (locale, day) => {
  moment.locale(locale);
  const written = moment(day, "YYYY-MM-DD").format(form);
  return [written, moment(written, form).locale("en").format("YYYY-MM-DD")];
};
moment.locale("en");
const figures = moment("1445-09-01", "iYYYY-iMM-iDD").format("YYYY-MM-DD");
const seen = [again("en", "2024-03-11"), again("en", "2024-04-10")];
console.log("moment-hijri 3.0.0 (npm): 11 March and 10 April 2024 written as", form, "and read with the same pattern");
console.log(`expected: the same days again; 1445-09-01 is ${figures}`);
console.log("seen:    ", seen);
process.exit(figures === "2024-03-11" && seen[0][1] === "2024-04-10" && seen[1][1] === "2024-05-09" ? 0 : 1);
JS
