"""Signs in a text that a reader should know of: orders addressed to a machine, characters that cannot be seen.

A notice changes no label. What protects the labels is how the calls are built, not this list.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from agent.models import Article, Document
from agent.text import fold, visible

_INVISIBLE_WORTH_TELLING = 3


def notices(article: Article, documents: Iterable[Document]) -> tuple[str, ...]:
    """One line for each text that looks as if it were written for a machine rather than a reader."""
    told = [f"The article {sign}." for sign in _signs(article.text)]
    for document in documents:
        name = visible(document.outlet or document.title or document.id)
        text = "\n".join(part for part in (document.title, document.outlet, document.text) if part)
        told += [f"The coverage from {name} ({document.id}) {sign}." for sign in _signs(text)]
    return tuple(told)


def _signs(text: str) -> list[str]:
    signs = []
    if _orders().search(fold(text)):
        signs.append("contains wording that gives orders to a language model; it was read as text only")
    hidden = len(text) - len(visible(text))
    if hidden >= _INVISIBLE_WORTH_TELLING:
        signs.append(f"contains {hidden} invisible or direction-changing characters")
    return signs


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    told = tomllib.loads(files("agent").joinpath("orders.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(told["patterns"]))
