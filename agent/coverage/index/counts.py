"""How much the catalogue holds: counted anew only when the store has been written to."""

from datetime import date

from agent.coverage.index import document_statements as asked
from agent.coverage.index.edition import EditionCache
from agent.coverage.index.entries import DocumentState
from agent.storage import Database


class DocumentCounts:
    """`edition` is that of the catalogue. Blocking; raises `StoreError`."""

    def __init__(self, database: Database, edition: EditionCache) -> None:
        self._database = database
        self._edition = edition

    def documents(self, state: DocumentState | None = None) -> int:
        """How many are searched; or how many are in one state."""
        if state is None:
            return self._edition.get("documents", lambda: self._database.number(asked.COUNT))
        return self._database.number(asked.COUNT_IN_STATE, {"of_state": state})

    def passages(self) -> int:
        return self._edition.get("passages", lambda: self._database.number(asked.COUNT_PASSAGES))

    def keys(self) -> int:
        """How many different texts the passages have."""
        return self._edition.get("keys", lambda: self._database.number(asked.COUNT_KEYS))

    def languages_between(self, first: date | None, last: date | None) -> dict[str, int]:
        """How many in each language were published in these days, or nobody knows when; without bounds, all.
        Records of reviews are not counted, for they are not heard."""
        bounds = (first.isoformat() if first else "", last.isoformat() if last else "~")

        def counted() -> dict[str, int]:
            with self._database.reading() as connection:
                values = dict(zip(("first", "last"), bounds, strict=True))
                return dict(connection.execute(asked.LANGUAGES, values).fetchall())

        return dict(self._edition.get(bounds, counted))
