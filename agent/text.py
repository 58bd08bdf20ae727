"""Sentences with offsets, and a normalised view of a text that knows its way back.

The view is what makes an exact quote findable: a model that copies a sentence may change its quotation marks,
drop its harakat or join its broken lines, and the words are still the article's.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import sentencex

from agent.models import Span
from agent.signatures import signatures_in

# Marks that carry no letters: harakat, Quranic marks, tatweel, bidi controls, zero-width and tag characters.
_IGNORED = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_FOLDED = str.maketrans(
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
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_TERMINAL = ".!?؟…۔。！？।"
_CLOSERS = "\"'”’»)]）」』"
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_QUOTE_MARKS = re.compile("[\"“”„«»‹›'‘’()\\[\\]]")
_HIDDEN_FROM_SPLITTER = re.compile(f"{_QUOTE_MARKS.pattern}|\\s")
_FULL_STOP = re.compile(f"[{_TERMINAL}]+")
_HARD_WRAP_SHARE = 0.5
_LONGEST_SENTENCE = 1500


@dataclass(frozen=True)
class View:
    """A normalised text; `offsets[i]` is where `text[i]` stands in the original, `ends[i]` where it stops."""

    original: str
    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that shows as `text[start:end]`."""
        return Span(start=self.offsets[start], end=self.ends[end - 1])


def normalise(text: str) -> View:
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
        folded = _fold_cluster(text[position:end])
        if folded.isspace():
            folded = "" if characters and characters[-1] == " " else " "
        elif not folded and ends and _is_mark(text[position]):
            ends[-1] = end
        characters.extend(folded)
        offsets.extend([position] * len(folded))
        ends.extend([end] * len(folded))
        position = end
    return View(text, "".join(characters), tuple(offsets), tuple(ends))


def fold(text: str) -> str:
    """The normalised form of a text, without a way back: for comparing and counting words."""
    text = _RAISED.sub("", _POWER.sub(r"10^\1", text))
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED).casefold()
    folded = _IGNORED.sub("", folded)
    decomposed = unicodedata.normalize("NFD", folded)
    if decomposed.isascii():
        return decomposed
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_FOLDED)
    return _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), bare)


_fold_cluster = lru_cache(maxsize=1 << 16)(fold)


def _is_mark(character: str) -> bool:
    return bool(unicodedata.combining(character))


def visible(text: str) -> str:
    """The text as a model may see it: no control, bidi, zero-width or tag characters. Not for offsets."""
    kept = _HIDDEN.sub("", text)
    if kept.replace("\n", "").isprintable():
        return kept
    return "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))


# Zero-width joiner and non-joiner stay: Persian, Hindi and emoji are spelled with them.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def sentences(text: str, language: str) -> list[Span]:
    """The sentences of a text in order, without the white space around them.

    Lines that are broken in mid-sentence are joined; a blank line always ends a sentence; a single line end does
    where lines are used as paragraphs. Quotation marks are hidden from the splitter, because an unclosed one
    would swallow the rest of the article.
    """
    spans: list[Span] = []
    # Between a quotation and whoever signs it no sentence ends.
    signed = {at for one in signatures_in(text) for at in range(one.said.end, one.who.end)}
    for start, end in _blocks(text):
        block = text[start:end]
        cuts = _ends(_HIDDEN_FROM_SPLITTER.sub(" ", block), language)
        position = 0
        for cut in [*(cut for cut in _after_closers(block, cuts) if start + cut not in signed), len(block)]:
            if (span := _stripped(text, start + position, start + cut)) is not None:
                spans.extend(_bounded(text, span))
            position = max(position, cut)
    return spans


def _ends(text: str, language: str) -> list[int]:
    """Where sentences end, by the splitter; by full stops alone in a text that it cannot take."""
    try:
        return [boundary["end_index"] for boundary in sentencex.get_sentence_boundaries(language, text)]
    except BaseException as err:
        # A panic of the splitter's Rust code is no `Exception`, so that a hostile text would end the process.
        if type(err).__name__ != "PanicException":
            raise
        return [match.end() for match in _FULL_STOP.finditer(text)]


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """A span in pieces of bounded length, cut at white space where there is any: nobody can read a 1 MB sentence."""
    start = span.start
    while span.end - start > _LONGEST_SENTENCE:
        limit = start + _LONGEST_SENTENCE
        cut = max((limit - i for i in range(1, 200) if text[limit - i].isspace()), default=limit)
        if (piece := _stripped(text, start, cut)) is not None:
            yield piece
        start = cut
    if (rest := _stripped(text, start, span.end)) is not None:
        yield rest


def _blocks(text: str) -> list[tuple[int, int]]:
    breaks = [(m.start(), m.end()) for m in _BLANK_LINE.finditer(text)]
    if not _hard_wrapped(text):
        breaks = [(m.start(), m.end()) for m in re.finditer(r"[\r\n]+", text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    return list(zip(starts, ends, strict=True))


def _hard_wrapped(text: str) -> bool:
    """Whether most lines end in mid-sentence, so that a line end says nothing."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ended = sum(line.rstrip(_CLOSERS)[-1:] in _TERMINAL for line in lines)
    return len(lines) > 1 and ended / len(lines) < _HARD_WRAP_SHARE


def _after_closers(block: str, cuts: list[int]) -> list[int]:
    """Cuts moved to right behind the marks that close a sentence: the mark that opens the next belongs to that."""
    moved = []
    for cut in cuts:
        end = cut
        while end > 0 and (block[end - 1].isspace() or _QUOTE_MARKS.match(block[end - 1])):
            end -= 1
        while end < len(block) and block[end] in _CLOSERS:
            end += 1
        moved.append(end)
    return moved


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end) if start < end else None
