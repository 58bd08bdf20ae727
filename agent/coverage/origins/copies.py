"""Who copied whom in the store: kept for every indexed document, looked at again when what it copied leaves.

A new document is compared with a few candidates only: those that share most of the runs that are kept of each text
(see `sketches`).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from operator import itemgetter

from sqlalchemy import Executable

from agent.coverage.index.entries import PlaceRow
from agent.coverage.origins import statements
from agent.coverage.origins.changes import changed_facts
from agent.coverage.origins.likeness import COPY_SHARE, FEWEST_RUNS, Runs, runs_of
from agent.coverage.origins.linking import MOST_COMPARED, MOST_HOLDERS, Pages, link_to
from agent.coverage.origins.sketches import (
    DOUBT_OF_ARTICLE,
    OutlineRow,
    ReportCopies,
    SharedRuns,
    SketchSize,
    expected_share,
    sketch,
    uncut_part,
)
from agent.models import Bond, CopyLink, Document
from agent.storage import Connection, Database, slices

_MOST_LIKELY = 400
# So many standard errors below what a copy must have in common, and chance alone no longer explains it.
_DOUBT = 2.5
# Of a run of the article so many holders are looked at, because a copy that is overlooked would corroborate it.
_MOST_OF_ARTICLE = 1024
MOST_LISTED = 60
# What a product of numbers may be off in the database.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class _Stored:
    seq: int
    place: int
    document: Document

    @property
    def order(self) -> tuple[int, ...]:
        return self.place, self.seq


class Copies:
    """The links of the indexed documents. What is written belongs to the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def arrive(self, ids: Sequence[str]) -> None:
        """Links documents of the catalogue in this order, each to what came before it; those linked stay."""
        with self._database.writing() as connection:
            for document_id in ids:
                row = connection.execute(statements.UNLINKED, {"of_id": document_id}).fetchone()
                if row is not None:
                    self._arrive(connection, _stored((*row, _place(connection, document_id))))

    def _arrive(self, connection: Connection, new: _Stored) -> None:
        runs = runs_of(new.document.text)
        near = self._near(connection, new)
        kept = sketch(runs)
        row = {"document": new.seq, "place": new.place, "head": new.seq, "runs": len(runs), "kept": len(kept)}
        connection.execute(statements.ADD, row)
        connection.executemany(statements.ADD_SKETCH, [{"run": run, "document": new.seq} for run in kept])
        pages = [{"page": page, "document": new.seq} for page in Pages.of(new.document).all]
        connection.executemany(statements.ADD_PAGE, pages)
        self._link(connection, new, [one for one in near if one.order < new.order])
        # It may have been here before, or be a version of what was: then others are copies of it.
        for later in (one for one in near if one.order > new.order):
            self._relink(connection, later)

    def leave(self, ids: Sequence[str]) -> None:
        """Takes documents out; what was linked to them is linked to others, or is a report of its own."""
        with self._database.writing() as connection:
            gone = _load(connection, statements.LINKED_BY_ID, ids)
            for one in gone:
                of = {"of_document": one.seq}
                kept = [{"of_run": run, **of} for run in sketch(runs_of(one.document.text))]
                connection.executemany(statements.DELETE_SKETCH, kept)
                pages = [{"of_page": page, **of} for page in Pages.of(one.document).all]
                connection.executemany(statements.DELETE_PAGE, pages)
                connection.execute(statements.DELETE, of)
            orphans = _load(connection, statements.LINKED_TO, [one.seq for one in gone])
            for orphan in sorted(orphans, key=lambda one: one.order):
                self._relink(connection, orphan)

    def _relink(self, connection: Connection, one: _Stored) -> None:
        self._link(connection, one, [other for other in self._near(connection, one) if other.order < one.order])

    def _link(self, connection: Connection, one: _Stored, earlier: Sequence[_Stored]) -> None:
        """Writes of whom a document is a copy, for itself and for the copies of it."""
        link = link_to(one.document, [other.document for other in earlier])
        head = one
        known: dict[str, object] = {"of": None, "why": None, "shared": None}
        if link is not None:
            original = next(other for other in earlier if other.document.id == link.of)
            (head_seq,) = connection.execute(statements.HEAD, {"of_document": original.seq}).fetchone()
            (head,) = _load(connection, statements.LINKED, [head_seq])
            known = {"of": original.seq, "why": link.why, "shared": link.shared}
        connection.execute(statements.CHANGE, {**known, "of_document": one.seq})
        for member in self._followers(connection, one):
            changed = () if member.seq == head.seq else changed_facts(head.document.text, member.document.text)
            told = {"head": head.seq, "changed": json.dumps(changed, ensure_ascii=False)}
            connection.execute(statements.CHANGE, {**told, "of_document": member.seq})

    def _followers(self, connection: Connection, one: _Stored) -> list[_Stored]:
        """A document, the copies of it, and the copies of these."""
        members = [seq for (seq,) in connection.execute(statements.FOLLOWERS, {"of_document": one.seq})]
        return _load(connection, statements.LINKED, members)

    def _near(self, connection: Connection, one: _Stored) -> list[_Stored]:
        """The documents that may be copies of this one, or it of them, in the order of their coming."""
        seqs = self._likely(connection, runs_of(one.document.text), one.seq)
        for page in Pages.of(one.document).all:
            asked = {"of_page": page, "most": MOST_HOLDERS}
            seqs |= {seq for (seq,) in connection.execute(statements.HOLDERS_OF_PAGE, asked)}
        found = _load(connection, statements.LINKED, sorted(seqs - {one.seq}))
        return sorted(found, key=lambda other: other.order)

    def _likely(self, connection: Connection, runs: Runs, but: int) -> set[int]:
        """Of a run that many share, the first that came are looked at; a run that few share tells more."""
        hits: Counter[int] = Counter()
        weights: dict[int, float] = defaultdict(float)
        cut = 0
        for holders in self._holders(connection, runs, MOST_HOLDERS):
            cut += len(holders) == MOST_HOLDERS
            hits.update(holders)
            for holder in holders:
                weights[holder] += 1 / len(holders)
        weights.pop(but, None)
        uncut = uncut_part(cut, runs)
        likely: dict[int, float] = {}
        for some in slices(sorted(weights, key=lambda seq: (-weights[seq], seq))[:_MOST_LIKELY]):
            for seq, size, kept in connection.execute(statements.SIZES, {"asked": some}):
                if hits[seq] + _DOUBT * sqrt(hits[seq] + 1) >= expected_share(len(runs), size, kept, uncut):
                    likely[seq] = weights[seq] / min(len(runs), size)
        return set(sorted(likely, key=lambda seq: (-likely[seq], seq))[:MOST_COMPARED])

    def shared_with(self, text: str) -> SharedRuns:
        """Which documents share kept runs with a text."""
        runs = runs_of(text)
        held: Counter[int] = Counter()
        cut = 0
        with self._database.reading() as connection:
            for holders in self._holders(connection, runs, _MOST_OF_ARTICLE):
                cut += len(holders) == _MOST_OF_ARTICLE
                held.update(holders)
        return SharedRuns(len(runs), held, uncut_part(cut, runs))

    def _holders(self, connection: Connection, runs: Runs, most: int) -> Iterable[list[int]]:
        """The first documents that came with each of some runs; nothing for a run that nobody has."""
        for some in slices(runs.tolist()):
            holders: dict[int, list[int]] = defaultdict(list)
            for run, document in connection.execute(*statements.holders_of(some, most)):
                holders[run].append(document)
            yield from holders.values()

    def places_of_days(self, days: Sequence[tuple[str, str]], most: int) -> list[PlaceRow] | None:
        """The passages of linked documents of these days, and of those of which nobody knows the day; None for more
        than `most`."""
        with self._database.reading() as connection:
            rows = connection.execute(statements.PLACES_OF_NO_DAY, {"most": most + 1}).fetchall()
            for first, last in days:
                asked = {"first": first, "last": last, "most": most + 1}
                rows += connection.execute(statements.PLACES_OF_DAYS, asked).fetchall()
        return rows if len(rows) <= most else None

    def places_of_own(self, shared: SharedRuns, most: int) -> list[PlaceRow] | None:
        """Those of documents that may hold the text that shares these runs, or be held by it; None where more than
        `most` documents have to be looked at."""
        room = DOUBT_OF_ARTICLE / max(COPY_SHARE * shared.uncut, 1e-9) + _ROUNDING
        asked = {"runs": shared.runs, "room": room, "most": most + 1}
        by_size = statements.BY_SIZE
        if shared.runs < FEWEST_RUNS:
            by_size, asked = statements.BY_SIZE_OF_SHORT, asked | {"longest": shared.runs / COPY_SHARE}
        with self._database.reading() as connection:
            sizes = connection.execute(by_size, asked).fetchall()
            if len(sizes) + len(shared.held) > most:
                return None
            for some in slices(sorted(shared.held)):
                sizes += connection.execute(statements.SIZES, {"asked": some}).fetchall()
            own = sorted({size[0] for size in sizes if shared.may_be_copy(size)})
            return [row for some in slices(own) for row in connection.execute(statements.PLACES_OF, {"asked": some})]

    def places_of(self, document_id: str) -> list[PlaceRow]:
        """Those of one document."""
        with self._database.reading() as connection:
            return connection.execute(statements.PLACES_OF_ONE, {"of_id": document_id}).fetchall()

    def outlines(self, ids: Iterable[str]) -> dict[str, OutlineRow]:
        """Of the linked ones of some documents."""
        found: dict[str, OutlineRow] = {}
        with self._database.reading() as connection:
            for some in slices(sorted(ids)):
                found |= {row[0]: row for row in connection.execute(statements.OUTLINES, {"asked": some})}
        return found

    def reports(self, ids: Iterable[str]) -> list[ReportCopies]:
        """The reports that some documents belong to, with these documents and the first ones of each."""
        wanted = sorted(set(ids))
        with self._database.reading() as connection:
            heads: dict[int, set[int]] = {}
            for some in slices(wanted):
                for head, seq in connection.execute(statements.HEADS, {"asked": some}):
                    heads.setdefault(head, set()).add(seq)
            return [one for some in slices(list(heads)) for one in self._reports(connection, some, heads)]

    def _reports(
        self, connection: Connection, heads: Sequence[int], asked: Mapping[int, set[int]]
    ) -> Iterable[ReportCopies]:
        rows = connection.execute(statements.REPORTS, {"asked": heads})
        for head, members in groupby(rows, key=itemgetter(0)):
            sizes: dict[str, SketchSize] = {}
            links: list[CopyLink] = []
            more = 0
            for _, seq, document_id, of, why, shared, changed, runs, kept in members:
                if len(sizes) >= MOST_LISTED and seq not in asked[head]:
                    more += 1
                    continue
                sizes[document_id] = SketchSize(seq, runs, kept)
                if of is not None:
                    parsed = json.loads(changed)
                    links.append(
                        CopyLink(document_id=document_id, of=of, why=Bond(why), shared=shared, changed=parsed)
                    )
            yield ReportCopies(sizes, tuple(links), more)


def _place(connection: Connection, document_id: str) -> int:
    """Where a document stands among all: where it first came, or where the first version of its page did.

    A new version takes the place of the old one, so that copies of that are copies of it; a document that is brought
    back has its old place.
    """
    connection.execute(statements.ADD_PLACE, {"of_id": document_id})
    return int(connection.execute(statements.PLACE, {"of_id": document_id}).fetchone()[0])


def _load(connection: Connection, statement: Executable, asked: Sequence[object]) -> list[_Stored]:
    return [_stored(row) for some in slices(asked) for row in connection.execute(statement, {"asked": some})]


def _stored(row: tuple[int, str, str | None, str | None, str, int]) -> _Stored:
    seq, document_id, url, canonical_url, text, place = row
    return _Stored(seq, place, Document(id=document_id, url=url, canonical_url=canonical_url, text=text))
