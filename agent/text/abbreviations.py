"""Full stops that end no sentence: those of abbreviations, initials, numbers and list marks."""

import re
from functools import lru_cache
from typing import NamedTuple

from agent.text.folding import fold
from agent.text.lists import listed

_TAIL = re.compile(r"(?:(?P<before>\S{1,40})\s+)?(?P<token>\S{1,40})\s?\.\Z")
_REACH = 90
_QUICK, _LONGEST_PART = 16, 2
_WORD = re.compile(r"[^\W_]+")
_OPENERS = "\"'«»‹›“”„‘’([{"
_ROMAN = re.compile(r"[IVXLC]{1,6}")
_LONGEST_ORDINAL = 3
_BEFORE_DIGITS = frozenset("§$€£¥₺₽₹₪")
_RTL_LETTER = re.compile("[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3]")
# What Arabic writes onto the front of a word: "ود. محمد" is "and Dr Mohammed".
_PROCLITICS = "وفبلك"
_TITLES = "دمأا"
# "No", "how many", "not", "mouth": words, though they look like a title with something on its front.
_WORDS_OF_TWO = frozenset("لا كم لم بم فم".split())


class _Stop(NamedTuple):
    """A full stop: the word at it and the one before, both bare, and what follows."""

    token: str
    before: str
    opens: bool
    following: str

    @property
    def next(self) -> str:
        """The letter, digit or mark that follows, white space and opening marks apart."""
        return self.following.lstrip(f"{_OPENERS} \n\t\u00a0")[:1]

    @property
    def word(self) -> str:
        found = _WORD.search(self.following)
        return found[0] if found else ""


def goes_on(text: str, stop: int, language: str, floor: int = 0) -> bool:
    """Whether a sentence goes on behind a full stop that ends at `stop`; it begins at `floor` or later."""
    if stop <= floor or text[stop - 1] != ".":
        return False
    lists = _lists(language)
    if _ends_with_word(text, stop, lists, floor):
        return False
    start = max(floor, stop - _REACH)
    found = _TAIL.search(text, start, stop)
    following = text[stop : stop + _REACH]
    if found is None or not following.strip():
        return False
    token = found["token"].lstrip(_OPENERS)
    before = (found["before"] or "").strip(_OPENERS)
    opens = not text[start : found.start("token")].strip()
    one = _Stop(token, before, opens, following)
    return bool(token) and (
        _inside(one) or _numbered(one, lists) or _abbreviated(one, lists) or _single_letter(one, lists)
    )


def is_abbreviation(text: str, stop: int, language: str, floor: int = 0) -> bool:
    """Whether the full stop that ends at `stop` belongs to an abbreviation or an initial, which may end a sentence
    all the same ("U.S.")."""
    lists = _lists(language)
    found = None if _ends_with_word(text, stop, lists, floor) else _TAIL.search(text, max(floor, stop - _REACH), stop)
    if found is None:
        return False
    token = found["token"].lstrip(_OPENERS)
    dotted = all(0 < len(piece) <= _LONGEST_PART and piece.isalpha() for piece in token.split("."))
    return token in lists.all or (dotted and ("." in token or token.isupper()))


def _ends_with_word(text: str, stop: int, lists: "_Lists", floor: int) -> bool:
    """A quick look, which is enough for nearly all: a word that is no abbreviation stands before the full stop."""
    tail = text[max(floor, stop - _QUICK) : stop - 1].split()
    word = tail[-1] if tail else ""
    return word.isalpha() and len(word) > _LONGEST_PART and not {word, word.lower()} & lists.all


def is_roman(word: str, *, behind: str) -> bool:
    """Whether a word is a Roman numeral: behind "no", which is a word as well, a single letter is none."""
    return _ROMAN.fullmatch(word) is not None and (len(word) > 1 or behind != "no")


def _inside(stop: _Stop) -> bool:
    """2.5, أ.د, e.g: no white space follows, and a number or a chain of letters goes on."""
    if stop.following[:1].isspace():
        return False
    if stop.following[:1].isdigit():
        return stop.token[-1].isdigit()
    return stop.following[:1].isalpha() and len(stop.token.rpartition(".")[2]) == 1


def _numbered(stop: _Stop, lists: "_Lists") -> bool:
    """A list mark, or an ordinal."""
    if not stop.token.isdigit() or len(stop.token) > _LONGEST_ORDINAL or not stop.following[:1].isspace():
        return False
    return stop.opens or stop.next.islower() or lists.counts or stop.before.casefold() in lists.before_ordinal


def _abbreviated(stop: _Stop, lists: "_Lists") -> bool:
    token, counted = stop.token, stop.before[-1:].isdigit()
    # "в 2016 г." is a year, "г. Москва" a town.
    if (token in lists.before_name and not (counted and token.islower())) or token.lstrip(
        _PROCLITICS
    ) in lists.chains:
        return True
    numbered = stop.next.isdigit() or stop.next in _BEFORE_DIGITS or is_roman(stop.word, behind=token)
    if numbered and (token in lists.before_number or token.lower() in lists.before_number):
        return True
    if token in lists.clock and counted and stop.word in lists.after_clock:
        return True
    dotted = "." in token and all(len(piece) <= _LONGEST_PART for piece in token.split("."))
    # "p. m." is written with a space in Spanish, "z. B." in German.
    spaced = len(token) == 1 and token.isalpha() and len(stop.before) == _LONGEST_PART and stop.before[-1] == "."
    return stop.next.islower() and (dotted or spaced or token in lists.inside)


def _single_letter(stop: _Stop, lists: "_Lists") -> bool:
    """د. · م. · א.: in scripts without capitals a single letter stands for a title, a name or a unit."""
    token = stop.token
    if len(token) == 2 and token not in _WORDS_OF_TWO and token[0] in _PROCLITICS and token[1] in _TITLES:
        token = token[1]
    letters = token.split(".")
    if not all(_RTL_LETTER.fullmatch(letter) for letter in letters) or fold(stop.before) in lists.named_by_letter:
        return False
    if len(letters) > 1 or stop.before[-1:].isdigit():
        # "الساعة 5 م." may end a sentence. The next one then begins with "and", or with a verb of saying.
        return not (stop.word.startswith("و") or fold(stop.word) in lists.opens)
    return True


class _Lists:
    """The abbreviations of one language, and those of all."""

    def __init__(self, language: str) -> None:
        self.before_name = _abbreviations("before_name", language)
        self.chains = frozenset(name for name in self.before_name if "." in name)
        self.before_number = _abbreviations("before_number", language)
        self.inside = _abbreviations("inside", language)
        self.clock = _abbreviations("clock", language)
        self.after_clock = _abbreviations("after_clock", language)
        self.before_ordinal = _abbreviations("before_ordinal", language)
        self.counts = bool(listed("abbreviations", "ordinals", language))
        self.named_by_letter = frozenset(map(fold, listed("abbreviations", "named_by_letter", language)))
        self.opens = frozenset(map(fold, listed("lines", "opens", language)))
        self.all = self.before_name | self.before_number | self.inside | self.clock


@lru_cache(maxsize=32)
def _lists(language: str) -> _Lists:
    return _Lists(language)


def _abbreviations(section: str, language: str) -> frozenset[str]:
    return listed("abbreviations", section, language) | listed("abbreviations", section, "any")
