"""Where a report comes from in the end: an agency, a house of outlets, an outlet, or nobody that is known.

What is counted are roots. A report's root rests on what that report says of itself and on nothing else, so that no
document can make one origin of two others.
"""

from agent.coverage.address import host_of
from agent.coverage.origins.agencies import bare_name, houses
from agent.coverage.origins.credits import credited
from agent.models import AGENCY, ANY_AGENCY, Article, Document, Frozen


class Root(Frozen):
    """`agencies` may be several: then it is one of them. `name` is as its reader knows it."""

    id: str
    name: str | None
    agencies: frozenset[str] = frozenset()
    family: bool = False

    def may_be(self, other: "Root") -> bool:
        """Whether the two may be one: the same, or an agency that is not named for certain."""
        if ANY_AGENCY in self.agencies | other.agencies:
            return bool(self.agencies and other.agencies)
        return self.id == other.id or bool(self.agencies & other.agencies)


def root_of(told: Document | Article, language: str = "en") -> Root | None:
    """The root of a report by its own signature; None when nobody signs. `language` is the reader's."""
    known = houses()
    host = None if (host := host_of(told.url)) is None or known.is_shared(host) else host
    agency = known.agency_of(told.outlet, host)
    agencies = credited(told) or (frozenset((agency,)) if agency else frozenset())
    if agencies:
        return _agencies(agencies, language)
    if family := known.family_of(told.outlet, host):
        return Root(id=f"family:{family.id}", name=_name(family.name, family.ar, language), family=True)
    if told.outlet and (name := bare_name(told.outlet)):
        return Root(id=f"outlet:{name}", name=told.outlet)
    return Root(id=f"outlet:{host}", name=host) if host else None


def _agencies(agencies: frozenset[str], language: str) -> Root:
    known = [houses().agency(agency) for agency in sorted(agencies)]
    names = [_name(one.name, one.ar, language) for one in known if one is not None]
    if not names:
        names = [_name(houses().any.name, houses().any.ar, language)]
    return Root(id=f"{AGENCY}{'+'.join(sorted(agencies))}", name=" / ".join(names), agencies=agencies)


def _name(name: str, arabic: str, language: str) -> str:
    return arabic if language.partition("-")[0] == "ar" else name
