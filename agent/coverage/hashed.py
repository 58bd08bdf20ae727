"""The built-in embedder: stems and character n-grams, weighted by rarity, hashed into one vector.

It needs no model and gives the same vector for the same text on every machine. What it compares is words, so it
cannot match a text with its translation.
"""

import asyncio
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import Stemmer  # type: ignore[import-not-found]  # a C module without types
from wordfreq import get_frequency_dict

from agent.analyst import Budget
from agent.models import Usage
from agent.text import fold

_DIMENSION = 1024
# Part of the id: any change to weights, features or hashing is another space.
_VERSION = 1

_WORD = re.compile(r"\w+")
_NGRAMS = (3, 4, 5)
_NGRAM_WEIGHT = 1.5
# A stem stands at several places of the vector, so that one collision cannot hide or fake it.
_STEM_PLACES = 4
_RARITY_POWER = 0.7
_LEAST_RARITY = 0.05
# Rarity is that of finding the word in a text of so many words; the word lists end at one in a million.
_RARITY_WORDS = 30
_RAREST = 1e-6
_SATURATION = 1.5

_STEMMERS = (("ء", "ۿ", "arabic", ("ar", "fa")), ("a", "z", "english", ("en",)), ("а", "я", "russian", ("ru",)))

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class HashedVectors:
    rows: "list[array[float]]"
    usage: Usage


class HashedEmbedder:
    """Rows have length 1, so that their product is the cosine; a text without words is all zeros."""

    id = f"isnad-hashed-{_VERSION}:{_DIMENSION}"
    # Nine of ten unrelated passages are below, nineteen of twenty that answer a query above.
    similarity_floor = 0.12

    async def embed(self, texts: Sequence[str], *, budget: Budget) -> HashedVectors:
        """Free of charge: the budget is left as it is."""
        matrix = await asyncio.to_thread(embed_matrix, texts)
        return HashedVectors([array("f", row.tobytes()) for row in matrix], Usage())


def embed_matrix(texts: Sequence[str]) -> Floats:
    matrix = np.zeros((len(texts), _DIMENSION), np.float32)
    for row, text in zip(matrix, texts, strict=True):
        counts = Counter(_WORD.findall(fold(text)))
        if counts:
            features = [_features(word) for word in counts]
            weights = [f.weights * _saturated(n) for f, n in zip(features, counts.values(), strict=True)]
            row += np.bincount(
                np.concatenate([f.places for f in features]), np.concatenate(weights), _DIMENSION
            ).astype(np.float32)
            row /= max(float(np.linalg.norm(row)), 1e-12)
    return matrix


def _saturated(count: int) -> float:
    return count * (_SATURATION + 1) / (count + _SATURATION)


@dataclass(frozen=True, slots=True)
class _Features:
    places: npt.NDArray[np.int64]
    weights: Floats


@lru_cache(maxsize=1 << 15)
def _features(word: str) -> _Features:
    stem, rarity = _lexicon(_script(word)).look_up(word)
    weight = rarity**_RARITY_POWER
    hashed = [*_spread(f"s{stem}", weight)]
    ngrams = _ngrams(f"<{word}>")
    for ngram in ngrams:
        hashed += _spread(f"g{ngram}", _NGRAM_WEIGHT * weight / math.sqrt(len(ngrams)), places=1)
    places, weights = zip(*hashed, strict=True)
    return _Features(np.array(places, np.int64), np.array(weights, np.float32))


def _ngrams(word: str) -> list[str]:
    return [word[i : i + n] for n in _NGRAMS for i in range(len(word) - n + 1)]


def _spread(feature: str, weight: float, places: int = _STEM_PLACES) -> Iterator[tuple[int, float]]:
    """The feature's places with a sign each, by a hash that is the same in every process."""
    octets = blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=4 * places).digest()
    for at in range(0, len(octets), 4):
        value = int.from_bytes(octets[at : at + 4], "little")
        yield (value >> 1) % _DIMENSION, weight / math.sqrt(places) * (1 if value & 1 else -1)


def _script(word: str) -> int | None:
    return next((i for i, (low, high, *_) in enumerate(_STEMMERS) if low <= word[0] <= high), None)


class _Lexicon:
    """Stems and how rare they are, for the words of one script; every other word is rare and its own stem."""

    def __init__(self, script: int | None) -> None:
        self._stemmer: Stemmer.Stemmer | None = None
        self._frequency: Counter[str] = Counter()
        if script is not None:
            _, _, algorithm, languages = _STEMMERS[script]
            self._stemmer = Stemmer.Stemmer(algorithm)
            for language in languages:
                self._learn(get_frequency_dict(language, wordlist="small"))

    def look_up(self, word: str) -> tuple[str, float]:
        """The stem, and its rarity from 0 (in every text) to 1 (not in the word list)."""
        stem = self._stemmer.stemWord(word) if self._stemmer else word
        return stem, max(_LEAST_RARITY, _rarity(self._frequency[stem]) / _rarity(_RAREST))

    def _learn(self, frequencies: dict[str, float]) -> None:
        # One folding of the whole list: folding word by word takes ten times as long.
        folded = fold("\n".join(frequencies)).split("\n")
        assert self._stemmer is not None
        stems = self._stemmer.stemWords(folded)
        for stem, frequency in zip(stems, frequencies.values(), strict=True):
            self._frequency[stem] += frequency  # type: ignore[assignment]  # a Counter of shares


_lexicon = lru_cache(maxsize=None)(_Lexicon)


def _rarity(frequency: float) -> float:
    return -math.log(1 - math.exp(-_RARITY_WORDS * max(frequency, _RAREST)))
