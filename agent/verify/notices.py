"""Finds signs in a text that a reader should know of: orders to a machine, and characters that cannot be seen.

A notice changes no label. The labels are protected by how the calls are built, and not by this list.
"""

from collections.abc import Iterable

from agent.messages import Words, load_words
from agent.models import Article, Document, FieldRead
from agent.text import visible
from agent.text.injection import has_orders, words_of

_INVISIBLE_WORTH_TELLING = 3
_SOFT_HYPHEN = "\u00ad"


def notices(article: Article, documents: Iterable[Document], set_aside: Iterable[Document] = ()) -> tuple[str, ...]:
    """One line for each text with wording that is meant for a machine. Of documents that were `set_aside` for their
    orders, it says that they were compared with nothing."""
    words = load_words(article.language, "reasons")
    lines = [words("notice_article", sign=sign) for sign in _signs(article.text, words, article.language)]
    for document in documents:
        signs = _signs(words_of(document), words, document.language)
        lines += [words("notice_coverage", name=_name(document), id=document.id, sign=sign) for sign in signs]
    lines += [words("notice_set_aside", name=_name(one), id=one.id) for one in set_aside]
    return tuple(lines)


def _name(document: Document) -> str:
    return visible(document.outlet or document.title or document.id)


def read_from_text(article: Article, words: Words) -> str:
    """A line on what was read from the article's own text because nobody gave it: its outlet and its date decide what
    counts."""
    lines = [f"{words(f'read_field.{name}')} {_value(article, name, words)}" for name in article.read_from_text]
    return f"{words('read_from_text')}{words.colon}{words('comma').join(lines)}"


def _value(article: Article, name: FieldRead, words: Words) -> str:
    if name == "published_at":
        return words.date(article.published_at) if article.published_at is not None else ""
    return words.quoted(visible(getattr(article, name) or ""))


def _signs(text: str, words: Words, language: str) -> list[str]:
    signs = []
    if has_orders(text, language):
        signs.append(words("sign_orders"))
    # Soft hyphens are put into words by programs that set type.
    hidden = len(text) - len(visible(text)) - text.count(_SOFT_HYPHEN)
    if hidden >= _INVISIBLE_WORTH_TELLING:
        signs.append(words("sign_hidden", count=hidden))
    return signs
