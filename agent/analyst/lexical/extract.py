"""Claims of an article: every sentence taken apart, every statement with its speaker, kind and day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from agent.analyst.lexical.attribution import Speaker, SpeakerMemory
from agent.analyst.lexical.beside import tells_only_beside
from agent.analyst.lexical.clauses import Clause, clauses_of
from agent.analyst.lexical.days import days_mentioned
from agent.analyst.lexical.denied_before import denial_behind
from agent.analyst.lexical.drafting import attributed, body_of, clean, event_day, kind_of, wording_of
from agent.analyst.lexical.headings import dateline_length, states_nothing
from agent.analyst.lexical.marks import without_strays
from agent.analyst.lexical.pieces import StatementPiece, pieces, trimmed
from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.quoted_names import with_names
from agent.analyst.lexical.reported import ReportedWords, Reporter
from agent.analyst.lexical.resources import load_speech
from agent.analyst.lexical.signed import Signed
from agent.analyst.lexical.stems import without_and
from agent.analyst.lexical.words import QUOTE, Word, joined, words
from agent.models import Article, Attribution, Draft, Kind, Span
from agent.text import Mended, mend, sentences
from agent.text.edges import widened

_FEWEST_WORDS = 2
_OPENING = tuple('"“”„«‹')
_LIST_MARK = re.compile(r"(?:[0-9٠-٩۰-۹]{1,3}[.)-]|[•●▪◦‣])\s+")
_SHORTEST_WORD = 3
_UNSPACED_FROM = "\u0e00"


@dataclass(frozen=True)
class PlacedDraft:
    """A draft with its place in the article; `held`: one verb holds all of it together; `subject`: what it
    shares with the clause before it, which its words do not name."""

    draft: Draft
    span: Span
    sentence: Span
    held: bool = False
    subject: str = ""


def statements(article: Article) -> tuple[PlacedDraft, ...]:
    """Each single thing the article states, in order. It is read whole, so that "he added" finds its speaker.

    "…, which the company denies" and "…, who asked not to be named" state nothing by themselves.
    """
    published = article.published_at.date() if article.published_at else None
    told = read_statements(article.text, article.language, published, atomic=True)
    return tuple(one for one in told if not _is_only_beside(one, article.language))


def _is_only_beside(statement: PlacedDraft, language: str) -> bool:
    quote, speaker = statement.draft.quote, statement.draft.attribution.speaker
    behind = statement.sentence.start < statement.span.start
    return behind and tells_only_beside(quote, profile(language, quote), spoken=speaker is not None)


@lru_cache(maxsize=256)
def read_statements(
    text: str, language: str, published: date | None = None, *, atomic: bool = False
) -> tuple[PlacedDraft, ...]:
    """Everything a text states, in order. It is read as it is mended; quotes are as they stand.

    `atomic`: what one clause says of several things is told for each; without, what a speaker says stays together.
    """
    mended = mend(text, language)
    spans = sentences(mended.text, language)
    known = profile(language, mended.text)
    if known in ("ar", "en"):
        items = tuple(_ArticleReader(mended.text, known, published, atomic).read(spans))
    else:
        if atomic:
            spans = [_without_dateline(mended.text, span, known) for span in spans]
        items = tuple(_plain_statements(mended.text, spans, known, atomic=atomic))
        if atomic:
            items = tuple(one for statement in items for one in _parted(mended.text, statement, known))
    return tuple(_as_given(statement, mended, text) for statement in items) if mended.repairs else items


def _without_dateline(text: str, span: Span, known: str) -> Span:
    return Span(start=span.start + dateline_length(text, span, known), end=span.end)


def _plain_statements(text: str, spans: Sequence[Span], known: str, *, atomic: bool) -> Iterator[PlacedDraft]:
    signed, reporter = Signed(text, known), Reporter(known)
    for span in spans:
        within = signed.within(span)
        within = Span(start=within.start + _list_mark(text, within), end=within.end)
        for said in _without_denial(text, within, known) if atomic else (within,):
            found = without_strays(joined(words(text[said.start : said.end])), _paragraph_before(text, said))
            if not _states(found):
                continue
            reading = reporter.read(found) if signed.speaker_of(span) is None else []
            reported = [one for one in reading if _states(found[one.start : one.end])]
            if any(one.speaker for one in reported):
                yield from (_reported(text, said, span, one, known) for one in reported)
            else:
                quote = text[said.start : said.end]
                draft = Draft(text=clean(quote), quote=quote, attribution=signed.attribution_of(span))
                yield PlacedDraft(draft, said, span)


def _without_denial(text: str, span: Span, known: str) -> Sequence[Span]:
    """The sentence, and by itself what behind its last comma only denies the rest of it."""
    found = joined(words(text[span.start : span.end]))
    at = denial_behind(found, known)
    if at is None:
        return (span,)
    told = Span(start=span.start, end=span.start + found[at - 2].end)
    return (told, Span(start=span.start + found[at].start, end=span.end))


def _parted(text: str, statement: PlacedDraft, known: str) -> Iterator[PlacedDraft]:
    """A statement's clauses, each under its speaker; nothing of a heading or a dateline."""
    found = joined(words(text[statement.span.start : statement.span.end]))
    if states_nothing(text, statement.span, found, known):
        return
    clauses = [] if statement.held else clauses_of(found, known)
    if len(clauses) < 2:
        yield statement
        return
    heading = statement.draft.text.removesuffix(clean(statement.draft.quote))
    for clause in clauses:
        start, end = found[clause.start].start, found[clause.end - 1].end
        span = widened(text, Span(start=statement.span.start + start, end=statement.span.start + end))
        fields = {"text": heading + body_of(clause.wording(found), ()), "quote": text[span.start : span.end]}
        yield PlacedDraft(statement.draft.model_copy(update=fields), span, statement.sentence)


