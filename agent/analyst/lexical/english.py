"""Reported speech in English: "X said that …", "…, X said", "according to X", "adding that …"."""

from functools import lru_cache
from itertools import pairwise

from agent.analyst.lexical.clauses.verbs import first_finite, is_finite
from agent.analyst.lexical.english_deeds import english_deed
from agent.analyst.lexical.marks import MarkPlacement, SpeechMark, Words, closes_quote, inside_quote, run_back
from agent.analyst.lexical.resources import SpeechPatterns, load_speech
from agent.analyst.lexical.words import COLON, COMMA, OTHER, POSSESSIVE, QUOTE, Word, starts_with

_FURTHEST_THAT = 10
_LONGEST_SUBJECT = 14
_LONGEST_SOURCE = 12
_AND = frozenset(("and", "but"))
_TIMES = frozenset("on late early yesterday today monday tuesday wednesday thursday friday saturday sunday".split())
_DETERMINERS = frozenset("a an the this that these those his her its their to of no any latest".split())
# "If the mayor says that …" reports nothing.
_CONDITIONS = frozenset("if unless whether until".split())
_THINGS_TOLD = frozenset(("reports", "claims"))
_WHO = frozenset(("who", "whom", "whose"))
_PERFECT = frozenset(("has", "have", "had", "also", "later", "earlier", "then"))


def english_marks(words: Words) -> list[SpeechMark]:
    """The marks of one sentence in order; they do not overlap."""
    marks: list[SpeechMark] = []
    at = 0
    while at < len(words):
        floor = marks[-1].end if marks else 0
        mark = _mark_at(words, at, floor) if not words[at].mark else None
        if marks and at == floor and marks[-1].place is MarkPlacement.TAIL and words[at].folded in _WHO:
            # "…, said the mayor, who was elected in May" is not what the mayor said.
            mark = SpeechMark(MarkPlacement.NARRATOR, at, at)
        if mark is not None and _is_denied(mark, marks):
            mark = None
        if mark is not None:
            marks.append(mark)
        at = max(at + 1, mark.end if mark else 0)
    return marks


def _is_denied(mark: SpeechMark, before: list[SpeechMark]) -> bool:
    """ "He denied that he said …": the report is what is denied."""
    last = before[-1] if before else None
    return last is not None and last.lemma in _speech().lists["denials"] and mark.start <= last.end


@lru_cache(maxsize=1)
def _speech() -> SpeechPatterns:
    return load_speech("en")


def _mark_at(words: Words, at: int, floor: int) -> SpeechMark | None:
    return (
        _source(words, at)
        or _break(words, at, floor)
        or _participle(words, at)
        or _tail(words, at, floor)
        or _lead(words, at, floor)
        or _deed(words, at, floor)
    )


def _source(words: Words, at: int) -> SpeechMark | None:
    """According to the ministry, … / …, according to the ministry."""
    phrase = next((p for p in _speech().by if starts_with(words, at, p)), None)
    if phrase is None:
        return None
    start = at + len(phrase)
    end = next((n for n in range(start, len(words)) if words[n].mark in (COMMA, OTHER, COLON)), len(words))
    who = _speaker(words, start, min(end, start + _LONGEST_SOURCE))
    skipped = end + 1 if end < len(words) and words[end].mark in (COMMA, COLON) else end
    return SpeechMark(MarkPlacement.TAIL, at, skipped, who, words[at]) if who else None


def _speaker(words: Words, start: int, end: int) -> tuple[Word, ...]:
    """The noun phrase, with "of", "for" and "at the" inside it, without time, place and relative clauses."""
    taken: list[Word] = []
    for word in words[start:end]:
        if word.mark or word.folded in _speech().lists["prepositions"] - _INSIDE:
            break
        taken.append(word)
    while taken and taken[-1].folded in _INSIDE | _AND:
        taken.pop()
    return tuple(taken)


_INSIDE = frozenset(("for", "at", "with", "in", "of"))


