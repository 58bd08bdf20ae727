"""Whether a text tells it of another one: of a place whose name has a word more, of somebody else, elsewhere."""

from collections.abc import Sequence

from agent.analyst.lexical.likeness import has_like, opposed_in
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.slots import AGENT, BARE
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import HYPHENS

# Where whoever does it stands before the verb.
_SUBJECT_FIRST = frozenset(("en", "es", "fr"))
_PLAIN = ""


def is_renamed(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether a name of the claim's has in the text a word before it that makes it another place's: "New Linden"."""
    own, told = _renamings(claim), _renamings(text)
    return any(before.isdisjoint(told[name]) for name, before in own.items() if name in told)


def _renamings(reading: LexicalReading) -> dict[str, set[str]]:
    """What stands before each word with a capital letter, or is written onto it: "new", or nothing."""
    renaming = load_turns(reading.language).renaming
    found: dict[str, set[str]] = {}
    last = _PLAIN
    for word in reading.words:
        if word.mark and word.text in HYPHENS:
            continue
        capital = word.text[:1].isupper()
        if capital:
            found.setdefault(word.folded, set()).add(last)
        last = word.folded if capital and word.folded in renaming else _PLAIN
    return found


def is_of_another_which(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text has the opposite of a word that tells which one: "the old bridge", "the new bridge"."""
    which = [term for term in claim.terms if term.tells_which and term.root not in text.by_root]
    others = (other for term in which for other in opposed_in(term, text))
    return any(other.tells_which and other.root not in claim.by_root for other in others)


def is_of_another_setting(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether both name a place, a year or somebody by the same small word, each another: "open for buses", "closed
    for lorries"."""
    own, told = _parts_untold(claim, text), _parts_untold(text, claim)
    years = [{number.value for number in reading.numbers if number.is_year} for reading in (claim, text)]
    return bool(own & told) or (all(years) and years[0].isdisjoint(years[1]))


def _parts_untold(one: LexicalReading, other: LexicalReading) -> set[str]:
    found = set()
    for term, slot in zip(one.terms, one.slots, strict=True):
        aside = slot.by in (BARE, AGENT) or term.counts or term.calendar
        if not (aside or has_like(term, other) or any(opposed_in(term, other))):
            found.add(slot.by)
    return found


def is_opposed_of_another(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether every opposite of a word of the claim's is told of something else: "prices rose", "wages fell"."""
    if not (claim.language in _SUBJECT_FIRST or load_turns(claim.language).verb_first):
        return False
    pairs = [
        (_told_of(n, claim), _told_of(text.terms.index(other), text))
        for n, term in enumerate(claim.terms)
        if term.root not in text.by_root and not (term.denied or term.tells_which)
        for other in opposed_in(term, text)
    ]
    named = [(own, told) for own, told in pairs if own and told]
    return bool(named) and not any(has_like(own, text) or has_like(told, claim) for own, told in named)


def _told_of(at: int, reading: LexicalReading) -> Term | None:
    """What a verb is told of: the word before it, or behind it where it opens the statement. None for whom an office
    or a name tells, who may be called otherwise."""
    opens = at == 0 and load_turns(reading.language).verb_first
    place = 1 if opens else at - 1
    if not 0 <= place < len(reading.terms):
        return None
    term = reading.terms[place]
    aside = term.decisive or reading.slots[place].capital or term.counts or term.calendar or term.tells_which
    return None if aside or (term.name and reading.language in _SUBJECT_FIRST) else term


def has_another_subject(claim: LexicalReading, passage: Sequence[LexicalReading]) -> bool:
    """Whether somebody else does what the claim tells wherever it is told: "the mayor spoke and the governor closed
    it"."""
    if claim.language not in _SUBJECT_FIRST:
        return False
    verb = next((n for n, term in enumerate(claim.terms) if n and not _is_somebody(claim, n)), None)
    if verb is None:
        return False
    subject, root = claim.terms[verb - 1], claim.terms[verb].root
    doing = [(text, n) for text in passage for n, term in enumerate(text.terms) if term.root == root]
    return bool(doing) and all(_is_done_by_another(n, subject, claim, text) for text, n in doing)


def _is_somebody(reading: LexicalReading, at: int) -> bool:
    term = reading.terms[at]
    return (term.decisive or term.capital) and not (term.calendar or term.counts)


def _is_done_by_another(at: int, subject: Term, claim: LexicalReading, text: LexicalReading) -> bool:
    first = at
    while first and _is_somebody(text, first - 1) and not (first < at and text.slots[first].parted):
        first -= 1
    others = text.terms[first:at]
    if not others or text.slots[first].by != BARE or any(has_like(term, claim) for term in others):
        return False
    if first == 0:
        # Who is named by his office may be called by his name, and the other way round.
        return _has_capital(subject) == _has_capital(others[-1]) and subject.root not in text.by_root
    before = [n for n in range(first) if text.terms[n].root == subject.root]
    apart = text.slots[first].parted or (text.slots[first].noun and not text.slots[at].parted)
    return apart and bool(before) and first - before[-1] > 1


def _has_capital(term: Term) -> bool:
    return term.capital and not term.decisive