def _reported(text: str, within: Span, sentence: Span, reported_words: ReportedWords, known: str) -> PlacedDraft:
    """What a sentence reports, under its speaker."""
    found = without_strays(joined(words(text[within.start : within.end])), _paragraph_before(text, within))
    start, end = trimmed(found, reported_words.start, reported_words.end)
    span = Span(start=within.start + found[start].start, end=within.start + found[end - 1].end)
    quote = text[span.start : span.end]
    speaker = reported_words.speaker
    heading = f"{speaker.heading(known)}: " if speaker and not reported_words.act else ""
    attribution = speaker.attributed(reported_words.verb) if speaker else Attribution()
    draft = Draft(text=heading + clean(quote), quote=quote, attribution=attribution)
    return PlacedDraft(draft, span, sentence, held=reported_words.act)


def _paragraph_before(text: str, sentence: Span) -> str:
    return text[text.rfind("\n\n", 0, sentence.start) + 1 : sentence.start]


def _states(said: Sequence[Word]) -> bool:
    """Whether these can be a statement: a scrap of a sentence ("p.m.", "Dr.") is none.

    One word may be one where words are written together, as in Thai and Chinese.
    """
    lines = [word.text.rstrip(".") for word in said if not word.mark]
    enough = len(lines) >= _FEWEST_WORDS or (bool(lines) and lines[0] >= _UNSPACED_FROM)
    # Without capitals words are written with fewer letters.
    return enough and any(
        word[0].isalpha() and len(word) >= _SHORTEST_WORD - (word[0].lower() == word[0].upper()) for word in lines
    )


def _list_mark(text: str, span: Span) -> int:
    """The length of the number or the bullet that a line of a list begins with: it is no part of what is said."""
    mark = _LIST_MARK.match(text, span.start, span.end)
    return len(mark[0]) if mark and mark.end() < span.end else 0


def _as_given(statement: PlacedDraft, mended: Mended, text: str) -> PlacedDraft:
    span, sentence = mended.given(statement.span), mended.given(statement.sentence)
    draft = statement.draft.model_copy(update={"quote": text[span.start : span.end]})
    return replace(statement, draft=draft, span=span, sentence=sentence)


@dataclass(frozen=True)
class _Sentence:
    """`runs_on`: it opens a quotation that it does not close. `introduces`: whoever speaks in what follows."""

    span: Span
    words: Sequence[Word]
    pieces: Sequence[StatementPiece]
    runs_on: bool
    introduces: Speaker | None = None


