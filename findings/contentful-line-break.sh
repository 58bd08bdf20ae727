#!/usr/bin/env bash
# Words on both sides of a hard line break become one.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @contentful/rich-text-from-markdown@16.2.2 @contentful/rich-text-plain-text-renderer@17.2.1 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { richTextFromMarkdown } from "@contentful/rich-text-from-markdown";
import { documentToPlainTextString } from "@contentful/rich-text-plain-text-renderer";

const read = async (markdown) => documentToPlainTextString(await richTextFromMarkdown(markdown));
const seen = [await read("Dead in 2023  \n17 people"), await read("The vote is\\\nnot valid")];
const soft = await read("Dead in 2023\n17 people");
console.log("@contentful/rich-text-from-markdown 16.2.2 (npm): a hard line break, with two spaces and with a backslash");
console.log("expected: a line break, or a space; a soft one stays:", JSON.stringify(soft));
console.log("seen:    ", JSON.stringify(seen));
process.exit(seen[0] === "Dead in 202317 people" && soft === "Dead in 2023\n17 people" ? 0 : 1);
JS
