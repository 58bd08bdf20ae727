#!/usr/bin/env bash
# A paragraph that begins with a year becomes an entry of a list, without the year.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @portabletext/markdown@1.5.0 @portabletext/toolkit@5.0.2 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { markdownToPortableText, portableTextToMarkdown } from "@portabletext/markdown";
import { toPlainText } from "@portabletext/toolkit";

const block = (text) => ({ _type: "block", _key: text, style: "normal", markDefs: [], children: [{ _type: "span", _key: "s", text, marks: [] }] });
const texts = ["1986. A year of strikes", "Aid *only* for 2*3*4 rooms", "# 10 said no"];
const seen = texts.map((text) => toPlainText(markdownToPortableText(portableTextToMarkdown([block(text)]))));
console.log("@portabletext/markdown 1.5.0 (npm): to Markdown and back:", texts);
console.log("expected: the same words: CommonMark (2.4) has a backslash for signs that are text");
console.log("seen:    ", seen);
process.exit(seen[0] === "A year of strikes" && seen[1].includes("234") ? 0 : 1);
JS
