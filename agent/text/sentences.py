"""Sentences with offsets: the library's splitter, corrected where a full stop or a line end is no end."""

import re
from collections.abc import Iterator
from functools import lru_cache

import sentencex

from agent.models import Span
from agent.text.abbreviations import goes_on, is_roman
from agent.text.blocks import blocks
from agent.text.folding import fold
from agent.text.lines import CLOSERS, TERMINAL
from agent.text.lists import listed
from agent.text.mending import mend
from agent.text.signatures import signatures_in

_QUOTE_MARKS = re.compile("[\"“”„«»‹›'‘’()\\[\\]]")
_HIDDEN_FROM_SPLITTER = re.compile(f"{_QUOTE_MARKS.pattern}|\\s")
_FULL_STOP = re.compile(f"[{TERMINAL}]+")
# The splitter knows no Khmer, whose full stop has no other use.
_KHMER_STOP = re.compile(r"[។៕](?=\s)")
_LIST_MARK = re.compile(r"(?:\A|[.!?؟][\"”»)]?\s+)(?P<number>[0-9]{1,2})[.)]\s+(?=[^\W\d_])")
_DENIAL = re.compile(r"(?<!\w)no\.(?P<gap>\s+)(?P<word>[^\W\d_]+)")
_CLOSED = re.compile(rf"[{TERMINAL}](?P<marks>[{re.escape(CLOSERS)}\s]*)\Z")
_FOLLOWING = re.compile(r"\s+(?P<dash>[—–―-]\s?)?(?P<word>[^\W\d_]+)")
_LONGEST_END = 12
_LONGEST_SENTENCE = 1500
_MOST_REMEMBERED = 20_000
_NO_BREAK_SPACES = frozenset("\u00a0\u202f")
_SPACES = _NO_BREAK_SPACES | {" "}


def sentences(text: str, language: str) -> list[Span]:
    """The sentences of a text in order, without the white space around them.

    Lines that are broken in mid-sentence are joined; a blank line, a heading and a line used as a paragraph end a
    sentence. Quotation marks are hidden from the splitter, because an unclosed one would swallow the rest of the
    article.
    """
    return list(_remembered(text, language) if len(text) <= _MOST_REMEMBERED else _found(text, language))


def _found(text: str, language: str) -> tuple[Span, ...]:
    mended = mend(text, language)
    spans = _sentences(mended.text, language)
    return tuple(mended.given(span) for span in spans) if mended.repairs else tuple(spans)


# A passage is asked for with each claim that it tells of.
_remembered = lru_cache(maxsize=256)(_found)


def sentence_around(text: str, language: str, start: int, end: int) -> str:
    """The sentence that holds a stretch of a text, or the sentences over which it goes."""
    touched = [one for one in sentences(text, language) if one.start < end and start < one.end]
    return text[touched[0].start : touched[-1].end] if touched else text[start:end]


def _sentences(text: str, language: str) -> list[Span]:
    spans: list[Span] = []
    # Between a quotation and whoever signs it no sentence ends.
    signed = {at for one in signatures_in(text) for at in range(one.said.end, one.who.end)}
    for start, end in blocks(text, language):
        position = start
        for cut in [*(cut for cut in _cuts(text, start, end, language) if cut not in signed), end]:
            if (span := _stripped(text, position, cut)) is not None:
                spans.extend(_bounded(text, span))
            position = max(position, cut)
    return spans


def _cuts(text: str, start: int, end: int, language: str) -> Iterator[int]:
    """Where sentences end inside a block."""
    block = text[start:end]
    found = _after_closers(block, _ends(_HIDDEN_FROM_SPLITTER.sub(" ", block), language), language)
    last = start
    for cut in sorted({*found, *_before_list_marks(block), *_behind_denials(block)}):
        if not (goes_on(text, start + cut, language, last) or _goes_on_behind_marks(block, cut, language)):
            last = start + cut
            yield last


def _behind_denials(block: str) -> Iterator[int]:
    """Ends of sentences behind the word "no", which the splitter takes for "number": "She voted no. Lee …"."""
    for denial in _DENIAL.finditer(block):
        word = denial["word"]
        if word[0].isupper() and not is_roman(word, behind="no"):
            yield denial.start("word") - len(denial["gap"])


def _goes_on_behind_marks(block: str, cut: int, language: str) -> bool:
    """Whether a sentence goes on behind the mark that closes what is said in it, or behind a dash: '"Where to?" she
    asked', "(closed since Monday!) will open"."""
    closed = _CLOSED.search(block, max(0, cut - _LONGEST_END), cut)
    following = _FOLLOWING.match(block, cut)
    if closed is None or following is None:
        return False
    word = following["word"]
    if closed["marks"] or following["dash"]:
        return word[0].islower() or (closed["marks"] != "" and fold(word) in _words_that_go_on(language))
    return False


@lru_cache(maxsize=32)
def _words_that_go_on(language: str) -> frozenset[str]:
    return frozenset(map(fold, listed("lines", "goes_on", language)))


def _before_list_marks(block: str) -> Iterator[int]:
    """Ends of sentences before the numbers of a list in running text, which the splitter takes for part of them."""
    expected = 1
    for mark in _LIST_MARK.finditer(block):
        if int(mark["number"]) == expected:
            expected += 1
            yield mark.start("number")


def _ends(text: str, language: str) -> list[int]:
    """Where sentences end, by the splitter; by full stops alone in a text that it cannot take."""
    try:
        found = [boundary["end_index"] for boundary in sentencex.get_sentence_boundaries(language, text)]
    except BaseException as err:
        # A panic of the splitter's Rust code is no `Exception`, so that a hostile text would end the process.
        if type(err).__name__ != "PanicException":
            raise
        found = [match.end() for match in _FULL_STOP.finditer(text)]
    return [*found, *(match.end() for match in _KHMER_STOP.finditer(text))]


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


def _after_closers(block: str, cuts: list[int], language: str) -> list[int]:
    """Cuts moved to right behind the marks that close a sentence: the mark that opens the next belongs to that."""
    moved = []
    # French puts a space before them; elsewhere such a mark may open the next sentence.
    spaces = _SPACES if language.split("-")[0].lower() == "fr" else _NO_BREAK_SPACES
    for cut in cuts:
        end = cut
        while end > 0 and (block[end - 1].isspace() or _QUOTE_MARKS.match(block[end - 1])):
            end -= 1
        if block[end : end + 1] in spaces and block[end + 1 : end + 2] == "»":
            end += 1
        while end < len(block) and block[end] in CLOSERS:
            end += 1
        moved.append(end)
    return moved


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end) if start < end else None
