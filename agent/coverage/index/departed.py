"""Documents that were searched once and are searched no more: why, and what stands at their addresses now."""

from collections.abc import Iterable
from typing import Literal

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.document_statements import GONE
from agent.coverage.index.entries import DocumentState
from agent.models import Document, Frozen
from agent.storage import Database, slices


class Departed(Frozen):
    """`reason` is what was said at a withdrawal; `successor` what stands at the document's address now."""

    state: Literal["superseded", "withdrawn"]
    reason: str | None = None
    successor: Document | None = None

    @property
    def description(self) -> str:
        if self.state == "withdrawn":
            return f"withdrawn: {self.reason}" if self.reason else "withdrawn"
        return f"superseded by {self.successor.id}" if self.successor else "superseded"


def departed_of(database: Database, ids: Iterable[str]) -> dict[str, Departed]:
    """Those of some documents that are kept and searched no more. Removed ones are as if they had never come."""
    catalogue, found = Catalogue(database), {}
    for some in slices(sorted(set(ids))):
        with database.reading() as connection:
            rows = connection.execute(GONE, {"ids": some}).fetchall()
        for document_id, state, reason, url in rows:
            successor = catalogue.page(url) if url else None
            why = reason if state == DocumentState.WITHDRAWN else None
            found[document_id] = Departed(state=state, reason=why, successor=successor)
    return found
