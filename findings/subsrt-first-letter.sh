#!/usr/bin/env bash
# Seventeen hurt are seven: the first letter of each line of an ASS file is cut off.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$room" subsrt-ts@2.1.2 || exit 2
cd "$room"
node --input-type=module - <<'JS'
import subsrt from "subsrt-ts";

const file = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,17 people were hurt.
Dialogue: 0,0:00:04.00,0:00:06.00,Default,,0,0,0,,They did not resign.
`;
const { parse, build } = subsrt.default ?? subsrt;
const texts = (captions) => captions.filter((one) => one.type === "caption").map((one) => one.text.trim());
const spoken = texts(parse("1\n00:00:01,000 --> 00:00:03,000\n17 people were hurt.\n", { format: "srt" }));
const seen = texts(parse(file, { format: "ass" }));
console.log("subsrt-ts 2.1.2 (npm): two captions of an ASS file, as programs for subtitles write it; from SubRip:", spoken);
console.log("expected: [ '17 people were hurt.', 'They did not resign.' ]");
console.log("seen:    ", seen);
process.exit(spoken[0][0] === "1" && seen.join() === "7 people were hurt.,hey did not resign." ? 0 : 1);
JS
