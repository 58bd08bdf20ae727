"""What was read of a store for one search is kept for the next: articles of one day find the same documents."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.edition import EditionCache
from agent.coverage.origins.copies import MOST_LISTED, Copies
from agent.coverage.origins.sketches import OutlineRow, ReportCopies
from agent.models import Document
from agent.storage import Database

# Of documents: 8 MB of English, 16 MB of Arabic. Of reports, which take a kilobyte each.
_MOST_CHARACTERS, _MOST_REPORTS = 8_000_000, 8_000


class RememberedCatalogue(Catalogue):
    """Reads as the catalogue does, whose edition it shares: what is remembered stands until the store is written
    to."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue.database)
        self.edition = catalogue.edition
        self.counts = catalogue.counts
        self.copies = _RememberedCopies(catalogue.database, catalogue.edition)

    def get(self, ids: Iterable[str]) -> dict[str, Document]:
        memory = self.edition.get("documents read", _DocumentsRead)
        known, wanted = memory.known, set(ids)
        found = {one: known[one] for one in wanted if one in known}
        if fresh := super().get(wanted - found.keys()):
            memory.remember(fresh)
        return found | fresh


class _RememberedCopies(Copies):
    def __init__(self, database: Database, edition: EditionCache) -> None:
        super().__init__(database)
        self._edition = edition
        self._outlines: dict[str, OutlineRow] = {}

    def outlines(self, ids: Iterable[str]) -> dict[str, OutlineRow]:
        """Thousands of other days are met: they are kept for as long as this is."""
        wanted = set(ids)
        self._outlines |= super().outlines(wanted - self._outlines.keys())
        return {one: self._outlines[one] for one in wanted & self._outlines.keys()}

    def reports(self, ids: Iterable[str]) -> list[ReportCopies]:
        memory = self._edition.get("reports read", _ReportsRead)
        known, wanted = memory.known, set(ids)
        there = {one for one in wanted if one in known}
        fresh = super().reports(wanted - there) if len(there) < len(wanted) else []
        memory.remember(fresh)
        every = {report.ids[0]: report for report in (*(known[one] for one in there), *fresh)}
        return sorted(every.values(), key=ReportCopies.first)


@dataclass(slots=True)
class _DocumentsRead:
    """By their ids. Others are begun with when they are too much: who holds the former ones goes on with these."""

    known: dict[str, Document] = field(default_factory=dict)
    _characters: int = 0

    def remember(self, fresh: dict[str, Document]) -> None:
        characters = sum(len(one.text) for one in fresh.values())
        if self._characters + characters > _MOST_CHARACTERS:
            self.known, self._characters = {}, 0
        if characters <= _MOST_CHARACTERS:
            self.known.update(fresh)
            self._characters += characters


@dataclass(slots=True)
class _ReportsRead:
    """By the ids of their documents. Of one that was printed more often than is listed each search is told others of
    its documents: it is read anew."""

    known: dict[str, ReportCopies] = field(default_factory=dict)

    def remember(self, fresh: Iterable[ReportCopies]) -> None:
        if len(self.known) > _MOST_REPORTS:
            self.known = {}
        for report in fresh:
            if not report.more and len(report.ids) <= MOST_LISTED:
                self.known.update(dict.fromkeys(report.ids, report))
