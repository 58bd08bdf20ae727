"""The built-in embedder's words: stems and character n-grams, weighted by rarity, hashed into one vector.

It needs no model and gives the same vector for the same text on every machine. What it compares is words, so it
cannot match a text with its translation.
"""

import asyncio
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from agent.coverage.embedding.embed import Floors, Purpose, Traits
from agent.coverage.index.rarity import look_up
from agent.coverage.index.words import words as split
from agent.models import Budget, Usage

HASHED_DIMENSION = 1024
# Part of the id: any change to weights, features or hashing is another space.
_VERSION = 4

_NGRAMS = (4, 5)
_NGRAM_WEIGHT = 1.5
# A stem stands at several places of the vector, so that one collision cannot hide or fake it.
_STEM_PLACES = 2
_RARITY_POWER = 0.7
_SATURATION = 1.5
_TEXTS_AT_ONCE = 256
_BASE = np.uint64(0x100000001B3)

Floats = npt.NDArray[np.floating]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class HashedVectors:
    rows: "list[array[float]]"
    usage: Usage


class HashedEmbedder:
    """Rows have length 1, so that their product is the cosine; a text without words is all zeros."""

    id = f"isnad-hashed-{_VERSION}:{HASHED_DIMENSION}"
    # The floor is measured: nine of ten unrelated passages are below, and nine of ten that answer a query above. The
    # weight is settled together with the fusion: it compares words too, and less exactly than the lexical leg.
    traits = Traits(rank_weight=0.2, floors=Floors(within=0.1, across=0.1))

    def warm(self) -> None: ...

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> HashedVectors:
        """Free of charge: the budget is left as it is."""
        matrix = await asyncio.to_thread(embed_matrix, texts)
        return HashedVectors([array("f", row.tobytes()) for row in matrix], Usage())


def embed_matrix(texts: Sequence[str]) -> Floats:
    matrix = np.zeros((len(texts), HASHED_DIMENSION), np.float32)
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        some = texts[start : start + _TEXTS_AT_ONCE]
        matrix[start : start + len(some)] = _embedded(some)
    return matrix


def _embedded(texts: Sequence[str]) -> Floats:
    numbers: dict[str, int] = {}
    rows: list[int] = []
    words: list[int] = []
    counts: list[int] = []
    for row, text in enumerate(texts):
        tally = Counter(split(text))
        words += [numbers.setdefault(word, len(numbers)) for word in tally]
        counts += tally.values()
        rows += [row] * len(tally)
    if not numbers:
        return np.zeros((len(texts), HASHED_DIMENSION), np.float32)
    result = np.array(counts, np.float32)
    saturated = result * (_SATURATION + 1) / (result + _SATURATION)
    return _summed(_features(list(numbers)), np.array(rows), np.array(words), saturated, len(texts))


@dataclass(frozen=True, slots=True)
class _Features:
    """What words are made of: `owners[n]` is the number of the word that feature `n` belongs to."""

    owners: Numbers
    hashes: Hashes
    weights: Floats


def _features(words: Sequence[str]) -> _Features:
    known = [look_up(word) for word in words]
    weights = np.array([word.rarity for word in known]) ** _RARITY_POWER
    stems = np.array([_hash(word.stem) for word in known], np.uint64)
    ngrams = _ngrams(words)
    # Many n-grams of a long word weigh together as much as few of a short one.
    shares = _NGRAM_WEIGHT / np.sqrt(np.bincount(ngrams.owners, None, len(words))[ngrams.owners])
    owners = np.concatenate([*[np.arange(len(words))] * _STEM_PLACES, ngrams.owners])
    return _Features(
        owners=owners,
        hashes=np.concatenate([*(_mixed(stems + np.uint64(n)) for n in range(_STEM_PLACES)), ngrams.hashes]),
        weights=weights[owners] * np.concatenate([np.full(len(words) * _STEM_PLACES, _STEM_PLACES**-0.5), shares]),
    )


@dataclass(frozen=True, slots=True)
class _Ngrams:
    owners: Numbers
    hashes: Hashes


def _ngrams(words: Sequence[str]) -> _Ngrams:
    """The n-grams of all words, each word with a mark before and behind it, by one rolling hash over all letters."""
    marked = [f"<{word}>" for word in words]
    letters = np.frombuffer("".join(marked).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(words)), [len(word) for word in marked])
    rolling = np.zeros_like(letters)
    owners, hashes = [], []
    for length in range(1, max(_NGRAMS) + 1):
        rolling = rolling[: len(letters) - length + 1] * _BASE + letters[length - 1 :]
        if length in _NGRAMS:
            inside = owner[: len(rolling)] == owner[length - 1 :]
            owners.append(owner[: len(rolling)][inside])
            hashes.append(_mixed(rolling[inside] + np.uint64(length)))
    return _Ngrams(np.concatenate(owners), np.concatenate(hashes))


def _summed(features: _Features, rows: Numbers, words: Numbers, times: Floats, texts: int) -> Floats:
    """One row per text: the features of its words, as often as each word counts."""
    order = np.argsort(features.owners, kind="stable")
    sizes = np.bincount(features.owners)
    starts = np.cumsum(sizes) - sizes
    # Text by text and word by word, the numbers of the features of each word.
    ends = np.cumsum(sizes[words])
    which = order[np.arange(ends[-1]) + np.repeat(starts[words] - ends + sizes[words], sizes[words])]
    hashes = features.hashes[which]
    cells = np.repeat(rows, sizes[words]) * HASHED_DIMENSION + (hashes % np.uint64(HASHED_DIMENSION)).astype(np.int64)
    signs = np.where(hashes >> np.uint64(63), 1.0, -1.0)
    weights = features.weights[which] * np.repeat(times, sizes[words]) * signs
    matrix = np.bincount(cells, weights, texts * HASHED_DIMENSION).reshape(texts, HASHED_DIMENSION)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    normed: Floats = (matrix / np.maximum(lengths, 1e-12)).astype(np.float32)
    return normed


@lru_cache(maxsize=1 << 15)
def _hash(text: str) -> int:
    """The same number in every process, unlike the built-in one."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _mixed(hashes: Hashes) -> Hashes:
    """Every bit of the result depends on every bit of the number (the finaliser of splitmix64)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
