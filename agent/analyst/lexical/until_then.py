"""Whether a text tells that something was so up to a time, where the claim tells that it is so."""

from agent.analyst.lexical.polarity import tells
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.turns import load_turns

# Where the verb stands last, the time stands before it.
_VERB_LAST = frozenset(("fa", "tr"))


def was_so_until(claim: LexicalReading, text: LexicalReading) -> bool:
    """ "The bridge was safe until the flood", for "the bridge is safe"; not what lasts until further notice."""
    turns = load_turns(claim.language)
    if not turns.so_then or any(word.folded in turns.so_then for word in claim.words):
        return False
    if turns.so_now and not any(word.folded in turns.so_now for word in claim.words):
        return False
    if tells(text.words, turns.lasting):
        return False
    then = [n for n, word in enumerate(text.words) if word.folded in turns.so_then]
    until = [n for n, word in enumerate(text.words) if word.folded in turns.until]
    return bool(then and until) and (text.language in _VERB_LAST or min(then) < max(until))
