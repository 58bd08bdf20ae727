"""Where a report comes from in the end: an agency, a house of outlets, an outlet, or nobody that is known.

What is counted are roots. A report's root rests on what that report says of itself and on nothing else, so that no
document can make one origin of two others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from agent.coverage.index.address import host_of, same_site
from agent.coverage.origins.agencies import bare_name, houses
from agent.coverage.origins.credits import credits_of
from agent.coverage.origins.spelling import closeness, is_arabic, sound_alike
from agent.models import AGENCY, ANY_AGENCY, Article, Document, Evidence, Frozen, Passage, Provenance, Report


class Root(Frozen):
    """`agencies` may be several: then it is one of them. `name` is as its reader knows it. `credited`: the report
    says whose it is; otherwise it is of the outlet that it stands in, at `host` where that is known."""

    id: str
    name: str | None
    agencies: frozenset[str] = frozenset()
    family: bool = False
    credited: bool = False
    host: str | None = None

    def may_be(self, other: "Root") -> bool:
        """Whether the two may be one: the same, an agency that is not named for certain, or an outlet that is
        credited by its name in another script."""
        if ANY_AGENCY in self.agencies | other.agencies:
            return bool(self.agencies and other.agencies)
        return self.id == other.id or bool(self.agencies & other.agencies) or self._is_written(other)

    def _is_written(self, other: "Root") -> bool:
        if not (self.credited or other.credited) or self.agencies or other.agencies:
            return False
        return bool(self.name and other.name and sound_alike(self.name, other.name))


def root_of(value: Document | Article, language: str = "en") -> Root | None:
    """The root of a report by its own signature; None when nobody signs. `language` is the reader's."""
    known, host = houses(), own_host(value)
    own = outlet_root(value.outlet, host, language)
    credits = credits_of(value)
    if credits.agencies:
        return agency_root(credits.agencies, language, credited=True)
    if agency := known.agency_of(value.outlet, host):
        return agency_root(frozenset((agency,)), language)
    credited = outlet_root(credits.outlets[0], None, language) if credits.outlets else None
    if credited is None or (own is not None and credited.id == own.id):
        return own
    return credited.model_copy(update={"credited": True})


def roots_told(report: Report) -> list[Root]:
    """What the evidence of a report goes back to."""
    names = {summary.id: summary.name for summary in report.origins}
    items = [item for finding in report.claims for item in finding.evidence if item.source == "coverage"]
    found = [_root_told(item, names.get(item.origin)) for item in items]
    return [root for root in dict.fromkeys(found) if not root.id.startswith(AGENCY)]


def _root_told(item: Evidence, name: str | None) -> Root:
    host = own_host(item.passage)
    printed = outlet_root(item.passage.outlet, host, item.passage.language)
    return Root(id=item.origin, name=name, host=host if printed is not None and printed.id == item.origin else None)


def own_host(value: Document | Article | Passage) -> str | None:
    """The host of a report's address, unless it is one where anybody may publish."""
    host = host_of(value.url)
    return None if host is None or houses().is_shared(host) else host


def credits_another(document: Document) -> bool:
    """Whether a report's root is another than that of the place it stands in, because it says so itself."""
    root = root_of(document)
    return root is not None and root.credited and root.id != _of_place(document)


def reconciled(roots: Mapping[str, Root], earlier: Sequence[Root] = ()) -> dict[str, Root]:
    """The same roots, with those that are credited by a name in another script as what that name is there, and those
    that stand at the site of another as that other. `earlier` ones are known and are not moved.

    Nothing is moved but what says itself where it stands and whom it credits: no document makes one of two others.
    """
    outlets = {root.id: root for root in (*earlier, *roots.values()) if not root.agencies and root.name}
    known = {key: as_known(root, list(outlets.values())) for key, root in outlets.items() if root.credited}
    named = {key: known.get(root.id, root) if root.credited else root for key, root in roots.items()}
    return _by_site(named, earlier)


def _by_site(roots: Mapping[str, Root], earlier: Sequence[Root]) -> dict[str, Root]:
    """The same, with an outlet that is found at the site of another, and nowhere else, as that other: "Bay Courier
    Online". A page that calls itself by the name of an outlet elsewhere is left with that name."""
    hosts: dict[str, set[str | None]] = defaultdict(set)
    for root in (*earlier, *roots.values()):
        hosts[root.id].add(root.host)
    settled = [root for root in (*earlier, *roots.values()) if len(hosts[root.id]) == 1]
    known = {root.id for root in earlier}
    moving = {root.id for root in settled} - known
    return {key: _of_site(root, settled, known) if root.id in moving else root for key, root in roots.items()}


def _of_site(root: Root, roots: Iterable[Root], known: Collection[str]) -> Root:
    """Who is known there, or has the shortest address and name at its site."""
    there = (one for one in roots if one.host and root.host and same_site(one.host, root.host))
    return min(
        there, key=lambda one: (one.id not in known, len(one.host or ""), len(one.name or ""), one.id), default=root
    )


def as_known(root: Root, outlets: Sequence[Root]) -> Root:
    """The outlet that a credited name is, the one that is written most like it. Of two that are only credited the one
    in Latin letters stands for the other, whichever is asked first."""
    alike = [one for one in outlets if one.id != root.id and root.may_be(one)]
    own = [one for one in alike if not one.credited] or [one for one in alike if _stands_for(one, root)]
    return max(own, key=lambda one: (closeness(one.name or "", root.name or ""), one.id), default=root)


def _stands_for(one: Root, other: Root) -> bool:
    ones, others = one.name or "", other.name or ""
    return (is_arabic(ones), one.id) < (is_arabic(others), other.id)


def _of_place(document: Document) -> str | None:
    bare = root_of(document.model_copy(update={"text": "", "author": None, "provenance": Provenance()}))
    return bare.id if bare is not None else None


def outlet_root(outlet: str | None, host: str | None, language: str) -> Root | None:
    """The house that an outlet belongs to, or the outlet itself."""
    if family := houses().family_of(outlet, host):
        return Root(id=f"family:{family.id}", name=_name(family.name, family.ar, language), family=True)
    if outlet and (name := bare_name(outlet)):
        return Root(id=f"outlet:{name}", name=outlet, host=host)
    return Root(id=f"outlet:{host}", name=host, host=host) if host else None


def agency_root(agencies: frozenset[str], language: str, *, credited: bool = False) -> Root:
    """What is one of these agencies, by their ids; its name is for readers of the language."""
    known = [houses().agency(agency) for agency in sorted(agencies)]
    names = [_name(one.name, one.ar, language) for one in known if one is not None]
    if not names:
        names = [_name(houses().any.name, houses().any.ar, language)]
    name = " / ".join(names)
    return Root(id=f"{AGENCY}{'+'.join(sorted(agencies))}", name=name, agencies=agencies, credited=credited)


def _name(name: str, arabic: str, language: str) -> str:
    return arabic if language.partition("-")[0] == "ar" else name
