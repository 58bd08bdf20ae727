"""Where agencies sign: in the first lines of a report or in the last ones, in the languages they write in."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# Stands for the agencies that are looked at: their many names are looked for once, and not in every place.
SIGNED = "\ue000"
_DASH = r"[-–—―ـ_|/:]"
_SOURCE = (
    r"(?i:sources? ?:?|via ?:?|quellen? ?:|fuentes? ?:|fonte ?:|kaynak ?:|haber ?:|المصدر ?:|مصدر ?:|منبع ?:"
    r"|מקור ?:|[来來]源 ?[:：]|出典 ?[:：]|출처 ?[:：])"
)
_BY = r"(?i:by|par|von|por|da|door|haber ?:|yazan ?:|بقلم|كتب|از|نوشته)"
_JOINED = r"(?i:for|avec|with|mit|con|com|pour|fur|para|[,|/]|[-–—])"
# In the first line: where a report is from, or who wrote it.
_AT_HEAD = (
    # "MOSCOW, March 14 (Reuters) - ", "(رويترز) - "
    rf"^[^\n()\[\]!?؟«»\"]{{0,60}}?[(\[]\s*{SIGNED}(?:\s*[/,][^\n()\[\]]{{1,20}}?)?\s*[)\]]"
    rf"\s*(?:\.\s?)?(?:{_DASH}|$)",
    # "MOSCOW, March 14. /TASS/. ", "غزة /وفا/ "
    rf"^[^\n()\[\]!?؟«»\"]{{0,60}}?/\s*{SIGNED}\s*/",
    # "دمشق - سانا - ", "BEIRUT — AP — ", "موسكو - سبوتنيك. "
    rf"^(?:[-–—]\s*)?(?:[^\n()\[\]!?؟«»\"]{{1,40}}?\s*[-–—―ـ/,]\s*)?{SIGNED}\s*(?:{_DASH}\s|{_DASH}?$)",
    rf"^[^\n()\[\]!?؟«»\"]{{1,40}}?\s*[-–—―ـ/]\s*{SIGNED}\.\s",
    # "Moscow. March 14. INTERFAX.COM - "
    rf"^[^\n()\[\]!?؟«»\"]{{1,40}}?\.\s*{SIGNED}\s*[-–—]\s",
    # "دمشق-سانا أعلن"
    rf"^[^\s\d]{{2,20}}[-–—ـ]{SIGNED}\s+(?=[\u0600-\u06ff])",
    # "新华社北京3月5日电 ", "【北京共同】", "[ロンドン 5日 ロイター] - "
    rf"^[(（]?{SIGNED}[^\n。，,.!?]{{1,25}}?[电電][)）]?(?=\W|$)",
    rf"^[【\[［(（][^】\]］)）\n]{{0,25}}?{SIGNED}[】\]］)）]",
    # "Reuters/Northbank", "رويترز/بيروت" as the beginning of a dateline
    rf"^{SIGNED}\s*[/,]\s*[^\s/][^\n/,.!?؟]{{1,30}}?\s*[-–—:]\s",
    # "به گزارش خبرگزاری ایسنا"
    rf"^[^\n]{{0,60}}?به گزارش (?:خبرنگار |گروه \w+ )?{SIGNED}",
    # "By Jane Doe, Reuters", "Source: AFP", "نقلاً عن رويترز" as a line of its own
    rf"^(?:{_BY} (?:[^\n|]{{2,60}}?\s?{_JOINED} ?)?|{_SOURCE}|نقلا عن|به نقل از)\s*{SIGNED}\s*\.?$",
    # "Le Quai avec AFP", "HP mit dpa" as a line of its own
    rf"^[^\n.!?:]{{2,40}}?\s(?i:avec|with|mit|con|com|et|und|and|y|ve|مع)\s{SIGNED}\s*$",
)
# In the last lines: who is thanked, or owns it.
_AT_TAIL = (
    # a last line that is a signature and nothing else
    rf"^\W*(?:{_SOURCE}|\w+ ?[-–—/])?\s*{SIGNED}\W*$",
    # "… he said. (Reuters)", "… he said. — AFP", "… المصدر: سانا"
    rf"[(\[（【]\s*(?:{_SOURCE})?\s*{SIGNED}\s*[)\]）】]\W*\Z",
    rf"[.!؟?\"”»]\s*[-–—/]\s*{SIGNED}\W*\Z",
    rf"{_SOURCE}\s*{SIGNED}\W*\Z",
    # "(Le Quai avec AFP)", "Mit Material von dpa", "Con información de EFE" as a line of its own or in brackets
    rf"[(\[][^\n()\[\]]{{0,40}}?(?i:avec|with|mit|con|com|et|und|and|y|ve|ile|inputs from|مع)\s{SIGNED}"
    rf"\s*[)\]]\W*\Z",
    rf"^\W*(?i:with|with reporting (?:by|from)|with (?:files|material|(?:agency )?inputs?) from|по материалам"
    rf"|avec|mit|mit material (?:von|der)|con|con informacion(?:es)? de|com|com informacoes (?:da|de|do))"
    rf"\s{SIGNED}\W*$",
    # "© AFP 2024", "(c) dpa"
    rf"(?:©|\(c\))\s*(?:\d{{4}}\s*)?{SIGNED}(?:\s*\d{{4}})?\W*\Z",
    # "Copyright 2024 The Associated Press. All rights reserved. …", "Riproduzione riservata © Copyright ANSA"
    rf"^\W*(?i:riproduzione riservata\W*)?(?i:copyright|©|\(c\))(?i:[\W\d]|copyright|by )*{SIGNED}"
    rf"(?i: limited| ltd| inc)?\s*(?:\d{{4}})?\s*(?:[.,|–—-][^\n]*)?$",
    # "This report by The Canadian Press was first published …", "Our Standards: The Thomson Reuters Trust …"
    rf"^\W*(?i:(?:this|the) (?:report|story|article) by)\s*{SIGNED}(?i: was first published)\b",
    rf"^\W*(?i:our standards)\s*:\s*{SIGNED}(?i: trust principles)",
    # "Reuters contributed to this report", "Associated Press writers Ada Pilot in Northbank … contributed"
    rf"^\W*{SIGNED}(?i: (?:staff )?(?:writer|reporter|correspondent|journalist|photographer)s?\b[^\n!?]{{0,160}})?"
    rf"(?i: (?:also )?contributed(?: to (?:this|the) (?:report|story|article|piece))?)\W*$",
    # "dpa/pdc/sd": the agency, and who wrote it there
    rf"^\W*{SIGNED}(?:/[^\W\d_]{{1,5}}){{1,3}}\W*$",
)


class SignaturePatterns(NamedTuple):
    head: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def signature_patterns() -> SignaturePatterns:
    """What finds a signature in prepared lines in which the names of agencies are replaced by `SIGNED`."""
    return SignaturePatterns(_compiled(_AT_HEAD), _compiled(_AT_TAIL))


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in patterns)
