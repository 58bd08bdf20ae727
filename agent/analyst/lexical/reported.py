"""Reported speech by lists alone, for languages without a grammar of their own here: who says a sentence, and what
of the sentence is said.

"X said [that] …", "…, said X", "according to X, …", and where the verb stands last "X, … said". In any other language
what stands behind a name and a colon in quotation marks is that name's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from agent.analyst.lexical.attribution import Speaker
from agent.analyst.lexical.clauses.by_lists import first_listed_verb, joins_clauses
from agent.analyst.lexical.listed_deeds import deed_in, office_at_first
from agent.analyst.lexical.marks import closes_quote, inside_quote
from agent.analyst.lexical.polarity import is_negator
from agent.analyst.lexical.quoted_names import with_names
from agent.analyst.lexical.resources import Manner, Phrase, load_manner
from agent.analyst.lexical.speaking import HYPHENS, holds, is_fuller, phrase_at, speaker_of
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import COLON, COMMA, QUOTE, Word, starts_with

_LONGEST_SPEAKER = 14
_LONGEST_BEFORE_COLON = 6
_BETWEEN = 5
# Fewer words beside a report state nothing.
_FEWEST_BESIDE = 4
_FEWEST_SAID = 2
_NOTHING = 1 << 30
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
        """What stands before and behind "while", where one of them is reported and the other goes on by itself."""
        cut = _narrated_from(words, manner)
        if cut is None:
            return []
        seen = list(self._seen)
        first = self._read(words[: cut.end], manner)
        behind = self._read(words[cut.start :], manner)
        if not any(one.speaker for one in (*first, *behind)):
            self._seen[:] = seen
            return []
        return [*first, *(replace(one, start=one.start + cut.start, end=one.end + cut.start) for one in behind)]

    def _read(self, words: Sequence[Word], manner: Manner) -> list[ReportedWords]:
        finders = (_behind_all, _by_behind, _by) if manner.verb_last else (_by, _lead, _tail)
        for find in (*finders, _colon):
            report = find(words, manner)
            if report is not None and (speaker := self._resolve(report.who, manner, words)) is not None:
                said = [replace(part, speaker=speaker, verb=report.verb) for part in _parts(words, report, manner)]
                before, after = ReportedWords(0, report.before), ReportedWords(report.after, len(words), speaker)
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


@dataclass(frozen=True)
class _Report:
    who: Sequence[Word]
    start: int
    end: int
    verb: str | None = None
    before: int = 0
    after: int = _NOTHING


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


def _parts(words: Sequence[Word], report: _Report, manner: Manner) -> Iterator[ReportedWords]:
    """Each thing that the report holds: "said that … and that …"."""
    start = report.start
    for at in range(report.start + _FEWEST_BESIDE, report.end - _FEWEST_BESIDE):
        if _ends_one(words, at, manner):
            yield ReportedWords(start, at)
            start = at + 1
        elif words[at].folded in manner.joining and (opened := _opened_by_that(words, at + 1, manner)) is not None:
            yield ReportedWords(start, at)
            start = opened
    yield ReportedWords(start, report.end)


def _ends_one(words: Sequence[Word], at: int, manner: Manner) -> bool:
    """Whether a comma stands behind the verb of what is said, where that verb has an ending of its own."""
    return bool(manner.said_ends) and words[at].mark == COMMA and words[at - 1].folded.endswith(manner.said_ends)


def _opened_by_that(words: Sequence[Word], at: int, manner: Manner) -> int | None:
    """Where what is said begins behind "that"; None where none stands."""
    if words[at].folded in manner.that:
        return at + 1
    return at if words[at].folded.startswith(_elided(manner)) else None


def _elided(manner: Manner) -> tuple[str, ...]:
    return tuple(f"{that}'" for that in sorted(manner.that))


def _by(words: Sequence[Word], manner: Manner) -> _Report | None:
    """ "According to X, …", "…, according to X"."""
    for at in range(len(words)):
        phrase = phrase_at(words, at, manner.by)
        if phrase is None or (at and words[at - 1].mark not in (COMMA, QUOTE)):
            continue
        who = _until(words, at + len(phrase), manner, commas=False)
        inside = [n for n, word in enumerate(who) if word.folded in ("par", "por")]
        after = at + len(phrase) + len(who)
        if inside:
            who = who[inside[-1] + 1 :]
        if not who or all(word.folded[:1].isdigit() for word in who):
            continue
        if at == 0 and after < len(words):
            return _Report(who, after, len(words))
        if at:
            return _Report(who, 0, at, after=after)
    return None


def _by_behind(words: Sequence[Word], manner: Manner) -> _Report | None:
    """ "X'e göre …": the speaker before the word."""
    for at in range(1, min(len(words), _LONGEST_SPEAKER)):
        if phrase_at(words, at, manner.by_behind) and not any(word.mark for word in words[:at]):
            return _Report(words[:at], at + 1, len(words))
    return None


def _lead(words: Sequence[Word], manner: Manner) -> _Report | None:
    """ "X said [that] …", also behind a semicolon, and behind "X went there and …"."""
    for at, verb in _verbs(words, manner):
        start = _clause_start(words, at)
        who = _subject(words, start, at, manner)
        content = _content(words, at + len(verb), manner)
        if content is None:
            continue
        if who and joins_clauses(words[at - 1], manner.language):
            actor = _who_acted(who, manner)
            if actor:
                return _Report(actor, content, len(words), words[at].text, before=at - 1)
        elif who:
            return _Report(who, content, len(words), words[at].text, before=start)
        named = _named_first(words, start, at, manner)
        if named:
            return _Report(named, _after_openers(words, start, manner) + len(named), len(words), None, before=start)
    return None


def _who_acted(clause: Sequence[Word], manner: Manner) -> Sequence[Word]:
    """Who did the first thing: what stands before its verb, or the office that the clause begins with."""
    verb = first_listed_verb(clause, manner.language)
    if verb:
        return clause[:verb]
    offices = manner.roles | manner.institutions
    return next((clause[: n + 1] for n, word in enumerate(clause[:2]) if word.folded in offices), ())


def _named_first(words: Sequence[Word], start: int, at: int, manner: Manner) -> Sequence[Word]:
    """Where a first verb with its object stands before "and said": the name and office between commas that open."""
    begin = _after_openers(words, start, manner)
    commas = [n for n in range(begin, min(at, begin + _LONGEST_SPEAKER)) if words[n].mark == COMMA]
    opens = manner.addressed_before and len(commas) > 1 and not any(w.mark == QUOTE for w in words[begin : commas[1]])
    return words[begin : commas[1]] if opens else ()


def _tail(words: Sequence[Word], manner: Manner) -> _Report | None:
    """ "…, said X", "« … », said X", "…, X said"."""
    for at, verb in _verbs(words, manner):
        before = words[at - 1] if at else None
        if before is not None and before.mark in (COMMA, QUOTE):
            who = _until(words, at + len(verb), manner, commas=True)
            if who and _opened_by_that(who, 0, manner) is None:
                return _Report(who, 0, at, words[at].text, after=at + len(verb) + len(who))
        rest = [word for word in words[at + len(verb) :] if not word.mark]
        comma = max((n for n in range(at) if words[n].mark == COMMA), default=-1)
        if not rest and comma > 0 and at - comma <= _LONGEST_SPEAKER:
            return _Report(words[comma + 1 : at], 0, comma, words[at].text)
    return None


def _behind_all(words: Sequence[Word], manner: Manner) -> _Report | None:
    """ "X, … said": the verb closes the sentence; a comma, a quotation mark or "ise" closes the speaker."""
    last = next((at for at in range(len(words), 0, -1) if not words[at - 1].mark), 0)
    verb = next((phrase for phrase in manner.verbs if starts_with(words, last - len(phrase), phrase)), None)
    if verb is None or last <= len(verb):
        return None
    begin = _after_openers(words, 0, manner)
    for at in range(begin + 1, min(last - len(verb), begin + _LONGEST_SPEAKER)):
        closes = words[at].mark in (COMMA, QUOTE, COLON) or words[at].folded in manner.addressee
        if closes and holds(words[begin:at], manner.verbs):
            return None
        if closes:
            start = at if words[at].mark == QUOTE else at + 1
            return _Report(words[begin:at], start, last - len(verb), words[last - 1].text)
    who = office_at_first(words[begin : last - len(verb)], manner)
    said = last - len(verb) - begin - len(who)
    if not who or said < _FEWEST_SAID or not _is_told(words[last - len(verb) - 1], manner):
        return None
    return _Report(who, begin + len(who), last - len(verb), words[last - 1].text)


def _is_told(word: Word, manner: Manner) -> bool:
    """Whether the verb of what is said stands right before the one of saying."""
    return word.folded.endswith(manner.said_ends) if manner.said_ends else False


def _colon(words: Sequence[Word], manner: Manner) -> _Report | None:
    """ "X: «…»"."""
    at = next((n for n, word in enumerate(words) if word.mark == COLON), 0)
    quoted = 0 < at < len(words) - 1 and words[at + 1].mark == QUOTE
    if not quoted or at > _LONGEST_BEFORE_COLON or any(word.mark for word in words[:at]):
        return None
    return _Report(words[:at], at + 1, len(words))


def _verbs(words: Sequence[Word], manner: Manner) -> Iterator[tuple[int, Phrase]]:
    for at in range(len(words)):
        phrase = phrase_at(words, at, manner.verbs)
        if phrase is not None:
            yield at, phrase


def _clause_start(words: Sequence[Word], at: int) -> int:
    return next((n + 1 for n in range(at - 1, -1, -1) if words[n].text in _SENTENCE_ENDS), 0)


def _after_openers(words: Sequence[Word], start: int, manner: Manner) -> int:
    while phrase := phrase_at(words, start, manner.openers):
        start += len(phrase)
        start += start < len(words) and words[start].mark == COMMA
    return start


def _subject(words: Sequence[Word], start: int, at: int, manner: Manner) -> Sequence[Word]:
    """The speaker before a verb; nobody where a quotation or too much stands there."""
    start = _after_openers(words, start, manner)
    who = words[start:at]
    if any(word.mark not in ("", COMMA) and word.text not in HYPHENS for word in who) or len(who) > _LONGEST_SPEAKER:
        return ()
    while who and who[-1].folded in manner.to_whom:
        who = who[:-1]
    if who and is_negator(who[-1].folded, load_turns(manner.language)):
        # «El ministro no dijo que …».
        return ()
    enders = manner.addressee | manner.that if manner.addressed_before else frozenset()
    return who[: next((n for n, word in enumerate(who) if n and word.folded in enders), None)]


def _content(words: Sequence[Word], after: int, manner: Manner) -> int | None:
    """Where what is said begins: behind "that", at a quotation mark or a colon; right away where no "that" is due."""
    for n in range(after, min(len(words), after + (1 if manner.bare else _BETWEEN))):
        if (opened := _opened_by_that(words, n, manner)) is not None:
            return opened
        if words[n].mark == COLON:
            return n + 1
        if words[n].mark == QUOTE and not closes_quote(words, n):
            return n
        if words[n].mark:
            return None
    return after if manner.bare and after < len(words) else None


def _until(words: Sequence[Word], start: int, manner: Manner, *, commas: bool) -> Sequence[Word]:
    """The speaker behind a verb or "according to"; with `commas` an apposition belongs to it."""
    end = start
    seen = 0
    while end < len(words) and end - start < _LONGEST_SPEAKER:
        word = words[end]
        seen += word.mark == COMMA
        apposition = commas and word.mark == COMMA and seen == 1 and _named_next(words, end)
        if word.mark and not apposition and word.text not in HYPHENS:
            break
        if end > start and commas and word.folded in manner.addressee:
            break
        end += 1
    return words[start:end]


def _named_next(words: Sequence[Word], comma: int) -> bool:
    return comma + 1 < len(words) and words[comma + 1].text[:1].isupper()
