"""The origins of stored documents for one article: links that are kept, and a comparison with the article."""

from collections.abc import Iterable

from agent.coverage.catalogue import Catalogue
from agent.coverage.copies import Report
from agent.coverage.hearings import is_itself
from agent.coverage.origins import by_document, origins_of
from agent.models import Article, CopyLink, Document, Origin


class Grouping:
    """Origins of the documents of a catalogue. A document and its origin are read once."""

    def __init__(self, catalogue: Catalogue, article: Article) -> None:
        self._catalogue = catalogue
        self._article = article
        self._known: dict[str, Origin] = {}
        self._links: dict[str, CopyLink] = {}
        self._more: dict[str, int] = {}
        self._documents: dict[str, Document] = {}

    def of(self, ids: Iterable[str]) -> dict[str, Origin]:
        """The origin of each of these documents, with all its documents; the article itself has none.

        Copies of the article are one origin, so that it may grow with the next question.
        """
        wanted = set(ids)
        fresh = wanted - self._documents.keys()
        if fresh:
            for report in self._catalogue.copies.reports(fresh):
                self._add(report)
            self._known = by_document(self._grouped())
        return {i: self._known[i] for i in wanted if i in self._known}

    def _add(self, report: Report) -> None:
        stored = self._catalogue.get(report.ids)
        for document_id in report.ids:
            self._documents.setdefault(document_id, stored[document_id])
        self._links |= {link.document_id: link for link in report.links}
        self._more[report.ids[0]] = report.more

    def _grouped(self) -> list[Origin]:
        """The documents stand in the order of their coming, report by report."""
        documents = list(self._documents.values())
        itself = {document.id for document in documents if is_itself(self._article, document)}
        return origins_of(self._article, documents, self._links, self._more, itself)
