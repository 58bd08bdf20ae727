"""A document cut into passages: a few whole sentences each, with their place in the document."""

from collections.abc import Iterator

from agent.models import Document, Passage, Span
from agent.text import sentences

# Stored with the collection: passages cut in another way are another index.
SPLITTER = "sentences-600-headed-2"
_TARGET = 600
_LONGEST_SENTENCE = 1200
_SHORTEST_TAIL = 120
_HEAD = 120
# Han, kana and Hangul say in one character what letters say in about three.
_DENSE_FROM = "\u2e80"
_DENSE_WEIGHT = 3


def split(document: Document) -> list[Passage]:
    """The passages of a document, in order; `text == document.text[start:end]`, about 120 tokens each."""
    spans = _packed(list(_pieces(document)), document.text)
    return [Passage.of(document, span) for span in spans]


def search_text(document: Document, passage: Passage) -> str:
    """What stands for a passage in a search: its own words, and what its document is about.

    That is the title; where there is none, the first words of the document.
    """
    head = document.title or (document.text[: _last_space(document.text, 0, _HEAD)] if passage.start >= _HEAD else "")
    return f"{head}\n{passage.text}" if head else passage.text


def _pieces(document: Document) -> Iterator[Span]:
    """Sentences, those too long to be one (lists, tables, text without full stops) cut at white space."""
    for sentence in sentences(document.text, document.language):
        start = sentence.start
        while sentence.end - start > _LONGEST_SENTENCE:
            cut = _last_space(document.text, start, start + _TARGET)
            yield Span(start=start, end=cut)
            start = _first_letter(document.text, cut, sentence.end)
        if start < sentence.end:
            yield Span(start=start, end=sentence.end)


def _last_space(text: str, start: int, end: int) -> int:
    """The end of the last whole word before `end`; `end` itself where there are no words."""
    for position in range(end, start + 1, -1):
        if text[position].isspace() and not text[position - 1].isspace():
            return position
    return end


def _first_letter(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _packed(pieces: list[Span], text: str) -> list[Span]:
    packed: list[Span] = []
    sizes: list[int] = []
    for piece in pieces:
        size = _size(text, piece)
        if packed and sizes[-1] + size <= _TARGET:
            packed[-1] = Span.checked(start=packed[-1].start, end=piece.end)
            sizes[-1] += size
        else:
            packed.append(piece)
            sizes.append(size)
    if len(packed) > 1 and sizes[-1] < _SHORTEST_TAIL:
        tail = packed.pop()
        packed[-1] = Span(start=packed[-1].start, end=tail.end)
    return packed


def _size(text: str, span: Span) -> int:
    stretch = text[span.start : span.end]
    dense = sum(character >= _DENSE_FROM for character in stretch) if not stretch.isascii() else 0
    return len(stretch) + dense * (_DENSE_WEIGHT - 1)
