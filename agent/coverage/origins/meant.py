"""Whether words that are an outlet's name are meant as one: "The Times", and not "the Times Square Alliance"."""

import re
from functools import lru_cache

from agent.coverage.origins.agencies import houses, sign_of
from agent.models import Frozen
from agent.text.folding import FoldedText, fold

_BEFORE = 40
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[\s\"“„«‘']*\Z")
# "Daily" with its capital is of a name.
_OF_NAMES = frozenset(("daily", "weekly", "magazine", "journal"))


class NameWords(Frozen):
    """What tells a name from other words, as regular expressions over folded text. `goes_on` follows what is the
    beginning of another name. `houses` stand before names. A name of one word in letters without capitals is one
    where it stands in quotes, or behind `houses`, `printing` or a verb in the `feminine` that no other noun asks
    for."""

    goes_on: str
    houses: str
    printing: str
    feminine: str


def is_meant(match: re.Match[str], view: FoldedText, words: NameWords, *, small: bool) -> bool:
    """Whether the name in the last group of a match in a folded text is one. `small`: it is written without
    capitals."""
    start, end = _place_of_name(match)
    name, span = view.text[start:end], view.span(start, end)
    written = view.original[span.start : span.end]
    if re.match(words.goes_on, view.text[end : end + _BEFORE]):
        return False
    if name in _marks():
        return sign_of(written) is not None
    if sign_of(name) is not None:
        return True
    if written.lower() != written.upper():
        return (small or _has_capital(written)) and not _goes_before(match, view, words)
    return " " in name or houses().family_of(name, None) is not None or _is_called(match, view, words)


def _place_of_name(match: re.Match[str]) -> tuple[int, int]:
    return match.span(match.lastindex or 0)


def _has_capital(written: str) -> bool:
    """Whether the longest of its words has one, or the last one of such: "The Sun"."""
    return max(reversed(re.findall(r"[^\W\d_]+", written)), key=len, default="")[:1].isupper()


def _goes_before(match: re.Match[str], view: FoldedText, words: NameWords) -> bool:
    """Whether a name of one word is only the last one of a longer name: "the Irish Times"."""
    start, end = _place_of_name(match)
    if " " in view.text[start:end]:
        return False
    at = view.span(start, end).start
    found = _WORD_BEFORE.search(view.original[max(at - _BEFORE, 0) : at])
    if found is None or not found[1][0].isupper():
        return False
    word = fold(found[1])
    return word in _OF_NAMES or (start == match.start() and re.fullmatch(words.houses, word) is None)


def _is_called(match: re.Match[str], view: FoldedText, words: NameWords) -> bool:
    start, end = _place_of_name(match)
    told, before = view.text[match.start() : start], view.text[max(start - _BEFORE, 0) : start]
    if before.endswith("ل"):
        # "للاتحاد الوطني" is of a longer name.
        return not view.text[end:].startswith(" ال")
    if before.endswith('"') or is_called(before, words):
        return True
    is_feminine = not view.text[start:end].endswith("ه") and re.search(words.feminine, told) is not None
    return is_feminine or re.search(words.printing, told) is not None


def is_called(before: str, words: NameWords) -> bool:
    """Whether what stands before a name says that it is an outlet's: "صحيفة"."""
    return re.search(rf"(?<!\w)[ول]?{words.houses} \"?\Z", before) is not None


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    """Names that are words in other letters: "AP", "SANA"."""
    known = houses().agencies
    names = {fold(name) for agency in known for name in agency.names}
    return frozenset(fold(mark) for agency in known for mark in agency.marks) - names
