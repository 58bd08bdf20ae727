"""Whether a text tells of a time gone by what the claim tells of today: "was in hospital last year"."""

from collections.abc import Sequence

from agent.analyst.lexical.polarity import tells
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.stems import stem
from agent.analyst.lexical.turns import PolarityWords, load_turns
from agent.analyst.lexical.words import Word, starts_with

# Between "il y a" and "ans" a number stands, of a few words.
_COUNTED_WITHIN = 4
_ENGLISH = "en"
_SHORT = 3


def was_so_then(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the claim tells in the present what the text tells in the past, of a time that it names and the claim
    does not."""
    turns = load_turns(claim.language)
    if not _is_of_then(text, turns) or _is_of_then(claim, turns):
        return False
    if _verb_is_past(claim, text):
        return True
    return _tells_now(claim, turns) and _tells_then(text, turns)


def _is_of_then(reading: LexicalReading, turns: PolarityWords) -> bool:
    return (
        any(number.is_year for number in reading.numbers)
        or tells(reading.words, turns.then_times)
        or _is_ago(reading.words, turns)
    )


def _is_ago(words: Sequence[Word], turns: PolarityWords) -> bool:
    """ "Il y a dix ans": what opens it stands before, and the unit behind."""
    for at, word in enumerate(words):
        for phrase in turns.ago.get(word.folded, ()):
            behind = words[at + len(phrase) : at + len(phrase) + _COUNTED_WITHIN]
            if starts_with(words, at, phrase) and any(one.folded in turns.ago_units for one in behind):
                return True
    return False


def _tells_now(claim: LexicalReading, turns: PolarityWords) -> bool:
    """Where a language has no word for "is", whatever is not told with its "was"."""
    if not (turns.so_then or turns.so_then_endings) or _tells_then(claim, turns):
        return False
    return not turns.so_now or any(word.folded in turns.so_now for word in claim.words)


def _tells_then(text: LexicalReading, turns: PolarityWords) -> bool:
    if any(word.folded in turns.so_now for word in text.words):
        return False
    endings = tuple(turns.so_then_endings)
    return any(word.folded in turns.so_then or (endings and word.folded.endswith(endings)) for word in text.words)


def _verb_is_past(claim: LexicalReading, text: LexicalReading) -> bool:
    """ "Employs", of which the text has "employed"; in English, which tells them by their endings."""
    if claim.language != _ENGLISH:
        return False
    told = {word.folded for word in text.words}
    now = [word.folded for word in claim.words if word.folded.endswith("s") and len(word.folded) > _SHORT]
    return any(_is_past_of(past, form) for form in now if form not in told for past in told)


def _is_past_of(past: str, form: str) -> bool:
    if stem(past, _ENGLISH) != stem(form, _ENGLISH):
        return False
    return past.endswith("ed") or not past.startswith(form[:-2])
