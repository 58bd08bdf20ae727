"""Signs in a text that a reader should know of: orders addressed to a machine, characters that cannot be seen.

A notice changes no label. What protects the labels is how the calls are built, not this list.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from agent.explain import Phrases, phrases_of
from agent.models import Article, Document
from agent.text import fold, mend, visible

_INVISIBLE_WORTH_TELLING = 3
_SOFT_HYPHEN = "\u00ad"


def notices(article: Article, documents: Iterable[Document]) -> tuple[str, ...]:
    """One line for each text that looks as if it were written for a machine rather than a reader."""
    phrases = phrases_of(article.language)
    told = [phrases["notice_article"].format(sign=sign) for sign in _signs(article.text, phrases, article.language)]
    for document in documents:
        name = visible(document.outlet or document.title or document.id)
        text = _words(document)
        told += [
            phrases["notice_coverage"].format(name=name, id=document.id, sign=sign)
            for sign in _signs(text, phrases, document.language)
        ]
    return tuple(told)


def gives_orders(document: Document) -> bool:
    """Whether a document holds wording that is addressed to a language model rather than to a reader."""
    return _orders_in(_words(document), document.language)


def _words(document: Document) -> str:
    return "\n".join(part for part in (document.title, document.outlet, document.text) if part)


def _orders_in(text: str, language: str) -> bool:
    return _orders().search(fold(mend(text, language).text)) is not None


def _signs(text: str, phrases: Phrases, language: str) -> list[str]:
    signs = []
    if _orders_in(text, language):
        signs.append(phrases["sign_orders"])
    # Soft hyphens are put into words by programs that set type.
    hidden = len(text) - len(visible(text)) - text.count(_SOFT_HYPHEN)
    if hidden >= _INVISIBLE_WORTH_TELLING:
        signs.append(phrases["sign_hidden"].format(count=hidden))
    return signs


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    told = tomllib.loads(files("agent").joinpath("orders.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(told["patterns"]))