def _break(words: Words, at: int, floor: int) -> SpeechMark | None:
    """…, while … / … and that …"""
    if at <= floor:
        return None
    phrase = next((p for p in _speech().breaks if starts_with(words, at, p)), None)
    if phrase is not None and words[at - 1].mark == COMMA:
        narrates = phrase[0] in _speech().lists["narrating"] and not inside_quote(words, at)
        narrates = narrates and not starts_with(words, at + len(phrase), ("that",))
        return SpeechMark(MarkPlacement.NARRATOR if narrates else MarkPlacement.BREAK, at, at + len(phrase))
    both = words[at].folded in _AND and at + 1 < len(words) and words[at + 1].folded == "that"
    return SpeechMark(MarkPlacement.BREAK, at, at + 2) if both else None


def _participle(words: Words, at: int) -> SpeechMark | None:
    """…, adding that …"""
    lemma = _speech().participles.get(words[at].folded)
    opens = at == 0 or words[at - 1].mark in (COMMA, QUOTE)
    content = _content_after(words, at + 1) if lemma and opens else None
    if lemma is None or content is None:
        if lemma not in _speech().lists["bare"] or not opens or at + 1 >= len(words) or words[at + 1].mark:
            return None
        content = at + 1
    return SpeechMark(MarkPlacement.LEAD, at, content, (), words[at], lemma, act=_speech().has("denials", lemma))


def _content_after(words: Words, start: int) -> int | None:
    """Behind "that" or a colon, or at a quotation mark; verbs and sentence ends in between end the search."""
    for n in range(start, min(len(words), start + _FURTHEST_THAT)):
        word = words[n]
        if closes_quote(words, n):
            return None
        if word.mark in (COLON, QUOTE) or word.folded == "that":
            return n if word.mark == QUOTE else n + 1
        unfit = word.mark == OTHER or word.folded in _speech().lists["auxiliaries"]
        if unfit or (word.mark == COMMA and not (n + 1 < len(words) and words[n + 1].mark == QUOTE)):
            return None
    return None


def _verb(words: Words, at: int) -> str | None:
    """The dictionary form of a reporting verb; none in "the United States", nor in "a state trooper"."""
    word = words[at]
    after = words[at + 1].folded if at + 1 < len(words) else ""
    is_noun = word.folded in _speech().lists["nouns"] and after != "that"
    return None if is_noun or (at and word.text[:1].isupper()) else _speech().verbs.get(word.folded)


def _tail(words: Words, at: int, floor: int) -> SpeechMark | None:
    """ "…," X said. / "…," X, the minister, said. / "…," said X, who …"""
    lemma = _verb(words, at)
    if lemma not in _speech().lists["after_content"]:
        return None
    start, who = _subject(words, at, floor)
    end = at + 1
    if not who and words[at - 1].mark in (COMMA, QUOTE):
        who = _speaker(words, end, len(words))
        end += len(who)
    if not who or start <= floor or words[start - 1].mark not in (COMMA, QUOTE):
        return None
    end = _past_adverbials(words, end)
    if any(word.folded == "that" or is_finite(words, n) for n, word in enumerate(words[at + 1 : end], at + 1)):
        return None
    closed = end >= len(words) or words[end].mark in (COMMA, OTHER) or words[end].folded in _AND
    return SpeechMark(MarkPlacement.TAIL, start, min(len(words), end + 1), who, words[at], lemma) if closed else None


def _past_adverbials(words: Words, at: int) -> int:
    """Over "in a statement on Monday" and "told reporters"."""
    end = at
    while end < len(words) and not words[end].mark and end - at < _FURTHEST_THAT and words[end].folded not in _AND:
        end += 1
    return end


def _clausal(who: tuple[Word, ...]) -> bool:
    """Whether a verb stands in what should be a speaker."""
    return any(word.folded in _speech().lists["auxiliaries"] for word in who)


def _lead(words: Words, at: int, floor: int) -> SpeechMark | None:
    speech = _speech()
    lemma = _verb(words, at)
    if lemma is None or _not_a_verb(words, at):
        return None
    start, who = _subject(words, at, floor)
    if _is_done_to(words, at, who):
        return None
    joined = at > floor and words[at - 1].folded in _AND
    told_of = at > floor and words[at - 1].folded in _speech().lists["relatives"]
    if not who and not joined and not told_of:
        return None
    content = _content_after(words, at + 1) or _bare_content(words, at, lemma)
    act = lemma in speech.lists["denials"]
    if content is None:
        content, act = at + 1, True
    if act and lemma not in speech.lists["acts"]:
        return None
    return SpeechMark(MarkPlacement.LEAD, at - 1 if not who else start, content, who, words[at], lemma, act)


