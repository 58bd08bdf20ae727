"""How agencies sign: in a dateline, a by-line, or a line of their own at the end.

A mention is no signature: "Reuters reporters were attacked" and "told Reuters" leave a report its own outlet's.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from agent.coverage.origins.agencies import houses, sign_key, sign_of

_AUTHOR_PARTS = re.compile(
    r"\s*(?:[,،;/|+&()•·]|\s[-–—]\s|[–—]|\b(?:and|for|by|with|via|from|avec|et|par|pour|mit|und|von|fur|con|y|por|para|com|ile"
    r"|ve|مع|من|عن)\b)\s*",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"^(?:از|بقلم|كتب|haber|kaynak|sources?|quelle|fuente|المصدر|منبع|redaction|la redaction|der|die|la|el)[\s:]+|^l'"
    r"|\s+(?:staff|writers?|reporters?|correspondents?|newsroom|bureau|muhabiri)$",
    re.IGNORECASE,
)
# Stands for the agencies that are looked at: their many names are looked for once, and not in every place.
_SIGNED = "\ue000"
VIA = re.compile(r"\bvia\s+([^,;|]{2,60})", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=\w\w)-(?=\w\w)")


class _SignaturePatterns(NamedTuple):
    head: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]


def parts_of_author(author: str) -> list[str]:
    """The names in a by-line, without what makes a sentence of them."""
    return [_STAFF.sub("", part.strip(" -–—")).strip() for part in _AUTHOR_PARTS.split(author) if part.strip(" -–—")]


def signed_by_author(author: str) -> Iterator[str]:
    """The agencies in a prepared by-line."""
    for part in parts_of_author(author):
        sign = sign_of(part)
        # "STT-AFP" is two; a name with a hyphen in it, such as "Agence France-Presse", was found as a whole.
        signs = [sign] if sign is not None else map(sign_of, _HYPHEN.split(part))
        yield from (houses().signs[one] for one in signs if one is not None)


def signed(head: str, tail: str) -> Iterator[str]:
    """The agencies that sign the prepared first lines of a text, or its last ones."""
    patterns = _patterns()
    for part, places in ((head.replace(_SIGNED, " "), patterns.head), (tail.replace(_SIGNED, " "), patterns.tail)):
        for match in signers().finditer(part):
            marked = part[: match.start()] + _SIGNED + part[match.end() :]
            if any(place.search(marked) for place in places):
                yield from agencies_in(match[0])


def agencies_in(who: str) -> Iterator[str]:
    """The agencies that are named in a prepared text that holds nothing else."""
    signs = houses().signs
    for match in _sign().finditer(who):
        yield signs[match[0]] if match[0] in signs else signs[sign_key(match[0])]


@lru_cache(maxsize=1)
def _sign() -> re.Pattern[str]:
    return re.compile(houses().pattern)


@lru_cache(maxsize=1)
def signers() -> re.Pattern[str]:
    """What finds one known agency or several in a prepared text."""
    called = r"(?:وكاله |خبرگزاري |(?i:the |l'agence |agence |agencia |la agencia |agenzia |nachrichtenagentur ))"
    agency = rf"{called}?{houses().pattern}(?:\.COM)?(?: للانباء|(?i: news agency| haber ajansi))?"
    return re.compile(rf"{agency}(?:\s*(?:[-/,،+&]|\b(?:and|et|und|y|ve|e)\b|\bو)\s*{agency})*")


@lru_cache(maxsize=1)
def _patterns() -> _SignaturePatterns:
    who = _SIGNED
    dash = r"[-–—―ـ_|/:]"
    source = (
        r"(?i:sources? ?:?|via ?:?|quellen? ?:|fuentes? ?:|fonte ?:|kaynak ?:|haber ?:|المصدر ?:|مصدر ?:|منبع ?:)"
    )
    by = r"(?i:by|par|von|por|da|door|haber ?:|yazan ?:|بقلم|كتب|از|نوشته)"
    joined = r"(?i:for|avec|with|mit|con|com|pour|fur|para|[,|/]|[-–—])"
    head = (
        # "MOSCOW, March 14 (Reuters) - ", "(رويترز) - "
        rf"^[^\n()\[\]!?؟«»\"]{{0,60}}?[(\[]\s*{who}(?:\s*[/,][^\n()\[\]]{{1,20}}?)?\s*[)\]]"
        rf"\s*(?:\.\s?)?(?:{dash}|$)",
        # "MOSCOW, March 14. /TASS/. ", "غزة /وفا/ "
        rf"^[^\n()\[\]!?؟«»\"]{{0,60}}?/\s*{who}\s*/",
        # "دمشق - سانا - ", "BEIRUT — AP — ", "موسكو - سبوتنيك. "
        rf"^(?:[-–—]\s*)?(?:[^\n()\[\]!?؟«»\"]{{1,40}}?\s*[-–—―ـ/,]\s*)?{who}\s*(?:{dash}\s|{dash}?$)",
        rf"^[^\n()\[\]!?؟«»\"]{{1,40}}?\s*[-–—―ـ/]\s*{who}\.\s",
        # "Moscow. March 14. INTERFAX.COM - "
        rf"^[^\n()\[\]!?؟«»\"]{{1,40}}?\.\s*{who}\s*[-–—]\s",
        # "دمشق-سانا أعلن"
        rf"^[^\s\d]{{2,20}}[-–—ـ]{who}\s+(?=[\u0600-\u06ff])",
        # "Reuters/Northbank", "رويترز/بيروت" as the beginning of a dateline
        rf"^{who}\s*[/,]\s*[^\s/][^\n/,.!?؟]{{1,30}}?\s*[-–—:]\s",
        # "به گزارش خبرگزاری ایسنا"
        rf"^[^\n]{{0,60}}?به گزارش (?:خبرنگار |گروه \w+ )?{who}",
        # "By Jane Doe, Reuters", "Source: AFP", "نقلاً عن رويترز" as a line of its own
        rf"^(?:{by} (?:[^\n|]{{2,60}}?\s?{joined} ?)?|{source}|نقلا عن|به نقل از)\s*{who}\s*\.?$",
        # "Le Quai avec AFP", "HP mit dpa" as a line of its own
        rf"^[^\n.!?:]{{2,40}}?\s(?i:avec|with|mit|con|com|et|und|and|y|ve|مع)\s{who}\s*$",
    )
    tail = (
        # a last line that is a signature and nothing else
        rf"^\W*(?:{source}|\w+ ?[-–—/])?\s*{who}\W*$",
        # "… he said. (Reuters)", "… he said. — AFP", "… المصدر: سانا"
        rf"[(\[]\s*{who}\s*[)\]]\W*\Z",
        rf"[.!؟?\"”»]\s*[-–—/]\s*{who}\W*\Z",
        rf"{source}\s*{who}\W*\Z",
        # "(Le Quai avec AFP)", "Mit Material von dpa", "Con información de EFE" as a line of its own or in brackets
        rf"[(\[][^\n()\[\]]{{0,40}}?(?i:avec|with|mit|con|com|et|und|and|y|ve|ile|inputs from|مع)\s{who}"
        rf"\s*[)\]]\W*\Z",
        rf"^\W*(?i:with|with reporting (?:by|from)|with (?:files|material|(?:agency )?inputs?) from|по материалам"
        rf"|avec|mit|mit material (?:von|der)|con|con informacion(?:es)? de|com|com informacoes (?:da|de|do))"
        rf"\s{who}\W*$",
        # "© AFP 2024", "(c) dpa"
        rf"(?:©|\(c\))\s*(?:\d{{4}}\s*)?{who}(?:\s*\d{{4}})?\W*\Z",
        # "Copyright 2024 The Associated Press. All rights reserved. …", "Riproduzione riservata © Copyright ANSA"
        rf"^\W*(?i:riproduzione riservata\W*)?(?i:copyright|©|\(c\))(?i:[\W\d]|copyright|by )*{who}"
        rf"(?i: limited| ltd| inc)?\s*(?:\d{{4}})?\s*(?:[.,|–—-][^\n]*)?$",
        # "This report by The Canadian Press was first published …", "Our Standards: The Thomson Reuters Trust …"
        rf"^\W*(?i:(?:this|the) (?:report|story|article) by)\s*{who}(?i: was first published)\b",
        rf"^\W*(?i:our standards)\s*:\s*{who}(?i: trust principles)",
        # "Reuters contributed to this report", "Associated Press writers Ada Pilot in Northbank … contributed"
        rf"^\W*{who}(?i: (?:staff )?(?:writer|reporter|correspondent|journalist|photographer)s?\b[^\n!?]{{0,160}})?"
        rf"(?i: (?:also )?contributed(?: to (?:this|the) (?:report|story|article|piece))?)\W*$",
        # "dpa/pdc/sd": the agency, and who wrote it there
        rf"^\W*{who}(?:/[^\W\d_]{{1,5}}){{1,3}}\W*$",
    )
    return _SignaturePatterns(
        tuple(re.compile(pattern, re.MULTILINE) for pattern in head),
        tuple(re.compile(pattern, re.MULTILINE) for pattern in tail),
    )
