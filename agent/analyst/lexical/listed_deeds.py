"""What somebody does by speaking, told by lists alone: accusations, acts of will, counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.analyst.lexical.clauses.by_lists import first_listed_verb
from agent.analyst.lexical.numbers import read_numbers
from agent.analyst.lexical.resources import Manner
from agent.analyst.lexical.speaking import holds, phrase_at
from agent.analyst.lexical.words import COLON, COMMA, OTHER, Word
from agent.text import fold

_LONGEST_SPEAKER = 10
_FURTHEST_HEAD = 4
# Of a Persian word that another belongs to.
_BOUND = fold("ی")
# A letter that needs one before whose it is.
_OPEN = (fold("ا"), fold("و"))
_OBJECT = frozenset(map(fold, ("را", "رو")))
_LONGEST_DEED = 40


@dataclass(frozen=True)
class ListedDeed:
    """Who does it, and the positions of the words that tell it; `verb` is the word that does."""

    who: Sequence[Word]
    start: int
    end: int
    verb: str


def deed_in(words: Sequence[Word], manner: Manner) -> ListedDeed | None:
    """The deed that a sentence tells as a whole; None where it tells none, or not who does it."""
    if len(words) > _LONGEST_DEED or any(word.mark == COLON for word in words):
        return None
    for at in range(len(words)):
        verb = phrase_at(words, at, manner.deeds)
        counts = phrase_at(words, at, manner.counting)
        if not (verb or (counts and _counts(words, at, manner))):
            continue
        start = _after_openers(words, manner)
        who = office_at_first(words[start:at], manner) if manner.ends_with_verb else _before(words[start:at], manner)
        if who:
            said = words[at : at + len(verb or counts or ())]
            return ListedDeed(who, start, len(words), " ".join(word.text for word in said))
    return None


def office_at_first(words: Sequence[Word], manner: Manner) -> Sequence[Word]:
    """The office or the house that a sentence begins with, where nothing but its form parts it from the rest."""
    comma = next((n for n, word in enumerate(words[:_LONGEST_SPEAKER]) if word.mark), None)
    if comma and words[comma].mark == COMMA:
        named = any(_is_office(word, manner) or word.text[:1].isupper() for word in words[:comma])
        return words[:comma] if named and not holds(words[:comma], manner.verbs) else ()
    heads = (n for n, word in enumerate(words[:_FURTHEST_HEAD]) if _is_office(word, manner))
    head = next(heads, None) if manner.verb_last else (0 if words and _is_office(words[0], manner) else None)
    if head is None or any(word.mark for word in words[:head]):
        return ()
    if words[head].folded in manner.incomplete:
        return _up_to_its_end(words, manner)
    end = head + 1
    while end < len(words) and _goes_on(words[end - 1], words[end], manner):
        end += 1
    return words[:end]


def _up_to_its_end(words: Sequence[Word], manner: Manner) -> Sequence[Word]:
    """«وزیر خارجه آمریکا روز دوشنبه»: an office with whose it is; nobody where an object may stand in it."""
    end = next((n for n, word in enumerate(words) if word.mark or word.folded in manner.ends_office), len(words))
    return words[:end] if 1 < end <= _FURTHEST_HEAD and words[end - 1].folded not in _OBJECT else ()


def _is_office(word: Word, manner: Manner) -> bool:
    known = manner.institutions | manner.roles | {phrase[0] for phrase in manner.groups}
    return word.folded in known or _is_bound(word, manner)


def _is_bound(word: Word, manner: Manner) -> bool:
    """Whether a Persian office or house ends as it does before whose it is: «شورای شهر»."""
    known = manner.institutions | manner.roles
    bare = word.folded.removesuffix(_BOUND)
    # Behind others the letter tells that it is any of them: «دادگاهی», a court.
    return manner.language == "fa" and bare in known and word.folded not in known and bare.endswith(_OPEN)


def _goes_on(word: Word, after: Word, manner: Manner) -> bool:
    """Whether the next word belongs to an office or a house; of two houses the second is told of otherwise."""
    if after.mark:
        return False
    return (
        _is_bound(word, manner)
        or after.folded in manner.roles - manner.institutions
        or (word.folded in manner.attributes and after.folded in manner.institutions)
    )


def _counts(words: Sequence[Word], at: int, manner: Manner) -> bool:
    if manner.ends_with_verb:
        begin = max((n + 1 for n in range(at) if words[n].mark == OTHER), default=0)
        some = words[begin:at]
    else:
        end = next((n for n in range(at, len(words)) if words[n].mark in (COMMA, OTHER)), len(words))
        some = words[at:end]
    return any(not number.is_year for number in read_numbers(some, manner.language))


def _before(who: Sequence[Word], manner: Manner) -> Sequence[Word]:
    """Who stands before the verb: an office, a house, people or a name, and no clause."""
    plain = [word for word in who if not word.mark]
    told = any(word.folded in manner.that | manner.relatives for word in plain)
    if not plain or len(plain) > _LONGEST_SPEAKER or any(word.mark not in ("", COMMA) for word in who) or told:
        return ()
    if first_listed_verb(plain, manner.language) is not None or holds(plain, manner.verbs):
        return ()
    named = (len(plain) > 1 and plain[-1].text[:1].isupper()) or all(word.text[:1].isupper() for word in plain)
    offices = manner.institutions | manner.roles | {phrase[-1] for phrase in manner.groups}
    return who if named or any(word.folded in offices for word in plain) else ()


def _after_openers(words: Sequence[Word], manner: Manner) -> int:
    at = 0
    while phrase := phrase_at(words, at, manner.openers):
        at += len(phrase)
        at += at < len(words) and words[at].mark == COMMA
    return at
