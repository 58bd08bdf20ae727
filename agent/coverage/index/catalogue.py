"""The catalogue: every coverage document, its versions, and whether its passages stand in the index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Executable, Select

from agent.config import Settings
from agent.coverage.embedding.calibration import CalibrationSample
from agent.coverage.index import document_statements as asked
from agent.coverage.index.address import page_key
from agent.coverage.index.counts import DocumentCounts
from agent.coverage.index.database import open_database
from agent.coverage.index.edition import EditionCache
from agent.coverage.index.entries import (
    Arrived,
    DepartedDocuments,
    DocumentListing,
    DocumentState,
    Located,
    PlaceRow,
    document_of,
    is_older,
    review_key,
    row_of,
)
from agent.coverage.origins.copies import Copies
from agent.models import Document
from agent.storage import Database, slices
from agent.text.language import primary_language


class Catalogue:
    """What was written is there after the process is killed. Every method raises `StoreError` on a bad file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.copies = Copies(database)
        self.edition = EditionCache(database)
        self.counts = DocumentCounts(database, self.edition)

    @property
    def database(self) -> Database:
        return self._database

    def unknown(self, documents: Sequence[Document]) -> list[Document]:
        """Those that never came before, each once."""
        fresh = {document.id: document for document in documents}
        with self._database.reading() as connection:
            for ids in slices(list(fresh)):
                for (known,) in connection.execute(asked.KNOWN, {"ids": ids}):
                    del fresh[known]
        return list(fresh.values())

    def write_pending(self, documents: Iterable[Document]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [row_of(document) | {"state": DocumentState.PENDING, "added_at": now} for document in documents]
        with self._database.writing() as connection:
            self.edition.renew()
            connection.executemany(asked.ADD, rows)

    def supersede(self, documents: Sequence[Document], *, standing: bool = False) -> DepartedDocuments:
        """Leaves one version of each of these documents' pages in search: the one that came last.

        One that was published before the version that is there does not take its place, unless it was just seen at
        its address: archives are not always added in order.
        """
        superseded: list[str] = []
        with self._database.writing() as connection:
            self.edition.renew()
            # The last one first: of versions that come together it is the one that replaces them all.
            for document in reversed(documents):
                for other in self._earlier_versions(document) if document.id not in superseded else ():
                    older = not standing and is_older(document, other)
                    old, new = (document, other) if older else (other, document)
                    values = {"to_state": DocumentState.SUPERSEDED, "why": new.id, "of_id": old.id}
                    connection.execute(asked.PUT_OUT, values)
                    superseded.append(old.id)
            return self._without_passages(superseded)

    def _earlier_versions(self, document: Document) -> list[Document]:
        values = {"of_page": page_key(document.url), "of_id": document.id}
        with self._database.reading() as connection:
            return [document_of(row) for row in connection.execute(asked.EARLIER, values)]

    def withdraw(self, ids: Sequence[str], reason: str) -> DepartedDocuments:
        """Puts the current ones of these out of search, for a reason that is kept."""
        with self._database.writing() as connection:
            self.edition.renew()
            withdrawn: list[str] = []
            for some in slices(ids):
                gone = connection.execute(asked.WITHDRAW, {"ids": some, "why": reason}).fetchall()
                withdrawn += [row[0] for row in gone]
            return self._without_passages(withdrawn)

    def restore(self, ids: Sequence[str]) -> list[str]:
        """Makes the withdrawn ones of these wait for the index again; those of a page that moved on stay out."""
        return self._bring_back(asked.RESTORE, ids, DocumentState.WITHDRAWN)

    def revive(self, ids: Sequence[str]) -> list[str]:
        """Makes the superseded ones of these current again: their pages went back to what they said before."""
        return self._bring_back(asked.BRING_BACK, ids, DocumentState.SUPERSEDED)

    def _bring_back(self, statement: Executable, ids: Sequence[str], state: DocumentState) -> list[str]:
        """As if they came now: under a number of their own, so that who looks for what is new meets them."""
        back: list[str] = []
        with self._database.writing() as connection:
            self.edition.renew()
            for one in ids:
                found = connection.execute(statement, {"of_id": one, "of_state": state}).fetchall()
                back += [row[0] for row in found]
        return back

    def _without_passages(self, ids: Sequence[str]) -> DepartedDocuments:
        keys = {one.key for passages in self.passages_of(ids).values() for one in passages}
        with self._database.writing() as connection:
            self.copies.leave(ids)
            for some in slices(ids):
                connection.execute(asked.REMOVE_PASSAGES, {"ids": some})
            orphans = keys - self.with_keys(keys).keys()
        reviews = [
            review_key(document.id, number)
            for document in self.get(ids).values()
            for number in range(len(document.provenance.reviews))
        ]
        return DepartedDocuments(tuple(ids), tuple(sorted(orphans)), tuple(reviews))

    def mark_ready(self, document_id: str, passages: Sequence[Located]) -> bool:
        """Whether it is searched now: it is not when it left in the meantime, or is searched already."""
        with self._database.writing() as connection:
            self.edition.renew()
            waiting = {"of_id": document_id, "of_state": DocumentState.PENDING}
            if not connection.execute(asked.MAKE_READY, waiting).rowcount:
                return False
            connection.execute(asked.REMOVE_PASSAGES, {"ids": [document_id]})
            connection.executemany(asked.ADD_PASSAGES, [one._asdict() for one in passages])
        return True

    def mark_all_pending(self) -> None:
        with self._database.writing() as connection:
            self.edition.renew()
            connection.execute(asked.CLEAR_PASSAGES)
            connection.execute(asked.MAKE_ALL_PENDING, {"of_state": DocumentState.READY})

    def with_keys(self, keys: Iterable[str]) -> dict[str, list[Located]]:
        """Where the passages of some keys stand."""
        found: dict[str, list[Located]] = defaultdict(list)
        for one in self._located(asked.UNDER, "keys", keys):
            found[one.key].append(one)
        return found

    def rows_under(self, keys: Iterable[str]) -> dict[str, list[PlaceRow]]:
        """The same for a search, which meets thousands of them and needs few."""
        found: dict[str, list[PlaceRow]] = defaultdict(list)
        with self._database.reading() as connection:
            for some in slices(sorted(keys)):
                for row in connection.execute(asked.UNDER, {"keys": some}):
                    found[row[4]].append(row)
        return found

    def passages_of(self, document_ids: Iterable[str]) -> dict[str, list[Located]]:
        """The passages of some documents, in order."""
        found: dict[str, list[Located]] = defaultdict(list)
        for one in self._located(asked.OF_DOCUMENTS, "ids", document_ids):
            found[one.document_id].append(one)
        return found

    def _located(self, query: Select[Any], name: str, values: Iterable[str]) -> Iterator[Located]:
        for some in slices(sorted(set(values))):
            with self._database.reading() as connection:
                rows = connection.execute(query, {name: some}).fetchall()
            yield from map(Located._make, rows)

    def pending(self, limit: int) -> list[Document]:
        """At most so many documents that wait for the index, those that came first in front."""
        with self._database.reading() as connection:
            rows = connection.execute(asked.WAITING, {"of_state": DocumentState.PENDING, "most": limit})
            return [document_of(row) for row in rows]

    def get(self, ids: Iterable[str]) -> dict[str, Document]:
        """The known ones of these, by id."""
        found: dict[str, Document] = {}
        with self._database.reading() as connection:
            for some in slices(sorted(set(ids))):
                found |= {row[0]: document_of(row) for row in connection.execute(asked.READ, {"ids": some})}
        return found

    def languages(self, ids: Iterable[str]) -> dict[str, str]:
        """The primary subtags of the known ones of these, by id."""
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for some in slices(sorted(set(ids))):
                found |= connection.execute(asked.LANGUAGE_OF, {"ids": some}).fetchall()
        return {document_id: primary_language(language) for document_id, language in found.items()}

    def remove(self, ids: Sequence[str]) -> DepartedDocuments:
        """Takes out the known ones of these, as if they had never come."""
        removed: list[str] = []
        with self._database.writing() as connection:
            self.edition.renew()
            gone = self._without_passages(ids)
            for some in slices(ids):
                removed += [row[0] for row in connection.execute(asked.REMOVE, {"ids": some})]
        return replace(gone, ids=tuple(removed))

    def arrived_since(self, seq: int, limit: int) -> list[Arrived]:
        """The indexed documents that came after one with this number, in the order of their coming."""
        values = {"after": seq, "of_state": DocumentState.READY, "most": limit}
        with self._database.reading() as connection:
            rows = connection.execute(asked.ARRIVED, values).fetchall()
        return [Arrived(seq=row[0], document=document_of(row[1:])) for row in rows]

    def newest(self) -> int:
        """The number of the indexed document that came last; 0 when there is none."""
        return self._database.number(asked.NEWEST, {"of_state": DocumentState.READY})

    def states(self, ids: Sequence[str]) -> dict[str, DocumentState]:
        """The state of the known ones of these."""
        found: dict[str, DocumentState] = {}
        with self._database.reading() as connection:
            for some in slices(ids):
                rows = connection.execute(asked.STATES, {"ids": some})
                found |= {document_id: DocumentState(state) for document_id, state in rows}
        return found

    def page(self, url: str) -> Document | None:
        """What stands at an address now."""
        with self._database.reading() as connection:
            row = connection.execute(asked.AT_PAGE, {"of_page": page_key(url)}).fetchone()
        return document_of(row) if row else None

    def listing(self, *, kept: bool = False) -> Iterator[DocumentListing]:
        """The documents that are searched, in the order in which they came; or those that are only `kept`."""
        with self._database.reading() as connection:
            rows = connection.execute(asked.LISTING_KEPT if kept else asked.LISTING).fetchall()
        for row in rows:
            yield DocumentListing(**dict(zip(DocumentListing.model_fields, row, strict=True)))

    def listed(self, document_id: str) -> DocumentListing:
        """One known document, in whatever state it is."""
        with self._database.reading() as connection:
            row = connection.execute(asked.LISTED_ONE, {"of_id": document_id}).fetchone()
        return DocumentListing(**dict(zip(DocumentListing.model_fields, row, strict=True)))

    def beginning_with(self, prefix: str, limit: int) -> list[str]:
        """The first ids that begin so, of documents in any state. A prefix has letters and digits only."""
        values = {"pattern": f"{prefix}%", "most": limit}
        with self._database.reading() as connection:
            return [row[0] for row in connection.execute(asked.BEGINNING, values).fetchall()]

    def spoken_keys(self) -> list[tuple[str, str]]:
        """The keys of all passages, each with the primary subtags that documents with it have."""
        with self._database.reading() as connection:
            rows = connection.execute(asked.SPOKEN).fetchall()
        return list(dict.fromkeys((key, primary_language(language)) for key, language in rows))

    def draw(self, limit: int) -> list[CalibrationSample]:
        """Documents that are searched, as good as at random and always the same, each with one passage of its own."""
        with self._database.reading() as connection:
            rows = connection.execute(asked.DRAWN, {"most": limit}).fetchall()
        drawn = [CalibrationSample(one, primary_language(language), head, key) for one, language, head, key in rows]
        once = {one.key: one for one in reversed(drawn)}
        return list({one.document_id: one for one in once.values()}.values())

    def fact(self, name: str) -> str | None:
        return self._database.fact(name)

    def learn(self, **facts: str) -> None:
        self._database.learn(**facts)

    def forget(self, name: str) -> None:
        self._database.forget(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written inside stands together or not at all."""
        with self._database.writing():
            yield


@contextmanager
def open_catalogue(settings: Settings) -> Iterator[Catalogue]:
    """The catalogue, made when it is not there; raises `StoreError` when it cannot be used."""
    with open_database(settings) as database:
        yield Catalogue(database)
