"""Where a sentence reports what somebody says, by lists alone: "X said [that] …", "…, said X", "according to X,
…", and where the verb stands last "X, … said"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.analyst.lexical.clauses.by_lists import first_listed_verb, joins_clauses
from agent.analyst.lexical.listed_deeds import office_at_first
from agent.analyst.lexical.marks import closes_quote
from agent.analyst.lexical.polarity import is_negator
from agent.analyst.lexical.resources import Manner, Phrase
from agent.analyst.lexical.speaking import holds, phrase_at
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import COLON, COMMA, HYPHENS, QUOTE, Word, starts_with

_LONGEST_SPEAKER = 14
_LONGEST_BEFORE_COLON = 6
_BETWEEN = 5
_FEWEST_SAID = 2
_NOTHING = 1 << 30
_SENTENCE_ENDS = frozenset((";", "؛"))


@dataclass(frozen=True)
class FoundReport:
    """Who says it, where what he says begins and ends, and where what stands beside the report does."""

    who: Sequence[Word]
    start: int
    end: int
    verb: str | None = None
    before: int = 0
    after: int = _NOTHING


def reports_in(words: Sequence[Word], manner: Manner) -> Iterator[FoundReport]:
    """The reports that the words may be read as, the surest form first."""
    finders = (_behind_all, _by_behind, _by) if manner.verb_last else (_by, _lead, _tail)
    yield from (report for find in (*finders, _colon) if (report := find(words, manner)) is not None)


def opened_by_that(words: Sequence[Word], at: int, manner: Manner) -> int | None:
    """Where what is said begins behind "that"; None where none stands."""
    if words[at].folded in manner.that:
        return at + 1
    return at if words[at].folded.startswith(_elided(manner)) else None


def _elided(manner: Manner) -> tuple[str, ...]:
    return tuple(f"{that}'" for that in sorted(manner.that))


def _by(words: Sequence[Word], manner: Manner) -> FoundReport | None:
    """ "According to X, …", "…, according to X"."""
    for at in range(len(words)):
        phrase = phrase_at(words, at, manner.by)
        if phrase is None or (at and words[at - 1].mark not in (COMMA, QUOTE)):
            continue
        begin = at + len(phrase)
        # "Según explicó la ingeniera".
        begin += len(phrase_at(words, begin, manner.verbs) or ())
        who = _until(words, begin, manner, commas=False)
        inside = [n for n, word in enumerate(who) if word.folded in ("par", "por")]
        after = begin + len(who)
        if inside:
            who = who[inside[-1] + 1 :]
        if not who or all(word.folded[:1].isdigit() for word in who):
            continue
        if at == 0 and after < len(words):
            return FoundReport(who, after, len(words))
        if at:
            return FoundReport(who, 0, at, after=after)
    return None


def _by_behind(words: Sequence[Word], manner: Manner) -> FoundReport | None:
    """ "X'e göre …": the speaker before the word."""
    for at in range(1, min(len(words), _LONGEST_SPEAKER)):
        if phrase_at(words, at, manner.by_behind) and not any(word.mark for word in words[:at]):
            return FoundReport(words[:at], at + 1, len(words))
    return None


def _lead(words: Sequence[Word], manner: Manner) -> FoundReport | None:
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
                return FoundReport(actor, content, len(words), words[at].text, before=at - 1)
        elif who:
            return FoundReport(who, content, len(words), words[at].text, before=start)
        named = _named_first(words, start, at, manner)
        if named:
            return FoundReport(
                named, _after_openers(words, start, manner) + len(named), len(words), None, before=start
            )
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


def _tail(words: Sequence[Word], manner: Manner) -> FoundReport | None:
    """ "…, said X", "« … », said X", "…, X said"."""
    for at, verb in _verbs(words, manner):
        before = words[at - 1] if at else None
        if before is not None and before.mark in (COMMA, QUOTE):
            begin = _behind_day(words, at + len(verb), manner)
            who = _until(words, begin, manner, commas=True)
            if who and opened_by_that(who, 0, manner) is None:
                return FoundReport(who, 0, at, words[at].text, after=begin + len(who))
        rest = [word for word in words[at + len(verb) :] if not word.mark]
        comma = max((n for n in range(at) if words[n].mark == COMMA), default=-1)
        if not rest and comma > 0 and at - comma <= _LONGEST_SPEAKER:
            return FoundReport(words[comma + 1 : at], 0, comma, words[at].text)
    return None


def _behind_day(words: Sequence[Word], at: int, manner: Manner) -> int:
    """Where who speaks begins behind the verb: "a dit lundi le maire"."""
    day = phrase_at(words, at, manner.days)
    return at + len(day or ())


def _behind_all(words: Sequence[Word], manner: Manner) -> FoundReport | None:
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
            return FoundReport(words[begin:at], start, last - len(verb), words[last - 1].text)
    who = office_at_first(words[begin : last - len(verb)], manner)
    said = last - len(verb) - begin - len(who)
    if not who or said < _FEWEST_SAID or not _is_told(words[last - len(verb) - 1], manner):
        return None
    return FoundReport(who, begin + len(who), last - len(verb), words[last - 1].text)


def _is_told(word: Word, manner: Manner) -> bool:
    """Whether the verb of what is said stands right before the one of saying."""
    return word.folded.endswith(manner.said_ends) if manner.said_ends else False


def _colon(words: Sequence[Word], manner: Manner) -> FoundReport | None:
    """ "X: «…»"."""
    at = next((n for n, word in enumerate(words) if word.mark == COLON), 0)
    quoted = 0 < at < len(words) - 1 and words[at + 1].mark == QUOTE
    if not quoted or at > _LONGEST_BEFORE_COLON or any(word.mark for word in words[:at]):
        return None
    return FoundReport(words[:at], at + 1, len(words))


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
        if (opened := opened_by_that(words, n, manner)) is not None:
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
        within = phrase_at(words, end, manner.within_names)
        if end > start and commas and word.folded in manner.addressee and within is None:
            break
        end += len(within or (word,))
    return words[start:end]


def _named_next(words: Sequence[Word], comma: int) -> bool:
    return comma + 1 < len(words) and words[comma + 1].text[:1].isupper()