def _is_done_to(words: Words, at: int, who: tuple[Word, ...]) -> bool:
    """ "The ministry dismissed as rumours reports that …": the form is what something was done to."""
    if words[at].folded not in _THINGS_TOLD:
        return False
    return any(word.text.endswith("ed") and before.folded not in _DETERMINERS for before, word in pairwise(who))


def _deed(words: Words, at: int, floor: int) -> SpeechMark | None:
    """X accused Y of …; X decided to …; X put the number at …"""
    if words[at].folded not in _speech().deeds or (at and words[at].text[:1].isupper()) or _not_a_verb(words, at):
        return None
    start, who = _subject(words, at, floor)
    return english_deed(words, at, start, who, _speech())


def _not_a_verb(words: Words, at: int) -> bool:
    """ "A report", "the company's claim", "claims were", "is expected": the form is a noun or a passive here."""
    before = words[at - 1].folded if at else ""
    after = words[at + 1].folded if at + 1 < len(words) else ""
    if at and words[at - 1].text.endswith(POSSESSIVE):
        return True
    passive = before in _speech().lists["auxiliaries"] - _PERFECT and before != "did"
    return before in _DETERMINERS or passive or after in _speech().lists["auxiliaries"] | _speech().verbs.keys()


def _bare_content(words: Words, at: int, lemma: str) -> int | None:
    """X said [on Monday] the bridge …; X told Reuters the bridge …"""
    if lemma not in _speech().lists["bare"]:
        return None
    start = at + 1
    if lemma == "tell":
        start += 1
        while start < len(words) and words[start].text[:1].isupper():
            start += 1
    while start < len(words) and words[start].folded in _TIMES:
        start += 1
    if lemma == "tell" and first_finite(words, start, len(words)) is None:
        return None
    return start if start < len(words) and not words[start].mark else None


def _subject(words: Words, at: int, floor: int) -> tuple[int, tuple[Word, ...]]:
    """Where the frame begins and who speaks; an apposition between commas belongs to the speaker."""
    stop = at
    if stop > floor and words[stop - 1].mark == COMMA:
        inner = run_back(words, stop - 1, floor, _LONGEST_SUBJECT)
        stop = inner - 1 if inner > floor and words[inner - 1].mark == COMMA else stop
    start = run_back(words, stop, floor, _LONGEST_SUBJECT)
    begin = start
    while begin < stop and words[begin].folded in _speech().lists["connectors"]:
        begin += 1
    verb = first_finite(words, begin, stop) if stop == at else None
    ands = [n for n in range(verb + 1, stop) if words[n].folded in _AND] if verb is not None else []
    if verb is not None and ands:
        return _behind_a_clause(words, begin, verb, ands[-1], at, floor)
    subject = [w for w in words[begin:stop] if w.folded not in _PERFECT]
    relative = next((n for n, word in enumerate(subject) if n and word.folded in _speech().lists["relatives"]), None)
    subject = subject[:relative]
    fits = (
        subject
        and subject[0].folded not in _CONDITIONS
        and subject[0].folded not in _speech().lists["prepositions"]
        and not _clausal(tuple(subject))
    )
    if not fits or (start > floor and words[start - 1].mark not in (COMMA, QUOTE)):
        return at, ()
    apposition = [] if stop == at else [w for w in words[stop + 1 : at - 1] if not w.mark]
    return start, tuple(subject + _fitting(apposition))


def _behind_a_clause(
    words: Words, begin: int, verb: int, joint: int, at: int, floor: int
) -> tuple[int, tuple[Word, ...]]:
    """ "Residents fled and rescuers said …"; where "and" stands before "said", whoever did the first thing speaks."""
    own = tuple(word for word in words[joint + 1 : at] if word.folded not in _PERFECT)
    if own:
        return joint, own
    return (joint, tuple(words[begin:verb])) if floor == 0 else (at, ())


def _fitting(apposition: list[Word]) -> list[Word]:
    return apposition if apposition and apposition[0].folded not in _speech().lists["relatives"] else []
