"""Characters that PostgreSQL cannot hold, told by ones that it can: what was written is read back as it was.

Its texts have neither U+0000 nor half of a surrogate pair. Each is told by a character that stands for nothing in any
text (U+FDD0, kept by Unicode for use within a program), followed by its number; so is that character itself.
"""

import re

_SIGN = "\ufdd0"
_UNKEPT = re.compile("[\x00\ud800-\udfff\ufdd0]")
_ESCAPED = re.compile("\ufdd0([0-9a-f]{4})")


def keepable(text: str) -> str:
    return _UNKEPT.sub(lambda found: f"{_SIGN}{ord(found[0]):04x}", text)


def as_given(kept: str) -> str:
    """The way back from `keepable`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), kept) if _SIGN in kept else kept
