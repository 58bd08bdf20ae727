"""How common a word is: the published counts of wordfreq, spelled the way texts are compared."""

from collections import defaultdict
from functools import lru_cache
from math import log10

from agent.text.frequencies import word_shares

# Of Arabic script only what its writers mix up; folding every word in full would cost a quarter of a second.
_ARABIC_FOLDED = str.maketrans("أإآىةؤئ", "ااايهوي")


def zipf(folded: str, language: str) -> float:
    """Base-10 logarithm of uses in a billion words: 7 for "the", 3 for a rare word, 0 for one not listed."""
    return _zipfs(language).get(folded, 0.0)


def is_counted(language: str) -> bool:
    """Whether there are counts for the language."""
    return bool(_zipfs(language))


@lru_cache(maxsize=4)
def _zipfs(language: str) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    for word, share in word_shares(language).items():
        shares[word.translate(_ARABIC_FOLDED) if language == "ar" else word] += share
    return {word: log10(share) + 9 for word, share in shares.items()}
