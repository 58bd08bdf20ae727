"""What a sentence has beside its statements and is nothing to check by itself."""

from agent.analyst.lexical.attribution import names_nobody
from agent.analyst.lexical.denied_before import only_denies
from agent.analyst.lexical.resources import MANNERS, load_manner
from agent.analyst.lexical.speaking import holds
from agent.analyst.lexical.words import joined, words

_MOST_OF_NOBODY = 9


def tells_only_beside(quote: str, language: str, *, spoken: bool) -> bool:
    """Whether the end of a sentence only denies what stands before it, "…, which the company denies", or tells that
    who says it would not be named. `spoken`: somebody says it, and a denial would be his."""
    found = joined(words(quote))
    if not spoken and only_denies(found, language):
        return True
    if len(found) > _MOST_OF_NOBODY:
        return False
    if language in ("ar", "en"):
        return names_nobody(found, language)
    return language in MANNERS and holds(found, load_manner(language).unnamed)
