#!/usr/bin/env bash
# They did not resign on Monday: They did resign on . not Monday.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" rss-parser@3.13.0 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import Parser from "rss-parser";

const entry = `<entry><id>urn:example:1</id><title>a</title><updated>2024-03-05T10:00:00Z</updated>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">They did <b>not</b> resign on <i>Monday</i>.</div></summary></entry>`;
const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:example:0</id><title>t</title>
<updated>2024-03-05T10:00:00Z</updated><author><name>Harbour Post</name></author>${entry}</feed>`;
const { items } = await new Parser().parseString(feed);
const seen = items[0].summary.replace(/<[^>]*>/g, "");
console.log("rss-parser 3.13.0 (npm): the summary of an Atom entry, which is XHTML, without its tags");
console.log("expected: They did not resign on Monday.");
console.log("seen:    ", seen);
process.exit(seen === "They did  resign on .notMonday" ? 0 : 1);
JS
