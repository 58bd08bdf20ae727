"""The origins of some documents that are in no store: as a store would link them, one after the other."""

from collections import defaultdict
from collections.abc import Sequence

from agent.coverage.origins.changes import changed_facts
from agent.coverage.origins.groups import by_date, copies_of_article, origins_of
from agent.coverage.origins.likeness import runs_of
from agent.coverage.origins.linking import MOST_COMPARED, MOST_HOLDERS, Pages, heads, link_to
from agent.models import Article, CopyLink, Document, Origin


def group_origins(article: Article, documents: Sequence[Document]) -> list[Origin]:
    """The origins of some documents that came together: the first told is the first to have come.

    The result depends on the documents alone and not on their order; a copy changes no other origin.
    """
    ordered = sorted({document.id: document for document in documents}.values(), key=_telling)
    return origins_of(ordered, _linked(ordered), copies_of_article(article, ordered))


def _telling(document: Document) -> tuple[bool, float, int, str]:
    """Of two told at once, the richer one first."""
    return *by_date(document), -len(document.text), document.id


def _linked(ordered: Sequence[Document]) -> dict[str, CopyLink]:
    """The links between documents that come in this order."""
    links: dict[str, CopyLink] = {}
    shelf = _Shelf()
    by_id = {document.id: document for document in ordered}
    for document in ordered:
        link = link_to(document, shelf.near(document))
        shelf.add(document)
        if link is not None:
            links[document.id] = link
            witness = by_id[heads([document.id], links)[document.id]]
            changed = changed_facts(witness.text, document.text)
            links[document.id] = link.model_copy(update={"changed": changed})
    return links


class _Shelf:
    """Documents in memory, found by the runs and the pages that they have in common with another."""

    def __init__(self) -> None:
        self._documents: list[Document] = []
        self._sizes: list[int] = []
        self._by_run: dict[int, list[int]] = defaultdict(list)
        self._by_page: dict[str, list[int]] = defaultdict(list)

    def add(self, document: Document) -> None:
        number, runs = len(self._documents), runs_of(document.text)
        self._documents.append(document)
        self._sizes.append(len(runs))
        # The first ones stand for all: a thousand copies must not cost a million comparisons.
        for run in runs:
            if len(self._by_run[run]) < MOST_HOLDERS:
                self._by_run[run].append(number)
        for page in Pages.of(document).all:
            if len(self._by_page[page]) < MOST_HOLDERS:
                self._by_page[page].append(number)

    def near(self, document: Document) -> list[Document]:
        """Those that may have been copied, in the order of their coming."""
        runs = runs_of(document.text)
        weights: dict[int, float] = defaultdict(float)
        for holders in filter(None, (self._by_run.get(run) for run in runs)):
            for number in holders:
                weights[number] += 1 / len(holders)
        likely = {n: weight / min(len(runs), self._sizes[n]) for n, weight in weights.items()}
        best = sorted(likely, key=lambda n: (-likely[n], n))[:MOST_COMPARED]
        pages = {number for page in Pages.of(document).all for number in self._by_page.get(page, ())}
        return [self._documents[number] for number in sorted({*best, *pages})]
