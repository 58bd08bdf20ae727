#!/usr/bin/env bash
# Of two names of sections and a headline, the headline is cut off; and who says it, before a colon.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @mozilla/readability@0.6.0 jsdom@29.1.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import readability from "@mozilla/readability";
import { JSDOM } from "jsdom";

const filler = `<p>${"The council of the port met on Monday, and its members spoke about the budget for a long time. ".repeat(8)}</p>`;
const title = (text, headline) => {
  const page = `<html><head><title>${text}</title></head><body><article><h1>${headline}</h1>${filler}</article></body></html>`;
  return new readability.Readability(new JSDOM(page, { url: "https://harbourpost.example/17" }).window.document).parse().title;
};
const seen = [
  title("The Harbour Post » World » Vote fails in council today", "Vote fails in council today"),
  title("Minister: we will not pay the strikers", "No money for strikers"),
];
console.log("@mozilla/readability 0.6.0 (npm): the title of two articles");
console.log("expected: the article's title, says its README: 'Vote fails in council today', as <h1> has it, and who will not pay");
console.log("seen:    ", seen);
process.exit(seen[0] === "The Harbour Post » World" && seen[1] === "we will not pay the strikers" ? 0 : 1);
JS
