"""Words by which a text denies: how many stand in it, and whether one stands beside a stretch of it."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from agent.models import Span
from agent.text import fold

_WORD = re.compile("[\\w\u0610-\u061a\u064b-\u065f\u0670]+(?:[\u200c'’][\\w]+)*")
# Folding has made every apostrophe of these a quotation mark.
_FOLDED_WORD = re.compile(r'[\w"]+')
_ANY = "…"
_CONTRACTED = 'n"t'
# So many words may stand between a denying word and what it denies: the subject of a verb, and next to nothing.
_BETWEEN_VERB, _BETWEEN_PARTICLE = 6, 1
_LONGEST = 400
_FOR_ALL = ("en", "ar", "fa", "fr", "de", "es", "tr", "ru")
_PROCLITICS = ("و", "ف", "ب")


@dataclass(frozen=True, slots=True)
class _Denying:
    """Words in folded form; `beginnings` are those of words that deny however they go on."""

    words: frozenset[str]
    beginnings: tuple[str, ...]

    def holds(self, folded: str) -> bool:
        return folded in self.words or folded.startswith(self.beginnings)


def count_negations(text: str) -> int:
    """How many words of a text deny something, in any of the languages that are listed at first."""
    return sum(_denies(word.strip('"')) for word in _FOLDED_WORD.findall(fold(text)))


def negations_of(text: str, language: str) -> int:
    """How many words of a text deny something in its language. 0 for a language without a list."""
    listed = _listed().get(language)
    if listed is None:
        return 0
    folded = fold(text)
    words = _words_of(language)
    standing = sum(words.holds(word.strip('"')) for word in _FOLDED_WORD.findall(folded))
    return standing + sum(folded.count(fold(part)) for part in listed.get("inside", "").split())


def denial_beside(text: str, span: Span, around: Span) -> Span:
    """The stretch, widened to the word that denies it: the last one before it, else the first one behind it, within
    `around` and not far off. The stretch itself where there is none such."""
    before = text[max(around.start, span.start - _LONGEST) : span.start]
    start = span.start - len(before)
    for distance, found in enumerate(reversed(list(_WORD.finditer(before)))):
        if _reaches(fold(found[0]), distance):
            return Span(start=start + found.start(), end=span.end)
    behind = text[span.end : min(around.end, span.end + _LONGEST)]
    for distance, found in enumerate(_WORD.finditer(behind)):
        if _reaches(fold(found[0]), distance):
            return Span(start=span.start, end=span.end + found.end())
    return span


def _reaches(folded: str, distance: int) -> bool:
    verbs = _lexicon("verbs")
    if verbs.holds(folded) or (folded.startswith(_PROCLITICS) and verbs.holds(folded[1:])):
        return distance <= _BETWEEN_VERB
    return _denies(folded) and distance <= _BETWEEN_PARTICLE


def _denies(folded: str) -> bool:
    """Also with what Arabic writes onto its front: ولم, بلا."""
    return _is_denial(folded) or (folded.startswith(_PROCLITICS) and _is_denial(folded[1:]))


def _is_denial(folded: str) -> bool:
    return folded.endswith(_CONTRACTED) or _lexicon("verbs").holds(folded) or _lexicon("particles").holds(folded)


@lru_cache(maxsize=1)
def _listed() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("agent.text") / "negations.toml").read_text("utf-8"))


@lru_cache(maxsize=2)
def _lexicon(kind: str) -> _Denying:
    """Of the languages whose words are no others in one of the rest."""
    return _denying([word for name in _FOR_ALL for word in _listed()[name][kind].split()])


@lru_cache(maxsize=32)
def _words_of(language: str) -> _Denying:
    return _denying([word for kind in ("particles", "verbs") for word in _listed()[language][kind].split()])


def _denying(listed: Sequence[str]) -> _Denying:
    return _Denying(
        words=frozenset(fold(word) for word in listed if not word.endswith(_ANY)),
        beginnings=tuple(fold(word.removesuffix(_ANY)) for word in listed if word.endswith(_ANY)),
    )
