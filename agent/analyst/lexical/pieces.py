"""A sentence taken apart: what is said, by whom, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.analyst.lexical.arabic import arabic_marks
from agent.analyst.lexical.attribution import Speaker, SpeakerMemory, names_nobody
from agent.analyst.lexical.english import english_marks
from agent.analyst.lexical.marks import MarkFinder, MarkPlacement, SpeechMark
from agent.analyst.lexical.resources import load_speech
from agent.analyst.lexical.words import COMMA, QUOTE, Word

_LONGEST_CONNECTION = 5
# So few words before "…, according to X, …" are no statement without what follows.
_MOST_INTERRUPTED = 4
_NUMBER_SIGNS = frozenset("%٪‰°")
_FINDERS: dict[str, MarkFinder] = {"ar": arabic_marks, "en": english_marks}


@dataclass(frozen=True)
class StatementPiece:
    """One statement: `start:end` are positions of words, `act_from` where the report of it begins.

    `subject` are words of the statement before that this one is about.
    """

    start: int
    end: int
    speaker: Speaker | None = None
    verb: Word | None = None
    lemma: str | None = None
    act: bool = False
    act_from: int | None = None
    subject: tuple[Word, ...] = ()


def pieces(words: Sequence[Word], language: str, memory: SpeakerMemory, *, quoted: bool) -> list[StatementPiece]:
    """The statements of one sentence; speakers are resolved in `memory`, which learns from them.

    `quoted`: the sentence begins inside quotation marks, so without a speaker of its own it is the last one's.
    """
    marks = _FINDERS[language](words)
    unnamed = names_nobody(words, language)
    opening = StatementPiece(0, 0)
    if not marks and quoted:
        opening = replace(opening, speaker=memory.last)
    return _Cutter(words, memory, unnamed=unnamed, language=language).cut(marks, opening)


class _Cutter:
    def __init__(self, words: Sequence[Word], memory: SpeakerMemory, *, unnamed: bool, language: str) -> None:
        self._words = words
        self._memory = memory
        self._unnamed = unnamed
        self._connectors = load_speech(language).lists["connectors"] | load_speech(language).lists["prepositions"]
        self._that = load_speech(language).lists["that"]
        self._relatives = load_speech(language).lists["relatives"]
        self._deeds = load_speech(language).deeds - load_speech(language).verbs.keys()
        self._told_by_source = load_speech(language).lists["retold"]
        self._done: list[StatementPiece] = []
        self._settled = 0

    def cut(self, marks: Sequence[SpeechMark], opening: StatementPiece) -> list[StatementPiece]:
        now = opening
        for mark in marks:
            if not (mark.place is MarkPlacement.LEAD and self._only_connects(now, mark.start)):
                self._close(now, mark.start)
            now = self._open(now, mark)
        self._close(now, len(self._words))
        return self._done

    def _only_connects(self, piece: StatementPiece, end: int) -> bool:
        """ "For his part," and "In Damascus," before a report state nothing."""
        said = [word for word in self._words[piece.start : end] if not word.mark]
        if piece.verb is not None or not said or len(said) > _LONGEST_CONNECTION:
            return False
        first = said[0].folded
        return first in self._connectors or first.removeprefix("و") in self._connectors

    def _close(self, piece: StatementPiece, end: int) -> None:
        start, end = trimmed(self._words, piece.start, end)
        if end > start:
            self._done.append(replace(piece, start=start, end=end))

    def _open(self, now: StatementPiece, mark: SpeechMark) -> StatementPiece:
        if mark.place is MarkPlacement.LEAD:
            speaker = self._memory.resolve(mark.who, unnamed=self._unnamed)
            if self._goes_on_from_a_quotation(mark):
                self._done[-1] = replace(self._done[-1], speaker=speaker, verb=mark.verb, lemma=mark.lemma)
            start = mark.start if mark.act else mark.end
            return StatementPiece(start, start, speaker, mark.verb, mark.lemma, mark.act, mark.start)
        if mark.place is MarkPlacement.TAIL:
            return self._after_source(mark)
        if mark.place is MarkPlacement.NARRATOR:
            return StatementPiece(mark.end, mark.end)
        if now.act and now.lemma in self._deeds and not self._goes_on_by_that(mark):
            return StatementPiece(mark.end, mark.end)
        subject = self._subject(now) if mark.place is MarkPlacement.SHARED else ()
        return replace(now, start=mark.end, end=mark.end, act=False, act_from=None, subject=subject)

    def _goes_on_from_a_quotation(self, mark: SpeechMark) -> bool:
        """«…»، قال الرئيس، «…»: both are his."""
        parted = [word.mark for word in self._words[max(0, mark.start - 2) : mark.start]]
        return parted == [QUOTE, COMMA] and bool(self._done) and self._done[-1].speaker is None

    def _goes_on_by_that(self, mark: SpeechMark) -> bool:
        """ "… and that …": what an accusation goes on with."""
        words = (self._words[n].folded for n in range(mark.start, mark.end))
        return any(word.removeprefix("و") in self._that for word in words)

    def _after_source(self, mark: SpeechMark) -> StatementPiece:
        speaker = self._memory.resolve(mark.who, unnamed=self._unnamed)
        for n in range(self._settled, len(self._done)):
            self._done[n] = self._sourced(self._done[n], speaker, mark)
        start = self._interrupted(mark)
        self._settled = len(self._done)
        return StatementPiece(start, start, speaker, mark.verb, mark.lemma)

    def _interrupted(self, mark: SpeechMark) -> int:
        """Where what follows begins: "The cameras, according to the director, were dead" is one statement."""
        value = self._done[-1] if self._done else None
        words = [word for word in self._words[value.start : value.end] if not word.mark] if value else []
        behind = next((word for word in self._words[mark.end :] if word.mark != COMMA), None)
        if value is None or behind is None or len(words) > _MOST_INTERRUPTED:
            return mark.end
        # "«…», said the engineer, a man of forty, who …": that is of the engineer.
        quoted = any(word.mark == QUOTE for word in self._words[value.end - 1 : mark.start])
        if behind.folded in self._relatives or (quoted and behind.mark != QUOTE):
            return mark.end
        self._done.pop()
        return value.start

    def _sourced(self, piece: StatementPiece, speaker: Speaker | None, mark: SpeechMark) -> StatementPiece:
        """What a source behind it does to a statement: it speaks, and whoever spoke is what it tells of."""
        if piece.speaker is None or piece.lemma is None:
            return replace(piece, speaker=speaker, verb=mark.verb, lemma=mark.lemma)
        if piece.act_from is None or piece.lemma not in self._told_by_source:
            return piece
        start, end = trimmed(self._words, piece.act_from, piece.end)
        return replace(piece, start=start, end=end, speaker=speaker, verb=mark.verb, lemma=None, act=False)

    def _subject(self, now: StatementPiece) -> tuple[Word, ...]:
        """The first words of the statement before, up to its verb or time: what "and which" goes on about."""
        done = self._done[-1] if self._done else now
        said = [word for word in self._words[done.start : done.end] if not word.mark]
        begin = 1 if said and said[0].folded[:1] in "وفسيت" and not said[0].folded.startswith("ال") else 0
        size = next((n for n, w in enumerate(said[begin:]) if n and w.folded in _SUBJECT_ENDS), 4)
        return tuple(said[begin : begin + size])


_SUBJECT_ENDS = frozenset("كان كانت كانوا يهدف تهدف اليوم امس في من الى على هي هو قد لن لم لا ليس سوف".split())


def trimmed(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """Without the marks at both ends; a quotation mark stays whose other one is inside, and the sign of a number."""
    while start < end and words[start].mark:
        start += 1
    while end > start and words[end - 1].mark and words[end - 1].text not in _NUMBER_SIGNS:
        end -= 1
    inside = sum(word.mark == QUOTE for word in words[start:end])
    if inside % 2 and start and words[start - 1].mark == QUOTE:
        return start - 1, end
    if inside % 2 and end < len(words) and words[end].mark == QUOTE:
        end += 1
    return start, end
