#!/usr/bin/env bash
# A link in an Arabic post leads to a host that does not exist: the comma behind it is part of it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" @atproto/api@0.19.19 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import { RichText } from "@atproto/api";

const links = (text) => {
  const post = new RichText({ text });
  post.detectFacetsWithoutResolution();
  return [...post.segments()].filter((one) => one.isLink()).map((one) => one.link.uri);
};
const texts = ["harbourpost.com, then", "harbourpost.com، ثم", "https://harbourpost.example/a؟ نعم", "https://harbourpost.example/a。然后"];
const seen = texts.flatMap(links);
console.log("@atproto/api 0.19.19 (npm): links in posts, with an English and an Arabic comma, an Arabic question mark, a Chinese full stop");
console.log("expected: none of the marks is part of a link, as the English ones are not");
console.log("seen:    ", seen);
const expected = ["https://harbourpost.com", "https://harbourpost.com،", "https://harbourpost.example/a؟", "https://harbourpost.example/a。然后"];
process.exit(seen.join() === expected.join() ? 0 : 1);
JS
