"""How words are put to a search engine: plain words alone, as whatever comes from an article gives no orders."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from agent.text import visible

# Quotation marks, brackets and what engines read as an operator: site:, -word, OR, a wildcard.
_OPERATORS = re.compile(r"""["“”„«»'‘’`()\[\]{}<>|*~^\\!&;=+$#@%،؛,:/?؟…]+""")
_WORD_OPERATORS = frozenset({"OR", "AND", "NOT", "NEAR"})
_ADDRESS = re.compile(r"\S*(?:https?|www\.|://)\S*|\S+:\S+", re.IGNORECASE)
_LONGEST_WORD = 40


def plain_words(text: str, most: int) -> tuple[str, ...]:
    """The first words of a line, without addresses and what engines take for orders."""
    bare = _OPERATORS.sub(" ", _ADDRESS.sub(" ", visible(text)))
    words = (word.strip("-.–—_") for word in bare.split())
    kept = [word for word in words if word and word not in _WORD_OPERATORS and len(word) <= _LONGEST_WORD]
    return tuple(kept[:most])


def with_sites(text: str, sites: Sequence[str]) -> str:
    """As most engines are asked for some sites alone."""
    if not sites:
        return text
    named = " OR ".join(f"site:{site}" for site in sites)
    return f"{text} ({named})" if len(sites) > 1 else f"{text} {named}"


def any_of(prefix: str, values: Iterable[str]) -> str:
    """`(prefix:a OR prefix:b)`, as GDELT and Media Cloud are asked."""
    lines = [f"{prefix}:{value}" for value in values]
    return f"({' OR '.join(lines)})" if len(lines) > 1 else "".join(lines)


def range_to_now(since: date | None, today: date, ranges: Sequence[tuple[int, str]]) -> str | None:
    """The shortest of some engine's ranges (days, name) that reaches back so far; None for none."""
    if since is None:
        return None
    days = (today - since).days
    return next((name for most, name in ranges if days < most), None)
