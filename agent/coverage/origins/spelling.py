"""One outlet's name in two scripts: "Alize Presse" and "أليزيه برس" have their consonants in common.

This holds names beside each other that are credited; it is no proof of anything else, for two names may well share
their consonants by chance.
"""

import re
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from agent.coverage.origins.agencies import bare_name

# Fewer are shared by chance: لو and لي are anybody's.
_FEWEST_CONSONANTS = 3
_ARABIC = re.compile("[\u0600-\u06ff]")
# Persian letters that Arabic does not have are written with the nearest one.
_ARABIC_LETTERS = str.maketrans({"گ": "ك", "چ": "ج", "پ": "ب", "ژ": "ز", "ڤ": "ف", "ڭ": "ك"})
_ARABIC_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("اويءعة", ""),
        **dict.fromkeys("بپ", "b"),
        **dict.fromkeys("تط", "t"),
        **dict.fromkeys("دض", "d"),
        **dict.fromkeys("سصزظذثژ", "s"),
        **dict.fromkeys("جغگ", "g"),
        **dict.fromkeys("حهخ", "h"),
        **dict.fromkeys("فڤ", "f"),
        **dict.fromkeys("قك", "k"),
        "ش": "x",
        "چ": "x",
        "ر": "r",
        "ل": "l",
        "م": "m",
        "ن": "n",
    }
)
_ARABIC_VOWELS = str.maketrans({"ا": "a", "ع": "a", "ة": "a", "و": "o", "ي": "i"})
_LATIN_PAIRS = (
    (re.compile(r"-e\b"), ""),
    (re.compile(r"sch|sh|ş"), "x"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"c(?=[eiy])"), "s"),
)
# These are written in Arabic now so and now so.
_EITHER_WAY = (
    (re.compile("ch"), ("x", "k")),
    (re.compile("th"), ("t", "s")),
    (re.compile("dg(?=e)"), ("dg", "g")),
    # "Vadi" is وادي, and Valerie فاليري.
    (re.compile("v"), ("v", "w")),
)
_LATIN_ARTICLE = re.compile(r"\b(?:al|el|ar|as|ash|an|at|az|ad)[-' ](?=\w)")
_LATIN_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("aeiouyw", ""),
        **dict.fromkeys("bp", "b"),
        **dict.fromkeys("zs", "s"),
        **dict.fromkeys("gj", "g"),
        **dict.fromkeys("fv", "f"),
        **dict.fromkeys("ckq", "k"),
        "x": "x",
    }
)
_DOUBLED = re.compile(r"(\w)\1+")
_ARTICLE = re.compile(r"\bال(?=\w{2})")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")
_LAST_H = re.compile(r"ه\b")


def is_arabic(name: str) -> bool:
    """Whether a name is written in Arabic letters."""
    return _ARABIC.search(name) is not None


def sound_alike(one: str, other: str) -> bool:
    """Whether two outlets' names are one in two scripts, in two spellings of the Arabic one, or one and its host."""
    if "." in one + other and _host_label(one) == _host_label(other):
        return True
    if is_arabic(one) == is_arabic(other):
        return is_arabic(one) and _spelled(one) == _spelled(other)
    common = _sounds(one) & _sounds(other)
    return any(len(sounds) >= _FEWEST_CONSONANTS for sounds in common)


def closeness(one: str, other: str) -> float:
    """How alike two names are that share their consonants: by their vowels too, from 0 to 100."""
    return ratio(_letters(one), _letters(other))


def _letters(name: str) -> str:
    text = bare_name(name)
    if is_arabic(text):
        text = _LAST_H.sub("a", _ARTICLE.sub("al", text)).translate(_ARABIC_VOWELS).translate(_ARABIC_SOUNDS)
    return re.sub(r"[\W\d_]+", "", text)


def _host_label(name: str) -> str:
    """What stands for an outlet in the name of its host, and its name written as one word: "lequai"."""
    text = bare_name(name)
    host = _HOST.fullmatch(text)
    return re.sub(r"[\W_]+", "", max(text.split(".")[:-1], key=len) if host else text)


def _spelled(name: str) -> str:
    return bare_name(name).translate(_ARABIC_LETTERS)


@lru_cache(maxsize=1 << 12)
def _sounds(name: str) -> frozenset[str]:
    """The consonants of a name, with those that are written in several ways in each of them."""
    text = bare_name(name)
    if is_arabic(text):
        forms = {_LAST_H.sub("", form).translate(_ARABIC_SOUNDS) for form in (text, _ARTICLE.sub("", text))}
    else:
        forms = {text, _LATIN_ARTICLE.sub("", text)}
        for pattern, ways in _EITHER_WAY:
            forms = {pattern.sub(way, form) for form in forms for way in ways}
        forms = {_latin_sounds(form) for form in forms}
    return frozenset(_DOUBLED.sub(r"\1", re.sub(r"[\W\d_]+", "", form)) for form in forms)


def _latin_sounds(text: str) -> str:
    for pattern, sound in _LATIN_PAIRS:
        text = pattern.sub(sound, text)
    return text.translate(_LATIN_SOUNDS)
