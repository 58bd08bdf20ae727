"""Arabic statements taken apart: "و" before a verb, what came of it, why, what is counted, relative clauses."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.analyst.lexical.clauses.clause import Clause, enclosed, trimmed_positions
from agent.analyst.lexical.resources import Phrase, Table, arabic_forms
from agent.analyst.lexical.words import COMMA, Word, starts_with

_FEWEST_WORDS = 3
_FEWEST_UNCOUNTED = 4
_LONGEST_SUBJECT = 6
_LONGEST_COUNTED = 5
_LONGEST_ANTECEDENT = 4
# "They did": the form says that its subject is known.
_MANY = ("وا", "ون")


@dataclass(frozen=True)
class _ArabicWords:
    alone: frozenset[str]
    with_object: frozenset[str]
    with_preposition: frozenset[str]
    prepositions: frozenset[str]
    times: frozenset[str]
    outcomes: tuple[Phrase, ...]
    told_by: tuple[Phrase, ...]
    relatives: frozenset[str]
    holds: frozenset[str]
    negations: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=1)
def _arabic() -> _ArabicWords:
    table = Table("clauses.ar.toml")
    return _ArabicWords(
        alone=arabic_forms(table.rows("alone")),
        with_object=arabic_forms(table.rows("with_object")),
        with_preposition=arabic_forms(table.rows("with_preposition")),
        prepositions=table.words("prepositions"),
        times=table.words("times"),
        outcomes=table.phrases("outcomes"),
        told_by=table.phrases("told_by"),
        relatives=table.words("relatives"),
        holds=table.words("holds"),
        negations=table.words("negations"),
        numbers=table.words("numbers"),
    )


def arabic_clauses(words: Sequence[Word], about: tuple[Word, ...], *, atomic: bool) -> list[Clause]:
    """Every single thing the words say. What is asked, denied or made to depend stays with what it is said of."""
    whole = Clause.whole(words, about)
    if not atomic or any(_holds(word) for word in words):
        return [whole]
    clauses = [whole]
    for step in _STEPS:
        clauses = [one.inside(clause) for clause in clauses for one in step([words[n] for n in clause.at])]
    trimmed = [replace(one, at=trimmed_positions(words, one.at)) for one in clauses]
    return [one for one in trimmed if sum(not words[n].mark for n in one.at) >= _FEWEST_WORDS - 1] or [whole]


def _holds(word: Word) -> bool:
    """Whether all depends on it, or it asks; "أن", which is folded to "إن", makes nothing depend."""
    return word.text in "?؟" or (word.folded in _arabic().holds and not word.text.startswith("أ"))


def _coordinated(words: Sequence[Word]) -> list[Clause]:
    """ "وقتل 12 شخصا": a clause of its own; "وأشعلوا إطارات": one about the same subject."""
    inside = enclosed(words)
    found: list[Clause] = []
    start = 0
    subject: tuple[Word, ...] = ()
    for at in range(_FEWEST_WORDS - 1, len(words) - 1):
        verb = _joined_verb(words[at])
        if inside[at] or verb is None or at - start < _FEWEST_WORDS - 1 or _is_phrase(words, at):
            continue
        own = verb in _arabic().alone and _has_subject(words[at + 1])
        if own and not _is_enough(words[at:]):
            continue
        shared = () if own else _subject(words[start:at]) or subject
        if own or shared:
            found.append(Clause(tuple(range(start, at)), subject if found else ()))
            start, subject = at, shared
    return [*found, Clause(tuple(range(start, len(words))), subject if found else ())]


def _is_enough(clause: Sequence[Word]) -> bool:
    """Whether a clause can be looked for by itself: it counts something, or is not about just any ship that sank."""
    return any(_is_number(word) for word in clause) or sum(not word.mark for word in clause) > _FEWEST_UNCOUNTED


def _joined_verb(word: Word) -> str | None:
    """The verb that "and" is written onto; none where the letter is the verb's own ("وصل")."""
    arabic = _arabic()
    if word.mark or word.folded[:1] != "و" or word.folded in arabic.alone | arabic.with_object:
        return None
    return word.folded[1:] if word.folded[1:] in arabic.alone | arabic.with_object else None


def _is_phrase(words: Sequence[Word], at: int) -> bool:
    """ "بعد خطف وقتل": two nouns behind a preposition."""
    noun = words[at - 1].folded
    return at > 1 and words[at - 2].folded in _arabic().prepositions and not noun.startswith("ال")


def _has_subject(after: Word) -> bool:
    return not (after.mark or after.folded in _arabic().prepositions | _arabic().times or _carries_preposition(after))


def _carries_preposition(word: Word) -> bool:
    return word.folded.startswith(("بال", "لل", "كال")) or (word.folded.startswith("ب") and word.folded[1:2] in "تم")


