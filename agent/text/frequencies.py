"""How often words are used, from the lists that wordfreq publishes. They are read without what that package loads for
splitting texts into words."""

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

import ormsgpack

_LANGUAGE = re.compile("[a-z]{2,3}")
_HEADER = {"format": "cB", "version": 1}


@lru_cache(maxsize=8)
def word_shares(language: str) -> Mapping[str, float]:
    """The share of each common word among all words of a language, from 0 to 1. Empty where there is no list for
    exactly this language. Raises `ValueError` for the lists of another version of wordfreq."""
    return MappingProxyType({word: share for share, band in _bands(language) for word in band})


def words_above(language: str, least: float) -> list[str]:
    """The words of a language that have at least such a share, the commonest first; none where there is no list."""
    return [word for share, band in _bands(language) if share >= least for word in band]


def _bands(language: str) -> Iterator[tuple[float, list[str]]]:
    path = _folder() / f"small_{language}.msgpack.gz"
    if not _LANGUAGE.fullmatch(language) or not path.is_file():
        return
    header, *bands = ormsgpack.unpackb(gzip.decompress(path.read_bytes()))
    if header != _HEADER:
        raise ValueError(f"{path} is of another version of wordfreq")
    # The bands follow each other in steps of a hundredth of a power of ten, beginning at all words.
    for step, band in enumerate(bands):
        yield 10 ** (-step / 100), band


@lru_cache(maxsize=1)
def _folder() -> Path:
    # To be found is not to be loaded.
    spec = find_spec("wordfreq")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package wordfreq is not installed")
    return Path(spec.origin).parent / "data"
