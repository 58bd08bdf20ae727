"""The day in a dateline, with which a plain text begins: "NORTHBANK, 14 March 2024 — The bridge was shut"."""

import re
from itertools import islice

from agent.coverage.intake.lines import ends_sentence
from agent.coverage.intake.metadata import read_published
from agent.dates import UnreadDate, is_date_line, tells_change

_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w .'’/-]{1,50}?)\s*(?:\([^()]{2,30}\)\s*)?[,،]\s*"
    r"(?P<date>[^—–()]{6,40}?)\s*(?:\([^()]{2,30}\)\s*)?(?:[—–]{1,2}\s*|\s-{1,2}\s+)(?=\w|[\"'“«(])"
)
_MOST_WORDS = 4
_LONGEST_PLACE = 3
# Days that are told from another, where letters do not tell a place by their height.
_RELATIVE = re.compile(r"\b(?:أمس|اليوم|غدا|دیروز|امروز|אתמול|היום)\b")


def date_in_dateline(text: str, language: str | None) -> str | None:
    """The date as it is written at the very beginning of the text, or below its headline; None where there is no
    whole day, and where it may be another than that of publication."""
    lines = (line.strip() for line in text[:2000].splitlines())
    first = list(islice(filter(None, lines), 2))
    for line in first:
        found = _DATELINE.match(line)
        if found is not None:
            return found["date"] if _is_place(found["place"]) and _is_day(found["date"], language) else None
        if ends_sentence(line):
            return None
    return None


def _is_place(words: str) -> bool:
    """In capitals, where letters have them: "On that day, 14 March 2024 – …" is a sentence."""
    if tells_change(words) or is_date_line(f"{words}, 14 March 2024", most_other_words=0):
        return False
    if words.upper() == words.lower():
        return len(words.split()) <= _LONGEST_PLACE and not _RELATIVE.search(words)
    return words.isupper() and len(words.split()) <= _MOST_WORDS


def _is_day(text: str, language: str | None) -> bool:
    try:
        return read_published(text, language).doubt is None
    except UnreadDate:
        return False
