"""Of which earlier document a document is a copy: at most one, chosen from what stood there before it.

Nothing that comes later changes what was there: a copy joins the report that it is most like, speaks for nobody, and
cannot make one report of two. So no number of copies, whatever their dates, changes a label.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from agent.coverage.address import host_of, page_key
from agent.coverage.origins.changes import changed_facts
from agent.coverage.origins.likeness import Runs, bond_of, likeness, runs_of
from agent.models import Bond, CopyLink, Document

# A page that names another host's as its original is believed when this much of the shorter text is the same.
_BELIEVED = 0.3
# Of those that share a run so many are looked at, the first that came; of all together so many, the likest.
MOST_HOLDERS = 32
MOST_COMPARED = 16


@dataclass(frozen=True, slots=True)
class Pages:
    """`own` are the addresses of a document's page, `claimed` the original on another host that it names."""

    own: frozenset[str]
    claimed: str | None = None

    @classmethod
    def of(cls, document: Document) -> "Pages":
        own = {key} if (key := page_key(document.url)) else set()
        canonical = page_key(document.canonical_url)
        if canonical is None or not urlsplit(document.canonical_url or "").path.strip("/"):
            # Sites that name their front page everywhere would be one report.
            return cls(frozenset(own))
        if host_of(document.canonical_url) == host_of(document.url):
            return cls(frozenset({*own, canonical}))
        return cls(frozenset(own), canonical)

    @property
    def all(self) -> frozenset[str]:
        return self.own | {self.claimed} if self.claimed else self.own

    def claims(self, other: "Pages") -> bool:
        """Whether this one names the other, or what the other names too, as the original.

        What the other says of this one counts for nothing: or a page that came first could take a report of
        another outlet for its own, and speak in its place.
        """
        return self.claimed is not None and self.claimed in {*other.own, other.claimed}


@dataclass(frozen=True, slots=True)
class _Match:
    document: Document
    bond: Bond
    shared: float
    whole: float


def link_to(document: Document, earlier: Iterable[Document]) -> CopyLink | None:
    """The link to the one that a document copies; None when it is a report of its own.

    `earlier` are those that may be copied, in the order of their coming; of two alike the first is taken.
    """
    runs, pages = runs_of(document.text), Pages.of(document)
    matches = [match for one in earlier if (match := _match(runs, pages, one)) is not None]
    if not matches:
        return None
    best = max(matches, key=lambda match: (match.bond is Bond.SAME_PAGE, match.whole))
    return CopyLink(document_id=document.id, of=best.document.id, why=best.bond, shared=round(best.shared, 3))


def _match(runs: Runs, pages: Pages, earlier: Document) -> _Match | None:
    others, other_pages = runs_of(earlier.text), Pages.of(earlier)
    alike = likeness(runs, others)
    bond = bond_of(runs, others, alike)
    is_page = pages.own & other_pages.own or (pages.claims(other_pages) and alike.shared >= _BELIEVED)
    if is_page:
        bond = Bond.SAME_PAGE
    return _Match(earlier, bond, alike.shared, alike.whole) if bond is not None else None


def told_changed(link: CopyLink, copy: Document, witness: Document) -> CopyLink:
    """The link with what the copy has otherwise than the witness of its report."""
    return link.model_copy(update={"changed": changed_facts(witness.text, copy.text)})


def heads(ids: Iterable[str], links: Mapping[str, CopyLink]) -> dict[str, str]:
    """The first document of the report that each belongs to."""
    found: dict[str, str] = {}
    for start in ids:
        head = start
        while head in links:
            head = links[head].of
        found[start] = head
    return found


def linked(ordered: Sequence[Document], candidates: "Shelf") -> dict[str, CopyLink]:
    """The links between documents that come in this order."""
    links: dict[str, CopyLink] = {}
    by_id = {document.id: document for document in ordered}
    for document in ordered:
        link = link_to(document, candidates.near(document))
        candidates.add(document)
        if link is not None:
            links[document.id] = link
            witness = by_id[heads([document.id], links)[document.id]]
            links[document.id] = told_changed(link, document, witness)
    return links


class Shelf:
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
