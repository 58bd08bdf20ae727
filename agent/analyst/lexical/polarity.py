"""What turns a statement around: negation and its reach, denial, words that exclude each other."""

from collections.abc import Container, Mapping, Sequence
from itertools import takewhile

from agent.analyst.lexical.resources import Phrase
from agent.analyst.lexical.turn_tables import WRITTEN_ONTO
from agent.analyst.lexical.turns import PolarityWords
from agent.analyst.lexical.words import COLON, COMMA, OTHER, Word, starts_with

REACH = 4
# How strongly its own form, or "will", tells that a word is to come.
TO_COME = REACH + 1
_SHORTEST_FUTURE = 5


def negated(words: Sequence[Word], telling: Sequence[bool], turns: PolarityWords) -> list[int]:
    """For every word how strongly a negation reaches it; 0: not at all.

    The next telling words are reached, less from one to the next, not past a comma or "but"; where the verb stands
    last, and the negation with it, those before.
    """
    turning = [is_negator(word.folded, turns) for word in words]
    if turns.verb_last:
        return _reached(words[::-1], telling[::-1], turning[::-1], turns)[::-1]
    return _reached(words, telling, turning, turns)


def averted(words: Sequence[Word], telling: Sequence[bool], roots: Sequence[str], turns: PolarityWords) -> list[int]:
    """The same for "refuses to", "failed to", and for those before "was rejected"; `roots` are those of the words."""
    found = (
        root in turns.averting and not _is_only_spelled_so(word, turns)
        for word, root in zip(words, roots, strict=True)
    )
    turning = list(found)
    behind, before = _ends_of(words, turns.averted_before), _ends_of(words, turns.averting_phrases)
    before |= _ends_apart(words, turns)
    turning = [(one or n in before) and n not in behind for n, one in enumerate(turning)]
    ends = turns.circumstances
    ahead = _reached(words, telling, turning, turns, ends)
    back = _reached(words[::-1], telling[::-1], [n in behind for n in range(len(words))][::-1], turns, ends)[::-1]
    return [max(pair) for pair in zip(ahead, back, strict=True)]


def intended(words: Sequence[Word], telling: Sequence[bool], turns: PolarityWords) -> list[int]:
    """The same for "plans to", "almost"; told before its complement even where the verb stands last."""
    ends = _ends_of(words, turns.intending)
    found = _reached(words, telling, [at in ends for at in range(len(words))], turns)
    own_forms = bool(turns.future_begins or turns.future_ends or turns.future_behind)
    for at, word in enumerate(words):
        if word.folded in turns.future:
            ahead = next((n for n in range(at + 1, min(len(words), at + REACH)) if telling[n]), at)
            found[ahead] = TO_COME
        elif own_forms and telling[at] and _is_to_come(words, at, turns):
            found[at] = TO_COME
    return found


def _ends_of(words: Sequence[Word], phrases: Mapping[str, Sequence[Phrase]]) -> frozenset[int]:
    """Where the last word of one of the phrases stands."""
    return frozenset(
        at + len(phrase) - 1
        for at, word in enumerate(words)
        for phrase in phrases.get(word.folded, ())
        if starts_with(words, at, phrase)
    )


def _ends_apart(words: Sequence[Word], turns: PolarityWords) -> frozenset[int]:
    """Where the second of two words stands, of which who acts may stand between: «تراجعت البلدية عن»."""
    pairs = ((verb, at, n) for at, verb in enumerate(words) for n in _near(words, at) if n > at)
    return frozenset(
        n for verb, at, n in pairs if (verb.folded.removeprefix("و"), words[n].folded) in turns.averting_apart
    )


def narrowed(words: Sequence[Word], telling: Sequence[bool], turns: PolarityWords) -> list[bool]:
    """For every word whether it is told of one of several, or of what is not one, or not yet: "one of the bridges",
    "the second bridge", "an attempted coup"."""
    found = [False] * len(words)
    for at in _ends_of(words, turns.narrowing):
        found[next((n for n in range(at + 1, len(words)) if telling[n] or words[n].mark), at)] = True
    for at, word in enumerate(words):
        if at and any(starts_with(words, at, phrase) for phrase in turns.narrowing_behind.get(word.folded, ())):
            found[next((n for n in range(at - 1, -1, -1) if telling[n] or words[n].mark), at)] = True
    return found


