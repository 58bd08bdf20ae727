#!/usr/bin/env bash
# An Arabic word with an Arabic comma after it is another word.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @nlpjs/lang-ar@4.26.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { createRequire } from "node:module";

const { TokenizerAr } = createRequire(import.meta.url)("@nlpjs/lang-ar");
const tokens = (text) => new TokenizerAr().tokenize(text);
const seen = [tokens("استقال الوزير, ثم عاد."), tokens("استقال الوزير، ثم عاد."), tokens("هل استقال الوزير؟")];
console.log("@nlpjs/lang-ar 4.26.1 (npm): the minister resigned, then returned, with a Latin comma and an Arabic one; did the minister resign?");
console.log("expected: the word for minister is the same three times");
console.log("seen:    ", seen);
process.exit(seen[0][1] === "الوزير" && seen[1][1] === "الوزير،" && seen[2][2] === "الوزير؟" ? 0 : 1);
JS
