"""Reported speech by lists alone, for languages without a grammar of their own here: who says a sentence, and what
of the sentence is said.

"X said [that] …", "…, said X", "according to X, …", and where the verb stands last "X, … said". In any other language
what stands behind a name and a colon in quotation marks is that name's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from agent.analyst.lexical.attribution import Speaker
from agent.analyst.lexical.listed_deeds import deed_in
from agent.analyst.lexical.marks import inside_quote
from agent.analyst.lexical.quoted_names import with_names
from agent.analyst.lexical.report_forms import FoundReport, opened_by_that, reports_in
from agent.analyst.lexical.resources import Manner, load_manner
from agent.analyst.lexical.speaking import holds, is_fuller, phrase_at, speaker_of
from agent.analyst.lexical.words import COMMA, Word, starts_with

# Fewer words beside a report state nothing.
_FEWEST_BESIDE = 4
_SENTENCE_ENDS = frozenset((";", "؛"))


@dataclass(frozen=True)
class ReportedWords:
    """Positions of the words that are said, with their speaker; `act`: they tell the saying of it themselves."""

    start: int
    end: int
    speaker: Speaker | None = None
    verb: str | None = None
    act: bool = False


@dataclass
class Reporter:
    """Reads the sentences of one text in order, and remembers who spoke."""

    language: str
    _seen: list[Speaker] = field(default_factory=list)

    def read(self, words: Sequence[Word]) -> list[ReportedWords]:
        """The statements of a sentence with their speakers; the whole of it and nobody where no report is found."""
        manner = load_manner(self.language)
        named, places = with_names(words, manner.institutions, noun_first=manner.noun_first, naming=manner.naming)
        parts = self._read_apart(named, manner) or self._read(named, manner)
        return [replace(one, start=places[one.start], end=places[one.end]) for one in parts]

    def _read_apart(self, words: Sequence[Word], manner: Manner) -> list[ReportedWords]:
        """What stands before and behind "while", where one of them is reported and the other goes on by itself;
        before and behind a semicolon, where somebody speaks behind it too."""
        cut, both = _semicolon(words), True
        if cut is None:
            cut, both = _narrated_from(words, manner), False
        if cut is None:
            return []
        seen = list(self._seen)
        first = self._read(words[: cut.end], manner)
        behind = self._read(words[cut.start :], manner)
        if not any(one.speaker for one in (behind if both else (*first, *behind))):
            self._seen[:] = seen
            return []
        return [*first, *(replace(one, start=one.start + cut.start, end=one.end + cut.start) for one in behind)]

    def _read(self, words: Sequence[Word], manner: Manner) -> list[ReportedWords]:
        for report in reports_in(words, manner):
            if (speaker := self._resolve(report.who, manner, words)) is not None:
                said = [replace(part, speaker=speaker, verb=report.verb) for part in _parts(words, report, manner)]
                # Behind a semicolon somebody else may be told of.
                apart = report.after < len(words) and words[report.after].text in _SENTENCE_ENDS
                behind = ReportedWords(report.after, len(words), None if apart else speaker)
                before, after = ReportedWords(0, report.before), behind
                return [*_beside(words, before), *said, *_beside(words, _after_addressee(words, after, manner))]
        deed = deed_in(words, manner)
        if deed is not None and (speaker := self._resolve(deed.who, manner, words)) is not None:
            return [ReportedWords(deed.start, deed.end, speaker, deed.verb, act=True)]
        return [ReportedWords(0, len(words))]

    def _resolve(self, who: Sequence[Word], manner: Manner, sentence: Sequence[Word]) -> Speaker | None:
        words = [word for word in who if not word.mark]
        if not words or (len(words) == 1 and words[0].folded in manner.pronouns):
            return self._seen[-1] if self._seen else None
        speaker = speaker_of(who, manner, unnamed=holds(who, manner.unnamed) or holds(sentence, manner.unnamed))
        speaker = next((one for one in reversed(self._seen) if is_fuller(one, speaker)), speaker)
        self._seen.append(speaker)
        return speaker


@dataclass(frozen=True)
class _Narrated:
    """Where the first part of a sentence ends, and the second begins."""

    end: int
    start: int


def _semicolon(words: Sequence[Word]) -> _Narrated | None:
    """The first one that has a sentence on either side."""
    between = range(_FEWEST_BESIDE, len(words) - _FEWEST_BESIDE)
    return next(
        (_Narrated(n, n + 1) for n in between if words[n].text in _SENTENCE_ENDS and not inside_quote(words, n)), None
    )


def _narrated_from(words: Sequence[Word], manner: Manner) -> _Narrated | None:
    """Where "while" stands behind a comma, or a comma behind a verb of saying that ends what is said."""
    for at in range(_FEWEST_BESIDE, len(words) - _FEWEST_BESIDE + 1):
        if words[at - 1].mark != COMMA or words[at].mark or inside_quote(words, at):
            continue
        if phrase := phrase_at(words, at, manner.narrating):
            return _Narrated(at - 1, at + len(phrase))
        if manner.verb_last and any(starts_with(words, at - 1 - len(p), p) for p in manner.verbs if len(p) < at):
            return _Narrated(at - 1, at)
    return None


def _beside(words: Sequence[Word], beside: ReportedWords) -> Iterator[ReportedWords]:
    """What stands beside a report, where it is long enough to state something."""
    if sum(not word.mark for word in words[beside.start : beside.end]) >= _FEWEST_BESIDE:
        yield beside


def _after_addressee(words: Sequence[Word], after: ReportedWords, manner: Manner) -> ReportedWords:
    """Without whom and where it was told: "before his supporters", up to the next comma."""
    first = words[after.start].folded if after.start < len(words) else ""
    if first not in manner.addressee:
        return after
    comma = next((n for n in range(after.start, len(words)) if words[n].mark == COMMA), len(words))
    return replace(after, start=comma)


def _parts(words: Sequence[Word], report: FoundReport, manner: Manner) -> Iterator[ReportedWords]:
    """Each thing that the report holds: "said that … and that …"."""
    start = report.start
    for at in range(report.start + _FEWEST_BESIDE, report.end - _FEWEST_BESIDE):
        if _ends_one(words, at, manner):
            yield ReportedWords(start, at)
            start = at + 1
        elif words[at].folded in manner.joining and (opened := opened_by_that(words, at + 1, manner)) is not None:
            yield ReportedWords(start, at)
            start = opened
    yield ReportedWords(start, report.end)


def _ends_one(words: Sequence[Word], at: int, manner: Manner) -> bool:
    """Whether a comma stands behind the verb of what is said, where that verb has an ending of its own."""
    return bool(manner.said_ends) and words[at].mark == COMMA and words[at - 1].folded.endswith(manner.said_ends)
