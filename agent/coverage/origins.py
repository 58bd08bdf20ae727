"""Who copied whom: documents grouped into origins, so that a report is heard once however often it was printed.

Measured on pairs of press articles in Arabic, English and Persian: of the shorter text's three-word runs the other
holds 0.65 or more when it is a copy (shortened, lengthened, reworded in places), and 0.56 or less when both are
independent reports of one event.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.coverage.address import page_key
from agent.coverage.words import words
from agent.models import ARTICLE, Article, Document, Origin
from agent.text import fold

_RUN = 3
_COPY_SHARE = 0.6
# As wholes: below the first, one text is a part of the other; below the second, a small part of a text of its own.
_ALIKE = 0.55
_LENGTHENED = 0.2
_IDENTICAL = 0.95
# Shorter texts are copies only as wholes: one sentence may well stand in two independent reports.
_FEWEST_RUNS = 12
_FEWEST_TITLE_WORDS = 3
_MOST_CHARACTERS = 100_000
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

# Runs are known by their hashes: a third of the memory, and no text is long enough for two to meet by chance.
Runs = frozenset[int]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`shared` is the part of the shorter text that stands in the other, `whole` that of both together."""

    shared: float
    whole: float
    short: bool

    @property
    def is_copy(self) -> bool:
        return self.whole >= _COPY_SHARE if self.short else self.shared >= _COPY_SHARE


def compare(one: str, other: str) -> Likeness:
    """How much of two texts is the same words in the same order; symmetric."""
    return _likeness(_runs(one), _runs(other))


def group_origins(article: Article, documents: Sequence[Document]) -> list[Origin]:
    """The origins of some documents, each with its first told document in front; the order is that of the telling.

    Documents that hold the article, or that the article holds, are one origin with the id "article", whatever else
    they hold: nothing may corroborate an article with its own words. The result depends on the documents alone and
    not on their order; adding a copy of one changes no other origin.
    """
    own = Document.of(
        article.text,
        title=article.title,
        url=article.url,
        outlet=article.outlet,
        published_at=article.published_at,
        language=article.language,
    )
    # The article takes part like any other text, under an id that no document can have.
    own = own.model_copy(update={"id": ARTICLE})
    ordered = sorted({document.id: document for document in documents}.values(), key=_telling)
    groups = _grouped(sorted([own, *ordered], key=_telling))
    origins = []
    for group in groups:
        told = tuple(document for document in group if document.id != ARTICLE)
        if told:
            copied = len(told) < len(group)
            origins.append(
                Origin(id=ARTICLE if copied else f"o{told[0].id[1:13]}", documents=told, copy_of_article=copied)
            )
    return origins


def by_document(origins: Iterable[Origin]) -> dict[str, Origin]:
    """The origin of each document, by its id."""
    return {document.id: origin for origin in origins for document in origin.documents}


def _telling(document: Document) -> tuple[bool, float, int, str]:
    """First told first; those without a date last; of two told at once, the richer one first."""
    told = document.published_at
    return told is None, told.timestamp() if told else 0.0, -len(document.text), document.id


def _grouped(ordered: Sequence[Document]) -> list[list[Document]]:
    parents: dict[str, str] = {}
    index = _Index()
    own = next(_runs(document.text) for document in ordered if document.id == ARTICLE)
    parents[ARTICLE] = ARTICLE
    for document in ordered:
        parents.setdefault(document.id, document.id)
        is_own = document.id != ARTICLE and _likeness(own, _runs(document.text)).is_copy
        for earlier in (ARTICLE, *index.versions(document)) if is_own else index.copied_by(document):
            _unite(parents, earlier, document.id)
        index.add(document)
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in ordered:
        groups[_root(parents, document.id)].append(document)
    return list(groups.values())


def _root(parents: dict[str, str], name: str) -> str:
    while parents[name] != name:
        name = parents[name]
    return name


def _unite(parents: dict[str, str], earlier: str, later: str) -> None:
    parents[_root(parents, later)] = _root(parents, earlier)


class _Index:
    """Texts seen so far, by their three-word runs and by their address."""

    def __init__(self) -> None:
        self._runs: dict[str, Runs] = {}
        self._holders: dict[int, list[str]] = defaultdict(list)
        self._pages: dict[str, str] = {}
        self._twins: set[str] = set()

    def versions(self, document: Document) -> Iterator[str]:
        """Earlier versions of the same page."""
        yield from (self._pages[page] for page in _pages(document) if page in self._pages)

    def copied_by(self, document: Document) -> Iterator[str]:
        """The earlier documents that this one goes back to."""
        yield from self.versions(document)
        runs = _runs(document.text)
        likenesses = {earlier: _likeness(runs, self._runs[earlier]) for earlier in self._near(runs)}
        copies = {
            earlier: likeness
            for earlier, likeness in likenesses.items()
            # A report that quotes an earlier flash whole, and tells five times as much, is a report of its own.
            if likeness.is_copy and (len(runs) <= len(self._runs[earlier]) or likeness.whole >= _LENGTHENED)
        }
        if any(likeness.whole >= _IDENTICAL for likeness in copies.values()):
            self._twins.add(document.id)
        alike = [earlier for earlier, likeness in copies.items() if likeness.whole >= _ALIKE]
        # A round-up that holds two reports whole is a copy of one of them, and no reason to take them for one.
        yield from alike or sorted(copies, key=lambda earlier: (-copies[earlier].whole, earlier))[:1]

    def add(self, document: Document) -> None:
        for page in _pages(document):
            self._pages.setdefault(page, document.id)
        # A twin is found through the text that it repeats; a thousand of them must not cost a million comparisons.
        if document.id not in self._twins:
            runs = self._runs[document.id] = _runs(document.text)
            for run in runs:
                self._holders[run].append(document.id)

    def _near(self, runs: Runs) -> Iterable[str]:
        shared = Counter(holder for run in runs for holder in self._holders.get(run, ()))
        return [
            earlier
            for earlier, count in shared.items()
            if count >= _COPY_SHARE * min(len(runs), len(self._runs[earlier]))
        ]


def _likeness(one: Runs, other: Runs) -> Likeness:
    common, shorter = len(one & other), min(len(one), len(other))
    together = len(one) + len(other) - common
    return Likeness(
        shared=common / shorter if shorter else 0.0,
        whole=common / together if together else 0.0,
        short=shorter < _FEWEST_RUNS,
    )


@lru_cache(maxsize=1024)
def _runs(text: str) -> Runs:
    told = list(_compared_words(text[:_MOST_CHARACTERS]))
    # A text shorter than one run is its own run.
    return frozenset(hash(tuple(told[i : i + _RUN])) for i in range(max(1, len(told) - _RUN + 1)) if told)


def _compared_words(text: str) -> Iterator[str]:
    for word in words(text):
        if word.isascii() or not _UNSPACED.search(word):
            yield word
        else:
            yield from word


def _pages(document: Document) -> Iterator[str]:
    """What makes two texts versions of one page: the address, or an outlet's headline of one day."""
    if page := page_key(document.url):
        yield page
    headline = list(words(document.title or ""))
    if document.outlet and len(headline) >= _FEWEST_TITLE_WORDS:
        day = document.published_at.date() if document.published_at else None
        yield f"{fold(document.outlet)}\n{day}\n{' '.join(headline)}"
