"""Words brought to what they share with their relatives, and how much each of them tells."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from agent.analyst.lexical.frequency import is_counted, zipf
from agent.analyst.lexical.resources import Table
from agent.analyst.lexical.words import Word

_SNOWBALL = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "nb": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_ELIDING = frozenset(("ca", "fr", "it"))
_FEMININE = re.compile("ees?$")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|lorsqu|puisqu|dell|nell|all|dall|sull|un)['’](?=\w)", re.IGNORECASE)
# wordfreq splits these by dictionaries that are not here.
_UNSPACED = frozenset(("zh", "ja", "ko", "th", "km", "lo", "my"))
_UNKNOWN_ZIPF = 2.0
_UNCOUNTED_ZIPF = 4.0
_PROCLITICS = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال", "وب", "ول", "فل", "فب")
_COMMON = 4.0
# Without an article these may belong to the word: "ولاية", "فلسطين".
_UNSURE = frozenset(("وب", "ول", "فل", "فب"))
_TO_THE = ("ولل", "فلل", "لل")
_PRONOUNS = ("كما", "هما", "ها", "هم", "هن", "كم", "نا")
_ENDINGS = ("يات", "يون", "يين", "ات", "ون", "ين", "ان", "وا", "يه", "يا", "ته", "ه", "ي", "ت", "ا")
_SHORTEST_FUTURE = 5
_SHORTEST_STEM = 3
_SHORTEST_ROOT = 3


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


@lru_cache(maxsize=1 << 15)
def stem(folded: str, language: str) -> str:
    """The word without what grammar put around it."""
    if language == "ar":
        return _arabic_stem(folded)
    if language == "en" and folded in _irregular():
        return _irregular()[folded]
    stemmer = _snowball(language)
    if language == "fr":
        # Without its accent the ending of a participle is one that the stemmer does not know: "blessées".
        folded = _FEMININE.sub("e", folded)
    return stemmer.stemWord(folded) if stemmer else folded


@lru_cache(maxsize=1 << 15)
def root(stemmed: str, language: str) -> str:
    """What an Arabic stem shares with its verb and noun forms; elsewhere the stem."""
    if language != "ar":
        return stemmed
    bare = stemmed
    if bare.startswith("ان") and len(bare) >= 5:
        bare = bare[2:]
    elif bare[:1] in "يتنام" and len(bare) >= 4:
        bare = bare[1:]
    inner = bare[0] + "".join(c for c in bare[1:-1] if c not in "اوي") + bare[-1] if len(bare) > 2 else bare
    return inner if len(inner) >= _SHORTEST_ROOT else bare


@lru_cache(maxsize=1 << 15)
def rarity(folded: str, language: str) -> float:
    """How much a word tells, 0.2 (everyday) to 1.5 (rare)."""
    return min(1.5, max(0.2, (7.0 - _zipf(folded, language)) / 3.0))


def _zipf(folded: str, language: str) -> float:
    if language in _UNSPACED or not folded.isalpha():
        return _UNKNOWN_ZIPF
    if not is_counted(language):
        return _UNCOUNTED_ZIPF
    found = zipf(folded, language)
    if not found and language == "ar":
        found = zipf(_arabic_stem(folded), "ar")
    return found or _UNKNOWN_ZIPF


def without_and(word: Word) -> Word:
    """An Arabic word without "and" written onto it, where the rest is the commoner word: "وعادت", not "وصلت"."""
    if word.folded[:1] != "و" or word.text[:1] != "و" or len(word.folded) < 3:
        return word
    rest = word.folded[1:]
    if not rest.startswith("ال") and zipf(rest, "ar") <= zipf(word.folded, "ar"):
        return word
    return replace(word, text=word.text[1:], folded=rest, start=word.start + 1)


def without_elision(word: Word, language: str) -> Word:
    """A French, Catalan or Italian word without the article or pronoun written onto it: "l'eau", "qu'elle"."""
    if language not in _ELIDING or word.mark:
        return word
    return replace(word, folded=_ELIDED.sub("", word.folded), text=_ELIDED.sub("", word.text))


@lru_cache(maxsize=8)
def _snowball(language: str) -> _Stemmer | None:
    import Stemmer  # type: ignore[import-not-found]  # ships no types

    name = _SNOWBALL.get(language)
    stemmer: _Stemmer | None = Stemmer.Stemmer(name) if name else None
    return stemmer


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    return dict(pair.split("=") for pair in Table("stance.en.toml").words("irregular"))


def _arabic_stem(word: str) -> str:
    bare = _without_ending(_without_beginning(word), _PRONOUNS)
    return _without_ending(bare, _ENDINGS)


def _without_beginning(word: str) -> str:
    for prefix in _PROCLITICS:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM:
            rest = word[len(prefix) :]
            if prefix in _UNSURE and zipf(word, "ar") >= min(_COMMON, zipf(rest, "ar")):
                continue
            # "To the committee" drops the article's letters, not the word's: "للجنة".
            own = prefix in _TO_THE and zipf(f"ل{rest}", "ar") > zipf(rest, "ar")
            return f"ل{rest}" if own else rest
    rest = _without_letter(word, "وف")
    if rest[:1] == "س" and rest[1:2] in tuple("يتنا") and len(rest) >= _SHORTEST_FUTURE:
        return rest[1:]
    return _without_letter(rest, "بلك")


def _without_letter(word: str, letters: str) -> str:
    """Without a letter that stands for "and", "so", "by", "for" or "as", where the rest is the commoner word."""
    if word[:1] not in tuple(letters) or len(word) <= _SHORTEST_STEM:
        return word
    rest = word[1:]
    if zipf(rest, "ar") > zipf(word, "ar"):
        return rest
    # A pronoun at the end makes both rare: "and told him".
    bare = _without_ending(rest, (*_PRONOUNS, "ه"))
    known = bare != rest and zipf(bare, "ar") > 0
    return rest if known and not zipf(word, "ar") else word


def _without_ending(word: str, endings: tuple[str, ...]) -> str:
    fitting = (e for e in endings if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM)
    return word.removesuffix(next(fitting, ""))