def _subject(words: Sequence[Word]) -> tuple[Word, ...]:
    """Who the clause before is about: what stands before its verb; behind it, where it has no object."""
    verb = next((n for n, word in enumerate(words) if _plain_verb(word)), None)
    if verb is None:
        return ()
    if verb > 0:
        before = tuple(word for word in words[:verb] if not word.mark)
        return before if 0 < len(before) <= _LONGEST_SUBJECT and _has_subject(before[0]) else ()
    if _without_and(words[0].folded) not in _arabic().alone | _arabic().with_preposition:
        return ()
    end = next((n for n in range(1, len(words)) if not _has_subject(words[n])), len(words))
    return tuple(words[1:end]) if 1 < end <= _LONGEST_SUBJECT and end < len(words) else ()


def is_preposition(word: Word) -> bool:
    return word.folded in _arabic().prepositions


def tells_event(words: Iterable[Word]) -> bool:
    """Whether one of them is a verb, as "قتل" is."""
    return any(map(_plain_verb, words))


def _plain_verb(word: Word) -> bool:
    folded = _without_and(word.folded)
    return folded in _arabic().alone | _arabic().with_object


def _without_and(folded: str) -> str:
    verbs = _arabic().alone | _arabic().with_object
    return folded[1:] if folded[:1] == "و" and folded not in verbs else folded


def _outcome(words: Sequence[Word]) -> list[Clause]:
    """ "…، ما أدى إلى …": what happened, and what came of it, told with it."""
    inside = enclosed(words)
    for at in range(_FEWEST_WORDS - 1, len(words) - 1):
        behind = words[at - 1].mark == COMMA and not inside[at]
        if behind and any(starts_with(words, at, phrase) for phrase in _arabic().outcomes):
            return [Clause(tuple(range(at))), Clause(tuple(range(len(words))))]
    return [Clause(tuple(range(len(words))))]


def _subordinate(words: Sequence[Word]) -> list[Clause]:
    """ "… بعدما انهار السد": both by themselves; not behind a denial, which may be of the reason."""
    inside = enclosed(words)
    firsts = {phrase[0] for phrase in _arabic().told_by}
    for at in range(_FEWEST_WORDS - 1, len(words) - 2):
        opens = not inside[at] and words[at].folded in firsts
        phrase = next((p for p in _arabic().told_by if starts_with(words, at, p)), None) if opens else None
        if phrase is None or any(word.folded in _arabic().negations for word in words[:at]):
            continue
        begins = at + len(phrase)
        if (
            begins + 1 < len(words)
            and words[begins].folded in _arabic().alone | _arabic().with_object
            and _has_subject(words[begins + 1])
        ):
            return [Clause(tuple(range(at))), Clause(tuple(range(begins, len(words))))]
    return [Clause(tuple(range(len(words))))]


def _relative(words: Sequence[Word]) -> list[Clause]:
    """ "…الهيئة، التي تقدر خسائرها بمليون": told of the noun before the comma."""
    inside = enclosed(words)
    for at in range(2, len(words) - 2):
        if inside[at] or words[at].folded not in _arabic().relatives or words[at - 1].mark != COMMA:
            continue
        start = _antecedent(words, at - 1)
        end = next((n for n in range(at + 1, len(words)) if words[n].mark == COMMA and not inside[n]), len(words))
        if start is None or end - at < _FEWEST_WORDS:
            continue
        rest = (*range(at - 1), *range(end + 1, len(words)))
        return [Clause(rest), Clause((*range(start, at - 1), *range(at + 1, end)))]
    return [Clause(tuple(range(len(words))))]


def _antecedent(words: Sequence[Word], comma: int) -> int | None:
    """Where the noun begins that ends before a comma: definite words, with the one that they make definite."""
    start = comma
    while start > 0 and comma - start < _LONGEST_ANTECEDENT and words[start - 1].folded.startswith("ال"):
        start -= 1
    return start if start < comma else None


def _counted(words: Sequence[Word]) -> list[Clause]:
    """ "عن 12 قتيلا و30 جريحا": what is counted, each by itself; not where somebody denies it."""
    inside = enclosed(words)
    whole = [Clause(tuple(range(len(words))))]
    if any(word.folded in _arabic().negations for word in words):
        return whole
    for at in range(2, len(words) - 2):
        if inside[at] or words[at].folded != "و" or not _is_number(words[at + 1]):
            continue
        first = next((n for n in range(at - 1, max(0, at - _LONGEST_COUNTED) - 1, -1) if _is_number(words[n])), None)
        end = next((n for n in range(at + 2, len(words)) if words[n].mark or not _has_subject(words[n])), len(words))
        if (
            first is not None
            and 0 < first < at - 1
            and not any(w.mark for w in words[first:at])
            and "بين" not in {word.folded for word in words[:first]}
        ):
            prefix, rest = range(first), range(end, len(words))
            return [Clause((*prefix, *range(first, at), *rest)), Clause((*prefix, *range(at + 1, end), *rest))]
    return whole


def _is_number(word: Word) -> bool:
    return word.text[:1].isdigit() or word.folded in _arabic().numbers


_STEPS: tuple[Callable[[Sequence[Word]], list[Clause]], ...] = (
    _coordinated,
    _outcome,
    _subordinate,
    _relative,
    _counted,
)
