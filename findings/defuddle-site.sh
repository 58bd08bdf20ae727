#!/usr/bin/env bash
# defuddle gives the author's name as the name of the site.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" defuddle@0.19.4 linkedom@0.18.15 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { Defuddle } from "defuddle/node";
import { parseHTML } from "linkedom";

const told = async (head) => {
  const words = "The council of the port met on Monday, and its members spoke about the budget. ".repeat(8);
  const page = `<html><head><title>The council met</title>${head}</head><body><article><p>${words}</p></article></body></html>`;
  return (await Defuddle(parseHTML(page).document, "https://harbourpost.example/council")).site;
};
const seen = [await told(""), await told('<meta name="author" content="Desk Editor">')];
console.log("defuddle 0.19.4 (npm): `site`, the name of the website, of a page that does not tell it: without and with an author");
console.log("expected: harbourpost.example twice, or nothing twice");
console.log("seen:    ", seen);
process.exit(seen.join() === "harbourpost.example,Desk Editor" ? 0 : 1);
JS
