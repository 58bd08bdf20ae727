#!/usr/bin/env bash
# Who is called Ma has no family name, only a degree.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" humanparser@2.7.0 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import parser from "humanparser";

const seen = ["Yo-Yo Ma", "Ma, Yo-Yo"].map((name) => parser.parseName(name));
console.log("humanparser 2.7.0 (npm): a name of two words, in both orders");
console.log("expected: last name Ma: it parses into first name, last name and suffix, says its README, and a name of two words has a last one");
console.log("seen:    ", seen);
process.exit(seen.every((name) => name.lastName === "" && name.suffix === "Ma") ? 0 : 1);
JS
