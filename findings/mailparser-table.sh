#!/usr/bin/env bash
# The table of an HTML mail is one number: 202317202471.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" mailparser@3.14.2 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { simpleParser } from "mailparser";

const table = "<table><tr><td>2023</td><td>17</td></tr><tr><td>2024</td><td>71</td></tr></table>";
const mail = ["From: desk@harbourpost.example", "Subject: Hurt", "Content-Type: text/html; charset=utf-8", "", table, ""].join("\r\n");
const seen = (await simpleParser(mail)).text.trim();
console.log("mailparser 3.14.2 (npm): the text of a mail that is an HTML table of two rows and two columns");
console.log("expected: four numbers");
console.log("seen:    ", seen);
process.exit(seen === "202317202471" ? 0 : 1);
JS
