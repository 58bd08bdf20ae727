"""Whether an endpoint has read all that it was sent.

Some cut a prompt that is longer than their context, say nothing, and answer from what is left of it: Ollama keeps
half of its `num_ctx`. All that shows it is the number of tokens that they count.
"""

import re
from collections.abc import Iterable

# No tokenizer joins what stands on both sides of a space or of ASCII punctuation, or punctuation with a space.
_PIECE = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_STOP = re.compile(r"[!-/:-@\[-`{-~،؛؟۔।。、](?=\s)")
# Arabic, Hebrew, Greek, Cyrillic and Korean words take more than one token even with the best tokenizers.
_RICH = re.compile(r"[\u0370-\u08ff\uac00-\ud7af]")
_TOKENS_OF_RICH_WORD = 1.4
# In scripts without spaces, so many characters share a token at most.
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_THAI = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_CHINESE_CHARACTERS_A_TOKEN = 2.0
_THAI_CHARACTERS_A_TOKEN = 3.5
# Tokenizers that nobody has tried may do better still.
_CERTAINTY = 0.85
# Nobody's context is smaller; what is counted of a few words is no sign of anything.
_LEAST_CUT = 200


def was_cut(sent: Iterable[str], counted: int) -> bool:
    """Whether so few tokens cannot be the whole of these texts."""
    least = sum(map(least_tokens, sent))
    return least >= _LEAST_CUT and counted < least


def least_tokens(text: str) -> int:
    """Fewer tokens than common tokenizers make of a text; for most languages more than half of what the best make."""
    found = _PIECE.findall(text)
    pieces = len(found) if text.isascii() else sum(map(_least, found))
    return int((pieces + len(_STOP.findall(text))) * _CERTAINTY)


def _least(piece: str) -> float:
    if piece.isascii():
        return 1.0
    chinese, thai = len(_CHINESE.findall(piece)), len(_THAI.findall(piece))
    if chinese + thai:
        return chinese / _CHINESE_CHARACTERS_A_TOKEN + thai / _THAI_CHARACTERS_A_TOKEN
    return _TOKENS_OF_RICH_WORD if _RICH.search(piece) else 1.0
