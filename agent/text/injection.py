"""Wording that is addressed to a language model rather than to a reader (prompt injection)."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from agent.models import Document
from agent.text.folding import fold
from agent.text.mending import mend


# The same reports are found by one article after another.
@lru_cache(maxsize=1024)
def has_orders(text: str, language: str) -> bool:
    """Whether a text tells a language model what to do."""
    return _orders().search(fold(mend(text, language).text)) is not None


def gives_orders(document: Document) -> bool:
    """Whether a document does so, in whatever of it a model would be shown."""
    return has_orders(words_of(document), document.language)


def words_of(document: Document) -> str:
    """All words of a document that a model may be shown: its own, and those of the reviews that stand in it."""
    reviewed = [
        part for one in document.provenance.reviews for part in (one.claim, one.rating, one.claimant, one.title)
    ]
    return "\n".join(part for part in (document.title, document.outlet, document.text, *reviewed) if part)


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    table = tomllib.loads(files("agent.text").joinpath("injection.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(table["patterns"]))
