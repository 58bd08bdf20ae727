"""What became another thing, with an arrow between that points from the one to the other in every script."""

import unicodedata
from typing import NamedTuple, Self

_ARROW = " → "
_TURNED = " ← "
_OPENING = {"ltr": "\u2066", "rtl": "\u2067"}
_END = "\u2069"


class Turn(NamedTuple):
    """What was told, and what is said in its place."""

    original: str
    says: str

    @classmethod
    def read(cls, change: str) -> Self:
        """From "17 → 71", as reports hold it."""
        value, _, says = change.partition(_ARROW)
        return cls(value, says)

    def line(self, direction: str) -> str:
        """For a plain line that runs `ltr` or `rtl`. Nothing turns an arrow round, while two words of the other
        direction change places: then it is drawn the other way."""
        return f"{self.original}{_TURNED if self._runs(direction) == 'rtl' else _ARROW}{self.says}"

    def apart(self, direction: str) -> str:
        """The same, so that it cannot turn what stands beside it."""
        return f"{_OPENING[self._runs(direction)]}{self.line(direction)}{_END}"

    def _runs(self, direction: str) -> str:
        one = _direction(self.original[::-1])
        # Figures behind a word go with it.
        other = _direction(self.says) or one
        return one if one is not None and one == other else direction


def _direction(text: str) -> str | None:
    """Of the first character that has one; None for figures as they are written in the west."""
    for kind in map(unicodedata.bidirectional, text):
        if kind == "L":
            return "ltr"
        # Arabic numerals run from left to right, but what lies between them goes as between Arabic words.
        if kind in ("R", "AL", "AN"):
            return "rtl"
    return None
