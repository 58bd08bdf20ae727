"""Words that weigh nothing and yet decide what is told: "into" and "out of", "over" and "under"."""

from agent.analyst.lexical.stems import without_elision
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import words
from agent.text import mend

# They can stand in a sentence or be left out of it, and it tells the same.
_NEUTRAL = frozenset(
    "the a an that of has have do does did de du le la les l un une des que el los las قد ان که را دارد".split()
)


def linking(text: str, language: str) -> tuple[str, ...]:
    """Those of a sentence, in their order."""
    turns = load_turns(language)
    known = turns.stopwords - turns.negators - turns.denials
    plain = (without_elision(word, language) for word in words(mend(text, language).text))
    found = (word.folded for word in plain if not word.mark)
    return tuple(word for word in found if word in known and word not in _NEUTRAL)
