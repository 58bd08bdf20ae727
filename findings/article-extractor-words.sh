#!/usr/bin/env bash
# article-extractor takes the words out of a sentence with the marks around them, and who said it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @extractus/article-extractor@9.0.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { extractFromHtml } from "@extractus/article-extractor";

const filler = `<p>${"The council of the port met on Monday, and its members spoke about the budget for a long time. ".repeat(8)}</p>`;
const sentence = '<p>They <q>will not pay</q> until <time datetime="2024-04-05">5 April</time>.</p>';
const answers = "<dl><dt>Minister</dt><dd>We stay.</dd><dt>Mayor</dt><dd>We go.</dd></dl>";
const page = `<html><head><title>The council met</title></head><body><article><h1>The council met</h1>
${filler}${sentence}${answers}${filler}</article></body></html>`;
const { content } = await extractFromHtml(page, "https://harbourpost.example/council");
const seen = [...content.matchAll(/<p>(They.*?)<\/p><dl>(.*?)<\/dl>/g)].map((one) => one.slice(1))[0];
console.log("article-extractor 9.0.1 (npm): a sentence with a quotation and a date in it, and a list of who said what");
console.log("expected: They will not pay until 5 April., and both names: it removes tags it does not know, says the README");
console.log("seen:    ", seen);
process.exit(seen[0] === "They until ." && seen[1] === "<dd>We stay.</dd><dd>We go.</dd>" ? 0 : 1);
JS