def _near(words: Sequence[Word], at: int) -> list[int]:
    """The words within reach of one, with no mark between."""
    before = takewhile(lambda n: not words[n].mark, range(at - 1, max(-1, at - 1 - REACH), -1))
    behind = takewhile(lambda n: not words[n].mark, range(at + 1, min(len(words), at + 1 + REACH)))
    return [*before, *behind]


def lifted(words: Sequence[Word], roots: Sequence[str], turns: PolarityWords) -> frozenset[int]:
    """Where a ban or the like is told to be no more: "lifted the ban", "the curfew was lifted"."""
    if not turns.lifting:
        return frozenset()
    return frozenset(
        at
        for at, root in enumerate(roots)
        if root in turns.lifted and any(words[n].folded.removeprefix("و") in turns.lifting for n in _near(words, at))
    )


def cut_off(words: Sequence[Word], telling: Sequence[bool], turns: PolarityWords) -> frozenset[int]:
    """Where power, water and the like are told to be no more: "power was cut", "lost power", not "gas prices"."""
    return frozenset(
        at
        for at, word in enumerate(words)
        if word.folded in turns.cut_off
        and any(telling[n] and words[n].folded in turns.cutting for n in _beside(words, telling, at))
        and not (at + 1 < len(words) and telling[at + 1] and words[at + 1].folded not in turns.cutting)
    )


def _beside(words: Sequence[Word], telling: Sequence[bool], at: int) -> list[int]:
    """The nearest telling word on each side of one, with no mark between."""
    near = _near(words, at)
    before = next((n for n in near if n < at and telling[n]), None)
    behind = next((n for n in near if n > at and telling[n]), None)
    return [n for n in (before, behind) if n is not None]


def _is_to_come(words: Sequence[Word], at: int, turns: PolarityWords) -> bool:
    """Whether a word tells by its own form, or by the verb behind it, of what has not come about yet."""
    word = words[at]
    if at + 1 < len(words) and words[at + 1].folded in turns.future_behind:
        return True
    plain = word.folded.removeprefix("و")
    if not (turns.future_begins or turns.future_ends) or len(plain) < _SHORTEST_FUTURE:
        return False
    if plain.startswith(turns.not_future):
        return False
    # Nothing begins or ends with one of none.
    return plain.startswith(turns.future_begins) or word.text.lower().endswith(turns.future_ends)


def _is_only_spelled_so(word: Word, turns: PolarityWords) -> bool:
    """Whether a word has the letters of an averting one by chance; "the", "and" may be written onto it."""
    return any(word.folded.removeprefix(before) in turns.not_averting for before in WRITTEN_ONTO)


def _reached(
    words: Sequence[Word],
    telling: Sequence[bool],
    turning: Sequence[bool],
    turns: PolarityWords,
    ends: Container[str] = (),
) -> list[int]:
    reach = 0
    found = []
    for word, tells, turns_here in zip(words, telling, turning, strict=True):
        if word.mark in (COMMA, COLON, OTHER) or word.folded in turns.scope_ends or word.folded in ends:
            reach = 0
        found.append(max(0, reach))
        reach = REACH if turns_here else reach - tells
    return found


def is_negator(folded: str, turns: PolarityWords) -> bool:
    return folded in turns.negators or (folded[:1] == "و" and folded[1:] in turns.negators)


def tells(words: Sequence[Word], phrases: Mapping[str, Sequence[Phrase]]) -> bool:
    """Whether one of the phrases stands among the words; `phrases` by their first word."""
    return any(
        starts_with(words, at, phrase) for at, word in enumerate(words) for phrase in phrases.get(word.folded, ())
    )


def denial_at(words: Sequence[Word], turns: PolarityWords) -> int | None:
    """Where a word stands that tells the statement is not so."""
    for at, word in enumerate(words):
        if word.folded in turns.denials or (word.folded[:1] in "وب" and word.folded[1:] in turns.denials):
            return at
        if any(starts_with(words, at, phrase) for phrase in turns.denial_phrases.get(word.folded, ())):
            return at
    return None
