"""Whom a report credits: the agencies in its by-line, its dateline, and its closing signature.

A mention is no credit: "Reuters reporters were attacked" and "told Reuters" leave the report its own outlet's.
A text that credits an agency falsely weakens itself alone.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from agent.coverage.origins.agencies import folded_name, houses, sign_key, sign_of
from agent.models import ANY_AGENCY, Article, Document

_HEAD_LINES, _HEAD_CHARACTERS = 3, 240
_TAIL_LINES, _TAIL_CHARACTERS = 2, 160
_AUTHOR_PARTS = re.compile(r"\s*(?:[,،;/|+&()•·]|\s[-–—]\s|\band\b|\bfor\b|\bby\b|\bمع\b)\s*", re.IGNORECASE)
_STAFF = re.compile(r"^(?:از|بقلم|كتب)\s+|\s+(?:staff|writers?|reporters?|correspondents?|newsroom)$", re.IGNORECASE)


class _Patterns(NamedTuple):
    signature: re.Pattern[str]
    head: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]


def credited(told: Document | Article) -> frozenset[str]:
    """The ids of the agencies that a report credits; `ANY_AGENCY` when it credits agencies and names none."""
    return _credited(told.author or "", told.text[:_HEAD_CHARACTERS], told.text[-_TAIL_CHARACTERS:])


@lru_cache(maxsize=4096)
def _credited(author: str, opening: str, closing: str) -> frozenset[str]:
    head = _prepared([line for line in opening.splitlines() if line.strip()][:_HEAD_LINES])
    tail = _prepared([line for line in closing.splitlines() if line.strip()][-_TAIL_LINES:])
    patterns = _patterns()
    found = set(_in_author(author))
    for part, expected in ((head, patterns.head), (tail, patterns.tail)):
        for match in (match for pattern in expected for match in pattern.finditer(part)):
            found |= set(_named(match["who"]))
    return frozenset(found - {ANY_AGENCY} or found)


def _in_author(author: str) -> Iterator[str]:
    for part in _AUTHOR_PARTS.split(author):
        sign = sign_of(_STAFF.sub("", part.strip()))
        if sign is not None:
            yield houses().signs[sign]


def _prepared(lines: list[str]) -> str:
    """Letters other than Latin as they are compared, and single spaces."""
    return "\n".join(map(folded_name, lines))


def _named(who: str) -> Iterator[str]:
    signs = houses().signs
    for match in _patterns().signature.finditer(who):
        yield signs[match[0]] if match[0] in signs else signs[sign_key(match[0])]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    sign = houses().pattern
    agency = rf"(?:وكاله |خبرگزاري |(?i:the ))?{sign}(?:\.COM)?(?: للانباء|(?i: news agency))?"
    who = rf"(?P<who>{agency}(?:\s*(?:[-/,،+&]|\band\b|\bو)\s*{agency})*)"
    dash = r"[-–—―ـ_|/:]"
    source = r"(?i:sources? ?:?|via ?:?|المصدر ?:|مصدر ?:|منبع ?:)"
    head = (
        # "MOSCOW, March 14 (Reuters) - ", "(رويترز) - "
        rf"^[^\n()\[\]!?؟«»\"]{{0,60}}?[(\[]\s*{who}\s*[)\]]\s*(?:{dash}|$)",
        # "MOSCOW, March 14. /TASS/. ", "غزة /وفا/ "
        rf"^[^\n()\[\]!?؟«»\"]{{0,60}}?/\s*{who}\s*/",
        # "دمشق - سانا - ", "BEIRUT — AP — ", "موسكو - سبوتنيك. "
        rf"^(?:[^\n()\[\]!?؟«»\"]{{1,40}}?\s*[-–—―ـ/]\s*)?{who}\s*(?:{dash}\s|{dash}?$)",
        rf"^[^\n()\[\]!?؟«»\"]{{1,40}}?\s*[-–—―ـ/]\s*{who}\.\s",
        # "Moscow. March 14. INTERFAX.COM - "
        rf"^[^\n()\[\]!?؟«»\"]{{1,40}}?\.\s*{who}\s*[-–—]\s",
        # "دمشق-سانا أعلن"
        rf"^[^\s\d]{{2,20}}[-–—ـ]{who}\s+(?=[\u0600-\u06ff])",
        # "به گزارش خبرگزاری ایسنا"
        rf"^[^\n]{{0,60}}?به گزارش (?:خبرنگار |گروه \w+ )?{who}",
        # "By Jane Doe, Reuters", "Source: AFP", "نقلاً عن رويترز" as a line of its own
        rf"^(?:(?i:by) (?:[^\n,|]{{2,40}}[,|] ?)?|{source}|نقلا عن)\s*{who}\s*\.?$",
    )
    tail = (
        # a last line that is a signature and nothing else
        rf"^\W*(?:{source}|\w+ ?[-–—/])?\s*{who}\W*$",
        # "… he said. (Reuters)", "… he said. — AFP", "… المصدر: سانا"
        rf"[(\[]\s*{who}\s*[)\]]\W*\Z",
        rf"[.!؟?\"”»]\s*[-–—/]\s*{who}\W*\Z",
        rf"{source}\s*{who}\W*\Z",
    )
    return _Patterns(
        re.compile(sign),
        tuple(re.compile(pattern, re.MULTILINE) for pattern in head),
        tuple(re.compile(pattern, re.MULTILINE) for pattern in tail),
    )
