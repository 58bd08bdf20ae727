#!/usr/bin/env bash
# Each Arabic letter of an RTF file is there twice, and 17 is 1177.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" officeparser@7.8.0 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { parseOffice } from "officeparser";

// The way of word processors: a letter as \u and its number, and after it the same letter for readers that do not know \u.
const file = String.raw`{\rtf1\ansi\ansicpg1256\deff0\uc1{\fonttbl{\f0\fcharset178 Arial;}}
\pard\f0 \u1606\'e4\u1593\'da\u1605\'e3 \u1633\'31\u1639\'37\par}`;
const seen = (await parseOffice(Buffer.from(file), { fileType: "rtf" })).toText().trim();
console.log("officeparser 7.8.0 (npm): the Arabic word for yes and 17, each character with its one fallback after it (\\uc1)");
console.log("expected: نعم ١٧; the fallback is to be skipped, as the specification of RTF has it");
console.log("seen:    ", seen);
process.exit(seen === "ننععمم ١1٧7" ? 0 : 1);
JS
