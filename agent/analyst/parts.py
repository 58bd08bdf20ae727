"""Cuts the reading into calls of a bounded size: parts of the article, and the sentences that each call sees."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from agent.analyst import SENTENCES_PER_PART
from agent.models import ARTICLE, Article, Claim, Part, Passage, Span, Witness
from agent.text import fold, sentences
from agent.text.lines import CLOSERS, TERMINAL

_PART_CHARS = 2_500
_LONGEST_PART = 5_000
# Every call of a run is kept with the article beside it; thousands of one-word lines must not fill the disk.
_MOST_PARTS = 250
# Up to here the article, as a witness, and the reading of its lede see the whole of it.
_WHOLE_CHARS = 12_000
# What tells of whom and what later sentences speak: the opening, and what stands around them.
_OPENING = 3
_BEFORE, _AFTER = 4, 2
# In a long article, so far down is looked for whoever the lede has left unnamed.
_BELOW_LEDE = 40
_RELATED = 40
_SHORTEST_WORD = 4
# What an article contradicts of its own is told in a few lines, however many claims it is asked about.
_OWN_AT_ONCE = 5


@lru_cache(maxsize=32)
def sentences_of(article: Article) -> tuple[Span, ...]:
    return tuple(sentences(article.text, article.language))


def cut_parts(article: Article, per_part: int = SENTENCES_PER_PART) -> tuple[Part, ...]:
    """The whole article in parts of about `per_part` sentences each, as equal as can be, and of bounded length.

    A part does not end within a sentence. A very long sentence, which comes in pieces, stays in one part where it
    fits.
    """
    spans = sentences_of(article)
    calls = min(-(-len(spans) // per_part), _MOST_PARTS)
    size = -(-len(spans) // calls) if calls else 1
    groups: list[list[Span]] = []
    for span in spans:
        if not groups or _is_full(article.text, groups[-1], span, size):
            groups.append([])
        groups[-1].append(span)
    return tuple(_part(article, index, group) for index, group in enumerate(groups))


def _is_full(text: str, group: Sequence[Span], following: Span, size: int) -> bool:
    length, last = following.end - group[0].start, group[-1]
    ended = text[last.end - 1] in TERMINAL + CLOSERS or "\n" in text[last.end : following.start]
    return length > _LONGEST_PART or (ended and (len(group) >= size or length > _PART_CHARS))


def _part(article: Article, index: int, group: Sequence[Span]) -> Part:
    span = Span(start=group[0].start, end=group[-1].end)
    return Part(index=index, span=span, text=article.text[span.start : span.end])


def in_view(article: Article, asked: Span) -> list[int]:
    """The numbers of the sentences that a call about `asked` sees. A call about the beginning sees the whole article,
    or of a long one its beginning; any other sees the opening and what is near."""
    spans = sentences_of(article)
    inside = [n for n, span in enumerate(spans) if asked.start <= span.start < asked.end]
    if inside[0] == 0:
        # Who speaks in a lede may be named in the last sentence.
        seen = len(spans) if len(article.text) <= _WHOLE_CHARS else inside[-1] + 1 + _BELOW_LEDE
        return list(range(min(seen, len(spans))))
    near = range(max(0, inside[0] - _BEFORE), min(len(spans), inside[-1] + _AFTER + 1))
    return sorted({*range(min(_OPENING, len(spans))), *near})


def article_witness(article: Article, claims: Sequence[Claim]) -> Witness:
    """The article as a witness on its own claims: all of it, or of a long one the sentences that share most words
    with them."""
    spans = sentences_of(article)
    chosen: Sequence[Span] = (Span(start=0, end=len(article.text)),)
    if len(article.text) > _WHOLE_CHARS:
        asked = _words(" ".join(claim.text for claim in claims))
        shared = Counter({n: len(asked & value) for n, value in enumerate(_words_of(article))})
        chosen = [spans[n] for n in sorted(n for n, count in shared.most_common(_RELATED) if count)]
    return Witness(origin=ARTICLE, passages=tuple(Passage.of(article, span) for span in chosen))


def own_chunks(claims: Sequence[Claim], per_call: int) -> list[tuple[Claim, ...]]:
    """The claims that the article is asked about in one call. It is the same text each time, and only those that it
    contradicts are answered."""
    return even_chunks(claims, per_call * _OWN_AT_ONCE)


def even_chunks(claims: Sequence[Claim], most: int) -> list[tuple[Claim, ...]]:
    """Chunks of at most `most`, as equal as can be, because the slowest call decides how long all take."""
    calls = -(-len(claims) // most)
    return [tuple(claims[len(claims) * i // calls : len(claims) * (i + 1) // calls]) for i in range(calls)]


@lru_cache(maxsize=8)
def _words_of(article: Article) -> tuple[frozenset[str], ...]:
    return tuple(_words(article.text[span.start : span.end]) for span in sentences_of(article))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) >= _SHORTEST_WORD)
