"""Lines that stand alone and state nothing: a dateline, a by-line, a heading without a verb."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from agent.analyst.lexical.clauses.arabic import is_preposition, tells_event
from agent.analyst.lexical.clauses.verbs import first_finite, is_in, is_participle
from agent.analyst.lexical.days import days_named
from agent.analyst.lexical.resources import load_speech
from agent.analyst.lexical.words import Word, words
from agent.dates.opening import begins_sentence, opening_of
from agent.models import Span
from agent.text.lines import CLOSERS, TERMINAL

_LONGEST_DATELINE, _LONGEST_BYLINE, _LONGEST_HEADING, _LONGEST_ARABIC_HEADING = 12, 7, 6, 3
_BYLINES = frozenset(("by", "بقلم", "كتب", "كتبت", "اعداد", "تحرير", "par", "por", "نویسنده"))


# So many characters around a line tell whether it stands alone.
_NEAR = 12
_LONGEST_CREDIT, _SHORTEST_CAPITALS = 8, 3
# Behind the outlet, or behind the day: "Linden – Harbour Press, 4 March:".
_DATELINE_ENDS = re.compile(r"\s?(?:[–—]|\s-|:|ـ)\s+")
_SENTENCE_END = re.compile(r"[\n.!?؟:]")
_LONGEST_IN_LETTERS = 95
_LONGEST_PLACE = 3
# What is said in quotation marks, with two words behind it at least: they name another than the words before it.
_QUOTED_THEN_TOLD = re.compile(r"""["“„«‹][^"“”„«»‹›\n]+["”“»›][\s,،.]*\w+\s+\w""")


def states_nothing(text: str, span: Span, found: Sequence[Word], language: str) -> bool:
    """Whether a line without a full stop, beside others, is a heading, a by-line or a dateline."""
    if not _stands_alone(text, span):
        return False
    lines = [replace(word, text=word.text.lower()) for word in found if not word.mark]
    if not lines:
        return False
    if lines[0].folded in _BYLINES and 1 < len(lines) <= _LONGEST_BYLINE and _names(found):
        return True
    if _has_verb(lines, language):
        return False
    if len(lines) <= _LONGEST_DATELINE and days_named(lines, language):
        return any(word.text.isdecimal() for word in lines)
    counts = any(word.text[:1].isdigit() or is_in(word, "numbers") for word in lines)
    longest = {"en": _LONGEST_HEADING, "ar": _LONGEST_ARABIC_HEADING}.get(language, 0)
    return len(lines) <= longest and not counts and not (language == "ar" and _places(lines))


def dateline_length(text: str, span: Span, language: str) -> int:
    """The length of "BRINDLE, 4 March (Harbour Press) —" in front of a sentence; 0 where none stands there."""
    if not _opens_line(text, span):
        return 0
    if opening := opening_of(text, language, span.start, span.end):
        return opening.end - span.start
    for ends in islice(_DATELINE_ENDS.finditer(text, span.start, min(span.end, span.start + _LONGEST_IN_LETTERS)), 2):
        told = text[span.start : ends.start()]
        is_one = ends.end() < span.end and (
            _is_dateline(told, ends[0].strip(), language)
            or _is_before_quote(told, text[ends.end() : span.end], ends[0].strip(), language)
        )
        if is_one and not _goes_on(told, ends, text[ends.end() : span.end], language):
            return ends.end() - span.start
    return 0


def _is_dateline(told: str, ends: str, language: str) -> bool:
    value = [word for word in words(told) if not word.mark]
    if not value or _SENTENCE_END.search(told):
        return False
    dated = bool(days_named(value, language)) and any(word.text.isdecimal() for word in value)
    place = ends != ":" and value[0].text.isupper() and len(value[0].text) >= _SHORTEST_CAPITALS
    credited = ends != ":" and told.rstrip().endswith(")") and len(value) <= _LONGEST_CREDIT
    is_one = len(value) <= _LONGEST_DATELINE and (dated or place or credited)
    return is_one and not _has_verb(value, language)


def _is_before_quote(told: str, behind: str, ends: str, language: str) -> bool:
    """Whether a place stands before what somebody else says: "Brindle – “We are closed,” said the minister"."""
    value = [word for word in words(told) if not word.mark]
    if ends == ":" or not 0 < len(value) <= _LONGEST_PLACE or not all(_may_be_name(word) for word in value):
        return False
    return _QUOTED_THEN_TOLD.match(behind) is not None and not _has_verb(value, language)


def _may_be_name(word: Word) -> bool:
    return not (word.text[:1].islower() or word.text[:1].isdigit())


def _goes_on(told: str, ends: re.Match[str], behind: str, language: str) -> bool:
    """Whether what stands in front is the beginning of the sentence: "NATO – an alliance – met", "By 4 March: 17
    died"."""
    pieces = list(filter(None, map(words, _DATELINE_ENDS.split(told))))
    if any(_opens_when(piece[0], language) for piece in pieces):
        return True
    if language == "ar" and any(map(tells_event, pieces)):
        return True
    if ":" in ends[0]:
        return False
    # Of two dashes the second closes what the first one opened, unless a day stands between.
    is_between = len(pieces) > 1 and not days_named(pieces[-1], language)
    return is_between or not begins_sentence(behind, 0, len(behind))


def _opens_when(word: Word, language: str) -> bool:
    if language == "ar":
        return word.folded in load_speech("ar").lists["prepositions"] or is_preposition(word)
    return is_in(word, "prepositions")


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


def _has_verb(value: Sequence[Word], language: str) -> bool:
    if language == "ar":
        return any(word.folded in load_speech("ar").verbs for word in value)
    if first_finite(value, 0, len(value)) is not None or any(map(is_participle, value)):
        return True
    # A verb that no list has: "ferry capsizes off Brindle".
    pairs = pairwise(value[1:])
    return any(word.folded.endswith("s") and _opens_object(after) for word, after in pairs)


def _opens_object(word: Word) -> bool:
    return is_in(word, "prepositions") or is_in(word, "determiners") or word.text[:1].isdigit()


def _places(value: Sequence[Word]) -> bool:
    """ "قتلى في انفجار" states something without a verb."""
    return any(word.folded in load_speech("ar").lists["prepositions"] for word in value)
