"""Names by their sound, so that a name is one in two scripts: "Farazrud" and «فرازرود» are both "frsrd".

Consonants alone are left, those that another script hardly tells apart as one. Two names may share theirs by chance:
it takes a rare one, or one that an article repeats, to tell something.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from agent.coverage.index.rarity import look_up
from agent.text import fold

# "la" and «لو» are anybody's.
_FEWEST_CONSONANTS = 3
_SHORTEST = 3
# Words of a script without capitals may be names when they are in hardly any list of words.
_LEAST_RARITY = 0.75
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‘-][^\W\d_]+)*")
_PARTS = re.compile("['’ʼ‘-]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_BEFORE_ARABIC = tuple("وال بال فال كال لل ولل ال وب ول و ف ب ل ك".split())
_SPELLED = (
    (re.compile("x"), "ks"),
    (re.compile("sch|sh|ch|[şçšč]"), "x"),
    (re.compile("gh|ğ"), "g"),
    (re.compile("kh"), "ḥ"),
    (re.compile("ph"), "f"),
    (re.compile("dh|th"), "s"),
    (re.compile("c(?=[eiyéèêí])"), "s"),
)
_SOUNDS = {
    letter: sound
    for sound, letters in {
        "b": "bpبپбп",
        "t": "tتطт",
        "d": "dدضд",
        "s": "szسصزظذثژсзжц",
        "x": "xشچшщч",
        "g": "gjجغگг",
        "h": "ḥحخх",
        "f": "fvفڤфв",
        "k": "ckqقكکк",
        "r": "rرр",
        "l": "lلл",
        "m": "mمм",
        "n": "nنн",
    }.items()
    for letter in letters
}
_DOUBLED = re.compile(r"(\w)\1+")


def names_in(text: str) -> Counter[str]:
    """How often each word that may be a name stands in a text, by its consonants."""
    return Counter(sound for word in _WORD.findall(text) for sound in _sounds(word))


def spelled_names(text: str) -> dict[str, str]:
    """The words of a text that may be names, by their consonants: each as it stands first."""
    spelled: dict[str, str] = {}
    for word in _WORD.findall(text):
        for sound in _sounds(word):
            spelled.setdefault(sound, word)
    return spelled


@lru_cache(maxsize=1 << 16)
def _sounds(word: str) -> frozenset[str]:
    if not _may_be_name(word):
        return frozenset()
    sounds = {_consonants(form) for form in _forms(word) if _is_rare(form)}
    return frozenset(sound for sound in sounds if len(sound) >= _FEWEST_CONSONANTS)


def _may_be_name(word: str) -> bool:
    """By a capital, in scripts that have them."""
    return any(part[:1].isupper() or not part[:1].islower() for part in _PARTS.split(word))


def _forms(word: str) -> Iterator[str]:
    """A word, its parts, and what is left without the small words that Arabic writes in one with it."""
    yield word
    if _ARABIC.search(word):
        yield from (word.removeprefix(one) for one in _BEFORE_ARABIC if word.startswith(one))
    else:
        yield from (part for part in _PARTS.split(word) if part != word)


def _is_rare(form: str) -> bool:
    folded = fold(form)
    return len(folded) >= _SHORTEST and look_up(folded).rarity >= _LEAST_RARITY


def _consonants(form: str) -> str:
    text = unicodedata.normalize("NFC", form).lower()
    for spelled, sound in _SPELLED:
        text = spelled.sub(sound, text)
    bare = unicodedata.normalize("NFD", text.replace("ḥ", "خ"))
    return _DOUBLED.sub(r"\1", "".join(_SOUNDS.get(letter, "") for letter in bare))
