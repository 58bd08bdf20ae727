#!/usr/bin/env bash
# A page without the tags that HTML lets one leave out has no title and an empty body.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" linkedom@0.18.15 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { parseHTML } from "linkedom";

const read = (html) => {
  const { document } = parseHTML(html);
  return [document.title, document.body.textContent, document.querySelector("p").textContent];
};
const left = read('<!doctype html><html lang="en"><title>Vote fails</title><p>They did not pay.</html>');
const whole = read('<html lang="en"><head><title>Vote fails</title></head><body><p>They did not pay.</p></body></html>');
console.log("linkedom 0.18.15 (npm): title, text of the body and of the paragraph of a page without <head> and <body>");
console.log("expected: as with them; both tags may be left out, says the HTML standard (13.1.2.4):", whole);
console.log("seen:    ", left);
process.exit(whole[1] === left[2] && left[0] === "" && left[1] === "" ? 0 : 1);
JS
