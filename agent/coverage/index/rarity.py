"""Stems, and how rare they are, from the word counts of large collections of texts."""

import math
from collections import Counter
from functools import cache, lru_cache
from itertools import islice

import Stemmer  # type: ignore[import-not-found]  # a C module without types

from agent.models import Frozen
from agent.text import fold
from agent.text.frequencies import word_shares

# Beyond so many words a list tells little and takes long to load.
_LISTED = 8000
_LEAST = 0.05
# Rarity is that of finding the word in a text of so many words; what is not listed is as rare as this.
_TEXT_WORDS = 30
_RAREST = 1e-5


class _Script(Frozen):
    """The letters of a script, the stemmer of its words, and whose word counts are used for it."""

    first: str
    last: str
    stemmer: str
    languages: tuple[str, ...]


_SCRIPTS = (
    _Script(first="ء", last="ۿ", stemmer="arabic", languages=("ar", "fa")),
    _Script(first="a", last="z", stemmer="english", languages=("en",)),
    _Script(first="а", last="я", stemmer="russian", languages=("ru",)),
)


class RatedWord(Frozen):
    """`rarity` runs from next to 0, in every text, to 1, in hardly any."""

    stem: str
    rarity: float


@lru_cache(maxsize=1 << 16)
def look_up(word: str) -> RatedWord:
    """A folded word's stem and rarity. Words of scripts without word counts are rare, and their own stem."""
    script = next((one for one in _SCRIPTS if one.first <= word[0] <= one.last), None)
    if script is None:
        return RatedWord.model_construct(stem=word, rarity=1.0)
    stem = str(_stemmer(script.stemmer).stemWord(word))
    return RatedWord.model_construct(stem=stem, rarity=_rarities(script).get(stem, 1.0))


@cache
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(algorithm)


@cache
def _rarities(script: _Script) -> dict[str, float]:
    frequencies: Counter[str] = Counter()
    for language in script.languages:
        listed = dict(islice(word_shares(language).items(), _LISTED))
        # One folding of the whole list: word by word it takes ten times as long.
        stems = _stemmer(script.stemmer).stemWords(fold("\n".join(listed)).split("\n"))
        for stem, frequency in zip(stems, listed.values(), strict=True):
            frequencies[stem] += frequency  # type: ignore[assignment]  # shares, not whole numbers
    return {stem: max(_LEAST, _rareness(f) / _rareness(_RAREST)) for stem, f in frequencies.items()}


def _rareness(frequency: float) -> float:
    return -math.log(1 - math.exp(-_TEXT_WORDS * max(frequency, _RAREST)))
