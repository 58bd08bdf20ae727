#!/usr/bin/env bash
# Minus half a per cent is half a per cent, in Persian and Turkish.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" to-words@5.7.0 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { ToWords } from "to-words";

const numbers = [-5, -5.5, -0.5, 0.5];
const told = (localeCode) => numbers.map((number) => new ToWords({ localeCode }).convert(number));
const seen = { "en-US": told("en-US"), "fa-IR": told("fa-IR"), "tr-TR": told("tr-TR") };
console.log("to-words 5.7.0 (npm):", numbers);
console.log("expected: four different numbers in each language");
console.log("seen:    ", seen);
const same = (words) => words[2] === words[3];
process.exit(!same(seen["en-US"]) && same(seen["fa-IR"]) && same(seen["tr-TR"]) ? 0 : 1);
JS
