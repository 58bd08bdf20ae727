"""Lines that stand alone and state nothing: a dateline, a by-line, a heading without a verb."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from agent.analyst.lexical.clauses.verbs import first_finite, is_in, is_participle
from agent.analyst.lexical.days import days_named
from agent.analyst.lexical.resources import load_speech
from agent.analyst.lexical.words import Word, words
from agent.models import Span
from agent.text.lines import CLOSERS, TERMINAL

_LONGEST_DATELINE, _LONGEST_BYLINE, _LONGEST_HEADING, _LONGEST_ARABIC_HEADING = 12, 7, 6, 3
_BYLINES = frozenset(("by", "بقلم", "كتب", "كتبت", "اعداد", "تحرير", "par", "por", "نویسنده"))


# So many characters around a line tell whether it stands alone.
_NEAR = 12
_LONGEST_CREDIT, _SHORTEST_CAPITALS = 8, 3
_DATELINE = re.compile(r"(?P<place>[^\n.!?؟:–—]{2,90}?)\s?(?P<ends>[–—]|\s-|:|ـ)\s+")


def states_nothing(text: str, span: Span, found: Sequence[Word], language: str) -> bool:
    """Whether a line without a full stop, beside others, is a heading, a by-line or a dateline."""
    if not _stands_alone(text, span):
        return False
    told = [replace(word, text=word.text.lower()) for word in found if not word.mark]
    if not told:
        return False
    if told[0].folded in _BYLINES and 1 < len(told) <= _LONGEST_BYLINE and _names(found):
        return True
    if _has_verb(told, language):
        return False
    if len(told) <= _LONGEST_DATELINE and days_named(told, language):
        return any(word.text.isdecimal() for word in told)
    counts = any(word.text[:1].isdigit() or is_in(word, "numbers") for word in told)
    longest = {"en": _LONGEST_HEADING, "ar": _LONGEST_ARABIC_HEADING}.get(language, 0)
    return len(told) <= longest and not counts and not (language == "ar" and _places(told))


def dateline_length(text: str, span: Span, language: str) -> int:
    """The length of "BRINDLE, 4 March (Harbour Press) —" in front of a sentence; 0 where none stands there."""
    found = _DATELINE.match(text, span.start, span.end) if _opens_line(text, span) else None
    if found is None or found.end() >= span.end:
        return 0
    told = [word for word in words(found["place"]) if not word.mark]
    if not told:
        return 0
    dated = bool(days_named(told, language)) and any(word.text.isdecimal() for word in told)
    place = found["ends"] != ":" and told[0].text.isupper() and len(told[0].text) >= _SHORTEST_CAPITALS
    credited = found["ends"] != ":" and found["place"].rstrip().endswith(")") and len(told) <= _LONGEST_CREDIT
    is_one = len(told) <= _LONGEST_DATELINE and (dated or place or credited)
    return found.end() - span.start if is_one and not _has_verb(told, language) else 0


def _stands_alone(text: str, span: Span) -> bool:
    if text[span.end - 1] in TERMINAL + CLOSERS or not _opens_line(text, span):
        return False
    after = text[span.end : span.end + _NEAR]
    return after.lstrip(" \t")[:1] in ("", "\n") and (span.start > _NEAR or bool(after.strip()))


def _opens_line(text: str, span: Span) -> bool:
    return text[max(0, span.start - _NEAR) : span.start].rstrip(" \t")[-1:] in ("", "\n")


def _names(found: Sequence[Word]) -> bool:
    """Whether what follows can be a name: capitals where there are any, and nobody's report."""
    rest = [word for word in found[1:] if not word.mark]
    that = load_speech("ar").lists["that"]
    return all(not word.text[:1].islower() or word.folded in ("and", "et", "y", "de") for word in rest) and not any(
        word.folded in that for word in rest
    )


def _has_verb(told: Sequence[Word], language: str) -> bool:
    if language == "ar":
        return any(word.folded in load_speech("ar").verbs for word in told)
    if first_finite(told, 0, len(told)) is not None or any(map(is_participle, told)):
        return True
    # A verb that no list has: "ferry capsizes off Brindle".
    pairs = pairwise(told[1:])
    return any(word.folded.endswith("s") and _opens_object(after) for word, after in pairs)


def _opens_object(word: Word) -> bool:
    return is_in(word, "prepositions") or is_in(word, "determiners") or word.text[:1].isdigit()


def _places(told: Sequence[Word]) -> bool:
    """ "قتلى في انفجار" states something without a verb."""
    return any(word.folded in load_speech("ar").lists["prepositions"] for word in told)
