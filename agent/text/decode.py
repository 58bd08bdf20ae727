"""Bytes to text: the encoding is found, or the file is refused by what it is."""

import codecs
import re

from agent.errors import BadInput, InputFault

# Opening bytes of what people hand over by mistake. Text never begins like this.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich-text (RTF) document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a WebP image, or sound or film"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
# UTF-32 first: its mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1256", "iso8859_6", "cp1252", "cp1251", "koi8_r", "cp1255", "cp1253", "cp1254", "cp1250")
_DETECTION_BYTES = 1 << 16
# A vertical tab ends lines in word processors; hyphens that only break words come out of some as two others.
_CONTROL = re.compile("[\x00\x01\x03-\x08\x0e-\x1e\x7f]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MOST_CONTROL_SHARE = 0.01
# Unicode blocks below U+0800 hold the alphabets, so the high bytes of UTF-16 text are small or punctuation's.
_UTF16_HIGH = frozenset([*range(0x08), 0x20, 0xFB, 0xFC, 0xFD, 0xFE])
_UTF16_SHARE = 0.95
# One broken byte in a hundred characters beyond ASCII is a damaged file, more is another encoding.
_MOST_DAMAGE = 0.01


def decode(data: bytes, name: str) -> str:
    """The text of a file, whatever common encoding it is in; raises `BadInput` naming `name` and what it is.

    Single NULs come out as U+FFFD, so that the text can be stored and shown.
    """
    _refuse_binary(data, name)
    known = (text for text in (_by_mark(data, name), _by_zero_bytes(data), _as_utf8(data)) if text is not None)
    text = next(known, None)
    if text is None:
        text = _by_detection(data, name)
    if len(_CONTROL.findall(text)) > max(1, len(text) * _MOST_CONTROL_SHARE):
        raise BadInput(
            f"{name!r} is not text: it is full of control characters. Give a plain text file.", InputFault.NOT_TEXT
        )
    return storable(text)


def storable(text: str) -> str:
    """The text with NULs and lone surrogates, which no store or stream takes, as U+FFFD, one for one."""
    return _UNSTORABLE.sub("\ufffd", text)


def _refuse_binary(data: bytes, name: str) -> None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise BadInput(f"{name!r} is {kind}, not text. Save it as plain text or HTML first.", InputFault.NOT_TEXT)
    if data[4:8] == b"ftyp":
        raise BadInput(
            f"{name!r} is a film or an image, not text. Save its words as plain text first.", InputFault.NOT_TEXT
        )


def _by_mark(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as err:
                raise BadInput(
                    f"{name!r} says that it is {encoding} and is not ({err.reason} at byte {err.start}). "
                    "Save it again as UTF-8.",
                    InputFault.NOT_TEXT,
                ) from err
    return None


def _by_zero_bytes(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is one of a few."""
    if len(data) < 4 or len(data) % 2 or not _CONTROL.search(data[:_DETECTION_BYTES].decode("latin-1")):
        return None
    for encoding, first_high, first_low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        high, low = data[first_high:_DETECTION_BYTES:2], data[first_low:_DETECTION_BYTES:2]
        if _share_small(high) >= _UTF16_SHARE > _share_small(low):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _share_small(octets: bytes) -> float:
    return sum(octet in _UTF16_HIGH for octet in octets) / len(octets)


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    beyond_ascii = sum(character > "\x7f" for character in text)
    broken = text.count("\ufffd")
    # A file cut off in mid-character, or one bad byte, is no reason to read the rest as something else.
    return text if broken <= beyond_ascii * _MOST_DAMAGE or _cut_off(data) else None


def _cut_off(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as err:
        return err.reason == "unexpected end of data" and err.start > 0
    return False


def _by_detection(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    sample = data[:_DETECTION_BYTES]
    best = from_bytes(sample, cp_isolation=list(_SINGLE_BYTE), enable_fallback=False).best()
    if best is None:
        raise BadInput(f"{name!r} is not text in any encoding known here. Save it as UTF-8.", InputFault.NOT_TEXT)
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as err:
        raise BadInput(
            f"{name!r} looks like {best.encoding}, but byte {err.start} is not. Save it as UTF-8."
        ) from err
