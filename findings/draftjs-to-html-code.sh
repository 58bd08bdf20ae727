#!/usr/bin/env bash
# The words of a code block of Draft.js are left out.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" draftjs-to-html@0.9.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import toHtml from "draftjs-to-html";

const block = (key, type, text) => ({ key, type, text, depth: 0, inlineStyleRanges: [], entityRanges: [], data: {} });
const seen = toHtml({ blocks: [block("a", "unstyled", "The leaked note says:"), block("b", "code-block", "They did not pay.")], entityMap: {} });
console.log("draftjs-to-html 0.9.1 (npm): a paragraph, and a block of the type that Draft.js names code-block");
console.log("expected: both texts, or an error for a type that is not known");
console.log("seen:    ", JSON.stringify(seen));
process.exit(seen.includes("leaked") && !seen.includes("pay") ? 0 : 1);
JS
