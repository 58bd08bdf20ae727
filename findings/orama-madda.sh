#!/usr/bin/env bash
# Who looks for water finds what happened; who looks for antiquities, a revolt.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @orama/orama@3.1.18 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { create, insert, search } from "@orama/orama";

const db = create({ schema: { text: "string" }, language: "arabic" });
for (const text of ["قال إنه شرب ماء", "ما حدث أمس", "آثار المدينة", "ثار السكان على الحاكم"]) await insert(db, { text });
const found = async (term) => (await search(db, { term })).hits.map((hit) => hit.document.text).sort();
const seen = [await found("ماء"), await found("آثار")];
console.log("@orama/orama 3.1.18 (npm) with its Arabic tokenizer: who finds ماء (water) and آثار (antiquities)");
console.log("expected: one text each: ما (what) and ثار (revolted) are other words");
console.log("seen:    ", seen);
process.exit(seen.every((one) => one.length === 2) ? 0 : 1);
JS
