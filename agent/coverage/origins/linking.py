"""Of which earlier document a document is a copy: at most one, chosen from what stood there before it.

Nothing that comes later changes what was there: a copy joins the report that it is most like, speaks for nobody, and
cannot make one report of two. So no number of copies, whatever their dates, changes a label.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from agent.coverage.index.address import host_of, page_key
from agent.coverage.origins.likeness import Runs, bond_of, likeness, runs_of
from agent.models import Bond, CopyLink, Document

# A page that names another host's as its original is believed when this much of the shorter text is the same.
_BELIEVED = 0.3
# Of the documents that share one run so many are looked at, the earliest first. Of all of them together so many are
# compared, the likeliest first.
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


def heads(ids: Iterable[str], links: Mapping[str, CopyLink]) -> dict[str, str]:
    """The first document of the report that each belongs to."""
    found: dict[str, str] = {}
    for start in ids:
        head = start
        while head in links:
            head = links[head].of
        found[start] = head
    return found
