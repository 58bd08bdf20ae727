"""Which letters the bytes and the words of a rich-text document stand for."""

import codecs
from types import MappingProxyType

# Encodings by the words that name them.
ENCODINGS = MappingProxyType({"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"})
# And by the sets of characters of its fonts.
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
# Characters that have a word of their own.
SPELLED = MappingProxyType(
    {
        "tab": "\t",
        "emdash": "—",
        "endash": "–",
        "emspace": " ",
        "enspace": " ",
        "qmspace": " ",
        "lquote": "‘",
        "rquote": "’",
        "ldblquote": "“",
        "rdblquote": "”",
        "bullet": "•",
        "zwj": "\u200d",
        "zwnj": "\u200c",
    }
)


def encoding_of(word: str, number: int | None) -> str | None:
    """The encoding that a control word tells; None for one that nobody knows."""
    if word in ENCODINGS:
        return ENCODINGS[word]
    name = _CHARSETS.get(number or 0) if word == "fcharset" else f"cp{number}"
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None
