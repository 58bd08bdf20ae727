"""Claims of an article: every sentence taken apart, every statement with its speaker, kind and day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from agent.analyst.lexical.arabic import bare, is_future
from agent.analyst.lexical.attribution import Memory
from agent.analyst.lexical.days import Told, days_told
from agent.analyst.lexical.pieces import Piece, pieces
from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.resources import load_speech
from agent.analyst.lexical.signed import Signed
from agent.analyst.lexical.stems import without_and
from agent.analyst.lexical.words import QUOTE, Word, words
from agent.models import Article, Attribution, Draft, Kind, Span
from agent.text import sentences

_FEWEST_WORDS = 2
_OPENING = tuple('"“”„«‹')
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Statement:
    """A draft with its place in the article."""

    draft: Draft
    span: Span
    sentence: Span


def statements(article: Article) -> tuple[Statement, ...]:
    """Everything the article states, in order. The whole article is read, so that "he added" finds its speaker."""
    return read_statements(
        article.text, article.language, article.published_at.date() if article.published_at else None
    )


@lru_cache(maxsize=256)
def read_statements(text: str, language: str, published: date | None = None) -> tuple[Statement, ...]:
    """Everything a text states, in order."""
    spans = sentences(text, language)
    known = profile(language, text)
    if known not in ("ar", "en"):
        signed = Signed(text, known)
        return tuple(_plain(text, signed.within(span), signed.attribution_of(span)) for span in spans)
    return tuple(_Reader(text, known, published).read(spans))


def _plain(text: str, span: Span, attribution: Attribution) -> Statement:
    quote = text[span.start : span.end]
    return Statement(Draft(text=_clean(quote), quote=quote, attribution=attribution), span, span)


@dataclass(frozen=True)
class _Sentence:
    """`runs_on`: it opens a quotation that it does not close."""

    span: Span
    words: Sequence[Word]
    pieces: Sequence[Piece]
    runs_on: bool


@dataclass(frozen=True)
class _Reader:
    text: str
    language: str
    published: date | None

    def read(self, spans: Sequence[Span]) -> Iterator[Statement]:
        memory = Memory(self.language)
        signed = Signed(self.text, self.language)
        taken = [self._taken_apart(span, memory, signed) for span in spans]
        for sentence, following in zip_longest(taken, taken[1:]):
            for piece in sentence.pieces:
                if sentence.runs_on and following is not None and following.pieces:
                    # A quotation over several sentences names its speaker at its end.
                    piece = replace(piece, speaker=following.pieces[0].speaker or piece.speaker)
                if sum(not word.mark for word in sentence.words[piece.start : piece.end]) >= _FEWEST_WORDS:
                    yield self._statement(sentence.span, sentence.words, piece)

    def _taken_apart(self, span: Span, memory: Memory, signed: Signed) -> _Sentence:
        signer, span = signed.speaker_of(span), signed.within(span)
        found = words(self.text[span.start : span.end])
        quoted = bool(found) and (found[0].mark == QUOTE or self.text[span.start - 1 : span.start] in _OPENING)
        told = pieces(found, self.language, memory, quoted=quoted)
        if signer is not None:
            told = [replace(piece, speaker=signer) if piece.verb is None else piece for piece in told]
            memory.seen.append(signer)
        closed = any(word.mark == QUOTE for word in found[1:])
        runs_on = quoted and not closed and signer is None and all(p.verb is None for p in told)
        return _Sentence(span, found, told, runs_on=runs_on)

    def _statement(self, sentence: Span, found: Sequence[Word], piece: Piece) -> Statement:
        said = found[piece.start : piece.end]
        if self.language == "ar":
            said = (without_and(said[0]), *said[1:])
        span = Span(start=sentence.start + said[0].start, end=sentence.start + said[-1].end)
        kind = _kind(said, piece, self.language)
        told = days_told(said, self.language, self.published, ahead=kind is Kind.FORECAST)
        draft = Draft(
            text=_text(said, piece, told, self.language),
            quote=self.text[span.start : span.end],
            attribution=_attribution(piece),
            kind=kind,
            event_date=_event(said, told, self.language),
        )
        return Statement(draft, span, sentence)


def _attribution(piece: Piece) -> Attribution:
    verb = piece.verb.text if piece.verb else None
    return piece.speaker.attributed(verb) if piece.speaker else Attribution()


def _event(said: Sequence[Word], told: Sequence[Told], language: str) -> date | None:
    """The first day told, unless it only bounds a stretch of time ("since 30 September")."""
    bounds = load_speech(language).lists["not_event"]
    return next((t.day for t in told if not any(w.folded in bounds for w in said[max(0, t.at - 2) : t.at])), None)


def _kind(said: Sequence[Word], piece: Piece, language: str) -> Kind:
    speech = load_speech(language)
    if piece.lemma in speech.lists["opinions"]:
        return Kind.OPINION
    folded = [bare(word.folded) if language == "ar" else word.folded for word in said if not word.mark]
    if any(word in speech.forecast for word in folded):
        return Kind.FORECAST
    if language == "ar" and any(is_future(word, speech) for word in folded):
        return Kind.FORECAST
    return Kind.OPINION if any(word in speech.opinion for word in folded) else Kind.FACT


def _text(said: Sequence[Word], piece: Piece, told: Sequence[Told], language: str) -> str:
    body = _body(said, told)
    if piece.subject:
        body = " ".join(word.text for word in piece.subject) + " " + body
    if piece.speaker is None or piece.act:
        return body
    return f"{piece.speaker.heading(language)}: {body}"


def _body(said: Sequence[Word], told: Sequence[Told]) -> str:
    """The words as they stand, white space apart, with dates behind "today"; quotation marks only in pairs."""
    paired = sum(word.mark == QUOTE for word in said) % 2 == 0
    dates = {day.after - 1: day.day for day in told if not day.calendar}
    parts: list[str] = []
    for n, word in enumerate(said):
        glued = n > 0 and said[n - 1].end == word.start
        shown = "" if word.mark == QUOTE and not paired else word.text
        parts.append(("" if glued else " ") + shown)
        if n in dates:
            parts.append(f" ({dates[n].isoformat()})")
    return _clean("".join(parts))


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
