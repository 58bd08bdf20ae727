"""How agencies sign: in a dateline, a by-line, or a line of their own at the end.

A mention is no signature: "Reuters reporters were attacked" and "told Reuters" leave a report its own outlet's.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.coverage.origins.agencies import houses, sign_key, sign_of
from agent.coverage.origins.signature_patterns import SIGNED, signature_patterns

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
VIA = re.compile(r"\bvia\s+([^,;|]{2,60})", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=\w\w)-(?=\w\w)")


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
    patterns = signature_patterns()
    for part, places in ((head.replace(SIGNED, " "), patterns.head), (tail.replace(SIGNED, " "), patterns.tail)):
        for match in signers().finditer(part):
            marked = part[: match.start()] + SIGNED + part[match.end() :]
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
