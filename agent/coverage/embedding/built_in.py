"""The embedder that is used when none is configured: hashed words beside a sentence encoder, in one row.

The words tell apart what is written in one language, names and figures most of all; the encoder alone compares
across languages, where words have nothing in common.
"""

import asyncio
from array import array
from collections.abc import Sequence

import numpy as np

from agent.coverage.embedding.embed import Floors, Purpose, Traits
from agent.coverage.embedding.encoder import (
    SENTENCE_DIMENSION,
    SENTENCE_LANGUAGES,
    SENTENCE_VERSION,
    Floats,
    load_sentence_encoder,
)
from agent.coverage.embedding.hashed import HASHED_DIMENSION, HashedEmbedder, HashedVectors, embed_matrix
from agent.models import Budget, Usage

# Settled on public retrieval sets in Arabic and English, together with the weight of the ranking.
_SHARE_OF_WORDS = 0.3
_ACROSS = slice(HASHED_DIMENSION, HASHED_DIMENSION + SENTENCE_DIMENSION)


class BuiltInEmbedder:
    """Rows have length 1, in the same two parts whatever the text; a text without words is all zeros."""

    id = f"{HashedEmbedder.id}+{SENTENCE_VERSION}:{SENTENCE_DIMENSION}"
    traits = Traits(
        rank_weight=0.5,
        floors=Floors(within=0.13, across=0.18),
        languages=SENTENCE_LANGUAGES,
        across=_ACROSS,
        by_sentence=True,
        shortened=True,
    )

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> HashedVectors:
        """Free of charge: the budget is left as it is."""
        matrix = await asyncio.to_thread(embed_both, texts)
        return HashedVectors([array("f", row.tobytes()) for row in matrix], Usage())

    def warm(self) -> None:
        load_sentence_encoder()


def embed_both(texts: Sequence[str]) -> Floats:
    words = embed_matrix(texts).astype(np.float32)
    matrix = np.zeros((len(texts), words.shape[1] + SENTENCE_DIMENSION), np.float32)
    items = np.flatnonzero(words.any(axis=1)).tolist()
    if items:
        meanings = load_sentence_encoder().encode([texts[number] for number in items])
        matrix[items] = np.hstack([_SHARE_OF_WORDS**0.5 * words[items], (1 - _SHARE_OF_WORDS) ** 0.5 * meanings])
    return matrix
