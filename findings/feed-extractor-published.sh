#!/usr/bin/env bash
# feed-extractor tells when an entry was last changed as when it was published.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @extractus/feed-extractor@8.0.3 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { extractFromXml } from "@extractus/feed-extractor";

const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><id>urn:f</id>
<updated>2024-03-09T10:00:00Z</updated><author><name>Desk</name></author>
<entry><title>A</title><id>urn:1</id><link href="https://harbourpost.example/1"/><summary>s</summary>
<published>2024-03-05T10:00:00Z</published><updated>2024-03-09T10:00:00Z</updated></entry></feed>`;
const seen = extractFromXml(feed).entries[0].published;
console.log("feed-extractor 8.0.3 (npm): `published` of an Atom entry that was published on the 5th and changed on the 9th");
console.log("expected: 2024-03-05T10:00:00.000Z, its element `published` (RFC 4287, 4.2.9)");
console.log("seen:    ", seen);
process.exit(seen === "2024-03-09T10:00:00.000Z" ? 0 : 1);
JS
