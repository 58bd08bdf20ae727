"""Which claims a message names by number: in digits, in words, as the last one, as one of those just listed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.analyst.lexical.counting import numeral_at
from agent.analyst.lexical.words import Word
from agent.chat.understanding.questions import Numerals, QuestionForms, asked_languages
from agent.chat.understanding.spelling import is_known
from agent.chat.understanding.words import Cue, MessageWord

# Arabic writes "and" onto the number: ٢ و٥.
NUMBER = re.compile(r"[cو]?(\d{1,4})")
# What joins digits to one figure: of "9,000 passengers" nobody means the ninth claim.
_JOINS_DIGITS = ".,٬٫:/"
_TENS = frozenset(range(20, 100, 10))
_FIRST = 1
_OF_CLAIMS = range(1, 10_000)
# As many words as a number of a claim takes.
_LONGEST = 8
_ARTICLE = "ال"
_THE = frozenset(("the", "la", "le", "l"))


@dataclass
class NamedNumbers:
    """`places` are those of the words that were read as numbers; `last` means the last claim of the report. `bare`
    numbers are ordinals with no word for a claim beside them."""

    numbers: list[int] = field(default_factory=list)
    places: set[int] = field(default_factory=set)
    last: bool = False
    of_listed: bool = False
    bare: bool = False


def numbers_named(
    text: str, words: Sequence[MessageWord], taken: set[int], forms: QuestionForms, *, compares: bool = False
) -> NamedNumbers:
    """`taken` are the words that tell something else. Where claims are compared, "four and six" are claims."""
    found = NamedNumbers()
    at = 0
    while at < len(words):
        length = 0 if at in taken else _numeral(text, words, at, found, forms, compares=compares)
        if length:
            found.places.update(range(at, at + length))
        at += max(1, length)
    for name in ("listed", "last"):
        place = _first_of(forms.small[name], words)
        if place is not None and not taken & set(place):
            found.places.update(place)
            found.of_listed |= name == "listed"
            found.last |= name == "last"
    found.numbers = list(dict.fromkeys(number for number in found.numbers if number))
    return found


def _numeral(
    text: str, words: Sequence[MessageWord], at: int, found: NamedNumbers, forms: QuestionForms, *, compares: bool
) -> int:
    """How many words a number takes that begins here; 0 where none does."""
    digits = NUMBER.fullmatch(words[at].folded)
    if digits is not None:
        if not _stands_alone(text, words[at]) or _counts_things(words, at, forms):
            return 0
        found.numbers.append(int(digits[1]))
        return 1
    number, length = _in_words(words, at, forms.ordinals)
    if number == _FIRST and not _is_ordinal_of_claim(words, at, length, forms):
        return 0
    ordinal = bool(number)
    if not number and (compares or _follows_claim(words, at, found, forms)):
        number, length = _cardinal(words, at, forms)
    if not number:
        return 0
    if ordinal and not _is_claim(words, at - 1, forms) and not _is_claim(words, at + length, forms):
        found.bare = True
    more, further = _further(words, at + length, number, forms)
    found.numbers.append(number + more)
    return length + further


def _further(words: Sequence[MessageWord], at: int, number: int, forms: QuestionForms) -> tuple[int, int]:
    """The other half of a number in two words, "twenty-first", «الحادي والعشرون»; with how many words it takes."""
    if number in _TENS:
        unit, length = _in_words(words, at, forms.ordinals)
        return (unit, length) if 0 < unit < min(_TENS) else (0, 0)
    tens, length = _in_words(words, at, forms.ordinals)
    joined = at < len(words) and words[at].folded.startswith("و")
    return (tens, length) if tens in _TENS and joined else (0, 0)


def _counts_things(words: Sequence[MessageWord], at: int, forms: QuestionForms) -> bool:
    """Whether a bare number stands before the name of a thing: "the 14 injured"."""
    if words[at].folded.startswith("c") or _is_claim(words, at - 1, forms) or at + 1 >= len(words):
        return False
    after = words[at + 1]
    joined = after.folded.startswith("و")
    return not (joined or is_known(after) or any(map(str.isdigit, after.folded)))


def _stands_alone(text: str, word: MessageWord) -> bool:
    before, after = text[max(0, word.start - 2) : word.start], text[word.end : word.end + 2]
    joined_before = len(before) == 2 and before[0].isdigit() and before[1] in _JOINS_DIGITS
    joined_after = len(after) == 2 and after[0] in _JOINS_DIGITS and after[1].isdigit()
    return not joined_before and not joined_after


def _in_words(words: Sequence[MessageWord], at: int, numerals: Numerals) -> tuple[int, int]:
    """The number that begins here, the one of most words; with how many it takes."""
    best = (0, 0)
    first = words[at].forms if at < len(words) else ()
    for number, cues in numerals.items():
        for cue in cues:
            if cue[0] in first and len(cue) > best[1] and _stands_at(cue, words, at):
                best = (number, len(cue))
    return best


def _cardinal(words: Sequence[MessageWord], at: int, forms: QuestionForms) -> tuple[int, int]:
    """As in an article, in whichever language takes most words to one number; 0 for what counts no claims."""
    spoken = _in_words(words, at, forms.cardinals)
    if spoken[0]:
        return spoken
    ahead = [Word(one.folded, one.folded, one.start, one.end) for one in words[at : at + _LONGEST]]
    read = [found for language in asked_languages() if (found := numeral_at(ahead, 0, language)) is not None]
    longest = max(read, key=lambda found: found.end, default=None)
    if longest is None or longest.value not in _OF_CLAIMS:
        return 0, 0
    return int(longest.value), longest.end


def _is_ordinal_of_claim(words: Sequence[MessageWord], at: int, length: int, forms: QuestionForms) -> bool:
    """Whether "first" counts claims: "the first", "first claim", and not "who reported it first"."""
    word, after = words[at].folded, words[at + length : at + length + 2]
    if word.removeprefix("و").removeprefix("لل").startswith(_ARTICLE) or word.startswith("لل"):
        return True
    before = words[at - 1].folded if at else ""
    names_claim = any(_stands_at(cue, after, 0) for cue in (*forms.small["claim"], *forms.small["listed"]))
    return names_claim or before in _THE or _is_claim(words, at - 1, forms)


def _follows_claim(words: Sequence[MessageWord], at: int, found: NamedNumbers, forms: QuestionForms) -> bool:
    """Whether a word for a claim stands in front, or a number of one with a small word between."""
    return _is_claim(words, at - 1, forms) or (at - 2 in found.places and at - 1 not in found.places)


def _is_claim(words: Sequence[MessageWord], at: int, forms: QuestionForms) -> bool:
    return at >= 0 and any(
        _stands_at(cue, words, at) for cue in forms.small["claim"] if cue not in forms.small["pronoun"]
    )


def _first_of(cues: Sequence[Cue], words: Sequence[MessageWord]) -> range | None:
    for at in range(len(words)):
        for cue in sorted(cues, key=len, reverse=True):
            if _stands_at(cue, words, at):
                return range(at, at + len(cue))
    return None


def _stands_at(cue: Cue, words: Sequence[MessageWord], at: int) -> bool:
    return at + len(cue) <= len(words) and all(words[at + n].is_(part) for n, part in enumerate(cue))
