"""The origins of stored documents for one article: links that are kept, and a comparison with the article."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.origins.groups import by_document, copies_of_article, origins_of
from agent.coverage.origins.sketches import ReportCopies, SharedRuns, SketchSize
from agent.coverage.search.selection import is_itself
from agent.models import Article, CopyLink, Document, Origin
from agent.text import mend


class Grouping:
    """Origins of the documents of a catalogue. Every document is read and compared once, however often it is asked
    for; of a report that was printed a thousand times, the witness and those asked for."""

    def __init__(self, catalogue: Catalogue, article: Article) -> None:
        self._catalogue = catalogue
        self._article = article
        self._documents: dict[str, Document] = {}
        self._report_of: dict[str, str] = {}
        self._sizes: dict[str, SketchSize] = {}
        self._links: dict[str, CopyLink] = {}
        self._more: dict[str, int] = {}
        self._asked: set[str] = set()
        self._compared: set[str] = set()
        self._itself: set[str] = set()
        self._of_article: dict[str, CopyLink] = {}
        self._known: dict[str, Origin] = {}

    def of(self, ids: Iterable[str]) -> dict[str, Origin]:
        """The origin of each of these documents, with all its documents; the article itself has none.

        Copies of the article are one origin, so that it may grow with the next question.
        """
        wanted = set(ids)
        if fresh := wanted - self._asked:
            self._asked |= fresh
            reports = self._catalogue.copies.reports(fresh)
            missing = {i for report in reports for i in report.ids} - self._documents.keys()
            stored = self._catalogue.get(missing)
            for report in reports:
                self._add(report, stored)
            self._compare(fresh)
            self._group({report.ids[0] for report in reports})
        return {i: self._known[i] for i in wanted if i in self._known}

    def _group(self, reports: Collection[str]) -> None:
        """Some reports by their first documents, and the article's own, which they may be a part of."""
        own = {self._report_of[i] for i, origin in self._known.items() if origin.copy_of_article}
        changed = own.union(reports)
        # The documents stand in the order of their coming, report by report.
        ordered = [one for i, one in self._documents.items() if self._report_of[i] in changed]
        for one in ordered:
            self._known.pop(one.id, None)
        origins = origins_of(ordered, self._links, self._of_article, self._more, self._itself)
        self._known |= by_document(origins)

    def _add(self, report: ReportCopies, stored: Mapping[str, Document]) -> None:
        self._documents |= {i: stored[i] for i in report.ids if i not in self._documents}
        self._report_of |= dict.fromkeys(report.ids, report.ids[0])
        self._sizes |= report.sizes
        self._links |= {link.document_id: link for link in report.links}
        self._more[report.ids[0]] = report.more

    def _compare(self, fresh: Iterable[str]) -> None:
        """With the article: those asked for, and the first of their reports."""
        if not self._article.text:
            return
        new = {*fresh, *self._more} - self._compared
        self._compared |= new
        documents = [self._documents[i] for i in new if i in self._documents]
        self._itself |= {one.id for one in documents if is_itself(self._article, one)}
        likely = self._likely({one.id for one in documents} - self._itself)
        self._of_article |= copies_of_article(self._article, [one for one in documents if one.id in likely])

    def _likely(self, ids: Iterable[str]) -> set[str]:
        """Those that may be copies of the article: all others need not be read."""
        return {one for one in ids if self.may_be_own(self._sizes[one])}

    def may_be_own(self, size: SketchSize | tuple[int, int, int]) -> bool:
        """Whether a document may hold the article's text, or be held by it."""
        return self.shared.may_be_copy(size)

    @cached_property
    def shared(self) -> SharedRuns:
        """Which documents share runs with the article."""
        return self._catalogue.copies.shared_with(mend(self._article.text, self._article.language).text)
