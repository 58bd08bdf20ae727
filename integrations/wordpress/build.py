"""Packs the WordPress plugin as a zip that an editor can upload: `python build.py FOLDER`.

Translations stand in the repository as people write them (`.po`), and in the zip also as programs read them: `.mo`
for PHP, JSON for the scripts. The same sources always make the same zip.
"""

import ast
import json
import re
import struct
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PLUGIN = Path(__file__).parent / "isnad"
# Scripts whose words are loaded under their own names; the others share theirs.
_SCRIPTS = ("isnad-letters", "isnad-settings")
_MAGIC = 0x950412DE
_FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+(".*")$')
# Any will do, as long as it is always the same.
_MOMENT = (2026, 1, 1, 0, 0, 0)


class Message(NamedTuple):
    """`key` is as programs look it up: the context, if any, before the words."""

    key: str
    plural: str | None
    translated: tuple[str, ...]


def read_po(path: Path) -> Iterator[Message]:
    """The header first, under an empty key; what nobody has translated is left out."""
    for entry in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        fields: dict[str, str] = {}
        field = ""
        for line in entry.splitlines():
            if found := _FIELD.match(line):
                field, words = found[1], found[2]
                fields[field] = ast.literal_eval(words)
            elif line.startswith('"') and field:
                fields[field] += ast.literal_eval(line)
        translated = tuple(words for name, words in fields.items() if name.startswith("msgstr"))
        if "msgid" in fields and all(translated) and "#, fuzzy" not in entry:
            context = f"{fields['msgctxt']}\x04" if "msgctxt" in fields else ""
            yield Message(context + fields["msgid"], fields.get("msgid_plural"), translated)


def mo(messages: list[Message]) -> bytes:
    """As GNU gettext lays it out: both tables of lengths and places, then the words, each ended by a zero."""
    pairs = sorted(
        ("\0".join(filter(None, (one.key, one.plural))).encode(), "\0".join(one.translated).encode())
        for one in messages
    )
    begin = 28
    at = begin + 16 * len(pairs)
    tables: list[list[int]] = [[], []]
    words = b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += [len(pair[side]), at + len(words)]
            words += pair[side] + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), begin, begin + 8 * len(pairs), 0, at)
    return head + struct.pack(f"<{4 * len(pairs)}I", *tables[0], *tables[1]) + words


def script_words(messages: list[Message], locale: str) -> str:
    """As `wp.i18n` reads them."""
    header = next(one for one in messages if not one.key).translated[0]
    plural = re.search(r"^Plural-Forms: (.*)$", header, re.MULTILINE)
    told: dict[str, object] = {"": {"domain": "isnad", "lang": locale, "plural-forms": plural[1] if plural else ""}}
    told |= {one.key: list(one.translated) for one in messages if one.key}
    return json.dumps({"domain": "isnad", "locale_data": {"isnad": told}}, ensure_ascii=False, sort_keys=True)


def files() -> Iterator[tuple[str, bytes]]:
    """Everything that goes into the zip, by its name there."""
    for path in sorted(PLUGIN.rglob("*")):
        if path.is_file():
            yield path.relative_to(PLUGIN.parent).as_posix(), path.read_bytes()
    for path in sorted((PLUGIN / "languages").glob("*.po")):
        messages = list(read_po(path))
        yield f"isnad/languages/{path.stem}.mo", mo(messages)
        for script in _SCRIPTS:
            words = script_words(messages, path.stem.removeprefix("isnad-"))
            yield f"isnad/languages/{path.stem}-{script}.json", words.encode()


def build(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    packed = folder / "isnad.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return packed


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
