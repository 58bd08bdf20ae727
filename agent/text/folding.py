"""A normalised view of a text that knows its way back, and what of a text a model may see.

The view is what makes an exact quote findable: a model that copies a sentence may change its quotation marks,
drop its harakat or join its broken lines, and the words are still the article's.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from agent.models import Span

# Marks that carry no letters: harakat, Quranic marks, tatweel, bidi controls, zero-width and tag characters.
_IGNORED = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
# To find a character in it takes a tenth of what it takes not to find one: those of the commonest scripts are there.
_FOLDED: dict[int, str | int] = {code: code for code in range(0x780)} | str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳ", "ا"),
        **dict.fromkeys("ىیېۍے", "ي"),
        **dict.fromkeys("ةۃەہھۀ", "ه"),
        "ک": "ك",
        "ؤ": "و",
        "ئ": "ي",
        **dict.fromkeys("\"'`´«»‹›„“”‟‚‘’‛〝〞＂＇「」『』《》〈〉", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        "،": ",",
        "؛": ";",
        "؟": "?",
        "٪": "%",
        "٫": ".",
        "٬": ",",
        "…": ".",
    }
)
# Raised digits behind a number are the mark of a note, and no part of it; behind a ten they are a power.
_POWER = re.compile("(?<![\\d.,])10([⁻⁰¹²³⁴-⁹]+)")
_RAISED = re.compile("(?<=\\d)[⁰¹²³⁴-⁹]+")
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONGEST_WORD = 64
# Of so many different ones, to take out one after another is quickest.
_MOST_MARKS = 12
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


@dataclass(frozen=True)
class FoldedText:
    """A normalised text; `offsets[i]` is where `text[i]` stands in the original, `ends[i]` where it stops."""

    original: str
    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that shows as `text[start:end]`."""
        return Span(start=self.offsets[start], end=self.ends[end - 1])


def normalise(text: str) -> FoldedText:
    """One-to-many and many-to-one foldings, white space as single spaces, marks dropped; all with offsets kept."""
    characters: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(text):
        # A base character is folded together with the marks that follow it, so that NFC and NFD read alike.
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        folded = fold(text[position:end])
        if folded.isspace():
            folded = "" if characters and characters[-1] == " " else " "
        elif not folded and ends and _is_mark(text[position]):
            ends[-1] = end
        characters.extend(folded)
        offsets.extend([position] * len(folded))
        ends.extend([end] * len(folded))
        position = end
    return FoldedText(text, "".join(characters), tuple(offsets), tuple(ends))


def fold(text: str) -> str:
    """The normalised form of a text, without a way back: for comparing and counting words."""
    return _fold_short(text) if len(text) <= _LONGEST_WORD else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return text.replace("'", '"').replace("`", '"').lower()
    if not _RAISED_DIGITS.isdisjoint(text):
        text = _RAISED.sub("", _POWER.sub(r"10^\1", text))
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED).casefold()
    folded = _IGNORED.sub("", folded)
    decomposed = unicodedata.normalize("NFD", folded)
    if decomposed.isascii():
        return decomposed
    bare = _without_marks(decomposed).translate(_FOLDED)
    return _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), bare)


def _without_marks(decomposed: str) -> str:
    # A text has few different characters: each is looked up once.
    marks = [character for character in set(decomposed) if unicodedata.combining(character)]
    if len(marks) > _MOST_MARKS:
        return decomposed.translate(dict.fromkeys(map(ord, marks)))
    for mark in marks:
        decomposed = decomposed.replace(mark, "")
    return decomposed


# Texts are made of the same words again and again, and each is folded where it is compared.
_fold_short = lru_cache(maxsize=1 << 16)(_fold)


def _is_mark(character: str) -> bool:
    return bool(unicodedata.combining(character))


def visible(text: str) -> str:
    """The text as a model may see it: no control, bidi, zero-width or tag characters, line ends of one kind. Not for
    offsets."""
    kept = _LINE_ENDS.sub("\n", _HIDDEN.sub("", text))
    if kept.replace("\n", "").isprintable():
        return kept
    return "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))


_LINE_ENDS = re.compile("[\u2028\u2029\x0b\x0c\x1c\x1d\x85]")
# Zero-width joiner and non-joiner stay: Persian, Hindi and emoji are spelled with them.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
