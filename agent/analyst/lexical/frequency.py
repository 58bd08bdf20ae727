"""How common a word is: the published counts of wordfreq, spelled the way texts are compared."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from math import log10

from agent.text.frequencies import word_shares

# Of Arabic script only what its writers mix up; folding every word in full would cost a quarter of a second.
_ARABIC_FOLDED = dict(zip("أإآىةؤئ", "ااايهوي", strict=True))


def zipf(folded: str, language: str) -> float:
    """Base-10 logarithm of uses in a billion words: 7 for "the", 3 for a rare word, 0 for one not listed."""
    share = _shares(language).get(folded)
    return 0.0 if share is None else log10(share) + 9


def is_counted(language: str) -> bool:
    """Whether there are counts for the language."""
    return bool(_shares(language))


@lru_cache(maxsize=4)
def _shares(language: str) -> Mapping[str, float]:
    listed = word_shares(language)
    if language != "ar":
        return listed
    words = "\n".join(listed)
    for letter, folded in _ARABIC_FOLDED.items():
        words = words.replace(letter, folded)
    shares: dict[str, float] = defaultdict(float)
    for word, share in zip(words.split("\n"), listed.values(), strict=True):
        shares[word] += share
    return dict(shares)