@dataclass(frozen=True)
class _ArticleReader:
    text: str
    language: str
    published: date | None
    atomic: bool

    def read(self, spans: Sequence[Span]) -> Iterator[PlacedDraft]:
        memory = SpeakerMemory(self.language)
        signed = Signed(self.text, self.language)
        taken = [self._taken_apart(span, memory, signed) for span in spans]
        introduced: Speaker | None = None
        for sentence, following in zip_longest(taken, taken[1:]):
            if sentence.introduces is not None:
                introduced = sentence.introduces
            nothing = self.atomic and states_nothing(self.text, sentence.span, sentence.words, self.language)
            for piece in () if nothing else sentence.pieces:
                piece = replace(piece, speaker=piece.speaker or introduced)
                if sentence.runs_on and following is not None and following.pieces:
                    # A quotation over several sentences names its speaker at its end.
                    piece = replace(piece, speaker=following.pieces[0].speaker or piece.speaker)
                for part in self._without_denial(sentence.words, piece) if self.atomic else (piece,):
                    if _states(sentence.words[part.start : part.end]):
                        yield from self._statements(sentence.span, sentence.words, part)
            if sentence.introduces is None and self._parts(sentence, following):
                introduced = None

    def _without_denial(self, found: Sequence[Word], piece: StatementPiece) -> Sequence[StatementPiece]:
        """What behind its last comma only denies a statement is another's, and stands by itself."""
        at = None if piece.act else denial_behind(found[piece.start : piece.end], self.language)
        if at is None:
            return (piece,)
        start, end = trimmed(found, piece.start, piece.start + at)
        return (replace(piece, start=start, end=end), StatementPiece(piece.start + at, piece.end))

    def _parts(self, sentence: _Sentence, following: _Sentence | None) -> bool:
        """Whether a paragraph ends between two sentences."""
        return following is None or "\n\n" in self.text[sentence.span.end : following.span.start]

    def _taken_apart(self, span: Span, memory: SpeakerMemory, signed: Signed) -> _Sentence:
        signer, span = signed.speaker_of(span), signed.within(span)
        mark = _list_mark(self.text, span) or (dateline_length(self.text, span, self.language) if self.atomic else 0)
        houses = load_speech(self.language).sources.institutions
        plain = without_strays(joined(words(self.text[span.start : span.end])), _paragraph_before(self.text, span))
        parts, _ = with_names(plain, houses)
        found = [word for word in parts if word.start >= mark]
        known = len(memory.seen)
        quoted = bool(found) and (found[0].mark == QUOTE or self.text[span.start - 1 : span.start] in _OPENING)
        result = pieces(found, self.language, memory, quoted=quoted)
        if signer is not None:
            result = [replace(piece, speaker=signer) if piece.verb is None else piece for piece in result]
            memory.seen.append(signer)
        closed = any(word.mark == QUOTE for word in found[1:])
        # "The minister wrote:" on a line of its own states nothing, and speaks the paragraph below.
        introduces = (
            memory.last if not result and found and found[-1].text == ":" and len(memory.seen) > known else None
        )
        runs_on = quoted and not closed and signer is None and all(p.verb is None for p in result)
        return _Sentence(span, found, result, runs_on=runs_on, introduces=introduces)

    def _statements(self, sentence: Span, found: Sequence[Word], piece: StatementPiece) -> Iterator[PlacedDraft]:
        said = found[piece.start : piece.end]
        whole = Clause.whole(said, piece.subject)
        in_quotes = sum(word.mark == QUOTE for word in found[: piece.start]) % 2 == 1
        # An act is told with its own verb, which holds all of it together; somebody's very words stay as they are.
        held = (piece.act and not _is_deed(piece, self.language)) or in_quotes
        clauses = [whole] if held else clauses_of(said, self.language, piece.subject, atomic=self.atomic)
        for clause in clauses:
            own = piece
            if piece.act and all(said[n] is not piece.verb for n in clause.at):
                # What somebody does besides is told by the text.
                own = replace(piece, speaker=None, verb=None, lemma=None, act=False)
            yield self._statement(sentence, said, clause, own)

    def _statement(self, sentence: Span, said: Sequence[Word], clause: Clause, piece: StatementPiece) -> PlacedDraft:
        own, start = clause.wording(said), said[clause.start].start
        if self.language == "ar":
            first = without_and(said[clause.start])
            own, start = (*clause.about, first, *own[len(clause.about) + 1 :]), first.start
        span = widened(self.text, Span(start=sentence.start + start, end=sentence.start + said[clause.end - 1].end))
        kind = kind_of(own, piece, self.language)
        mentioned = days_mentioned(own, self.language, self.published, ahead=kind is Kind.FORECAST)
        draft = Draft(
            text=wording_of(own, piece, mentioned, self.language),
            quote=self.text[span.start : span.end],
            attribution=attributed(piece),
            kind=kind,
            event_date=event_day(own, mentioned, self.language),
        )
        return PlacedDraft(draft, span, sentence, subject=" ".join(word.text for word in clause.about))


def _is_deed(piece: StatementPiece, language: str) -> bool:
    """Whether it is told with another verb than one of saying or accusing, and may be taken apart."""
    speech = load_speech(language)
    whole = speech.lists["accusing"] | speech.lists["blaming"] | speech.lists["deeds_whom"]
    return piece.lemma in speech.deeds - speech.verbs.keys() - whole
