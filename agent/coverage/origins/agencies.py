"""Who signs news: agencies, houses of several outlets, hosts where anybody may publish. Read from `agencies.toml`."""

import re
import tomllib
import unicodedata
from functools import cached_property, lru_cache
from importlib.resources import files

from pydantic import Field

from agent.models import ANY_AGENCY, Frozen
from agent.text import fold

_HOUSE_WORDS = re.compile(
    r"^(?:وكاله انباء|وكاله|خبرگزاري|خبركزاري|قناه|صحيفه|جريده|موقع|روزنامه|the|agence|agencia|agenzia"
    r"|nachrichtenagentur)\s+"
    r"|\s+(?:news agency|press agency|agency|haber ajansi|ajansi|للانباء)$"
)
_DOTS = re.compile(r"[.\s\u200c]+")
_COMPANY = re.compile(
    r"[\s,]+(?:gmbh|ltd\.?|limited|llc|inc\.?|plc|ag|as|oy|s\.?a\.?s?\.?|s\.?p\.?a\.?|b\.?v\.?|a\.?ş\.?)$",
    re.IGNORECASE,
)
_UNPARTED = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_SAME_MARK = str.maketrans(
    {**dict.fromkeys("“”„‟«»‹›＂", '"'), **dict.fromkeys("‘’‛`´", "'"), **dict.fromkeys("‐‑−", "-"), "ı": "i"}
)


class Agency(Frozen):
    """`names` are found in capitals or small letters, `marks` only as they stand."""

    id: str
    name: str
    ar: str
    names: tuple[str, ...]
    marks: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


class Family(Frozen):
    """Outlets of one house."""

    id: str
    name: str
    ar: str
    outlets: tuple[str, ...]
    hosts: tuple[str, ...] = ()


class AnyAgency(Frozen):
    name: str
    ar: str
    names: tuple[str, ...]


class Hosts(Frozen):
    hosts: tuple[str, ...]


class Houses(Frozen):
    """All that is known of who signs."""

    agencies: tuple[Agency, ...] = Field(alias="agency")
    families: tuple[Family, ...] = Field(alias="family")
    any: AnyAgency
    shared: Hosts

    @cached_property
    def signs(self) -> dict[str, str]:
        """The id of the agency for each way to sign, as `sign_key` writes it; `ANY_AGENCY` for none by name."""
        known = dict.fromkeys(map(sign_key, self.any.names), ANY_AGENCY)
        for agency in self.agencies:
            known |= {sign_key(name): agency.id for name in agency.names}
            known |= dict.fromkeys(map(folded_name, agency.marks), agency.id)
        return known

    @cached_property
    def pattern(self) -> str:
        """What finds one signature in a text that `agent.coverage.origins.credits` has prepared."""
        names = [name for agency in self.agencies for name in agency.names] + list(self.any.names)
        marks = [folded_name(mark) for agency in self.agencies for mark in agency.marks]
        folded = [folded_name(name) for name in sorted(names, key=len, reverse=True)]
        loose = "|".join(re.escape(name) for name in folded if not _UNPARTED.search(name))
        exact = "|".join(map(re.escape, sorted(marks, key=len, reverse=True)))
        # Chinese and Japanese write the place of a dateline right behind the name.
        unparted = "|".join(re.escape(name) for name in folded if _UNPARTED.search(name))
        return rf"(?:(?<!\w)(?:(?i:{loose})|{exact})(?!\w)|{unparted})"

    def agency(self, agency_id: str) -> Agency | None:
        return next((one for one in self.agencies if one.id == agency_id), None)

    def agency_of(self, outlet: str | None, host: str | None) -> str | None:
        """The agency that an outlet is. Its name stands alone here, so that small letters make no other word of it;
        and it may be that of its site."""
        for name in (outlet, (outlet or "").upper()):
            sign = sign_of(name)
            if sign and self.signs.get(sign, ANY_AGENCY) != ANY_AGENCY:
                return self.signs[sign]
        hosts = [
            host,
            outlet.strip().lower().removeprefix("www.") if outlet and _HOST.fullmatch(outlet.strip()) else None,
        ]
        places = [self._agency_hosts[one] for host in hosts for one in _above(host) if one in self._agency_hosts]
        return self.agencies[min(places)].id if places else None

    def family_of(self, outlet: str | None, host: str | None) -> Family | None:
        """The house that an outlet belongs to."""
        places = [self._family_hosts[one] for one in _above(host) if one in self._family_hosts]
        if (name := bare_name(outlet)) in self._family_outlets:
            places.append(self._family_outlets[name])
        return self.families[min(places)] if places else None

    def is_shared(self, host: str) -> bool:
        return not self._shared_hosts.isdisjoint(_above(host))

    # Every document is asked for: each host and name has its place in the list, where the first counts.
    @cached_property
    def _agency_hosts(self) -> dict[str, int]:
        return {host: place for place, one in reversed([*enumerate(self.agencies)]) for host in one.hosts}

    @cached_property
    def _family_hosts(self) -> dict[str, int]:
        return {host: place for place, one in reversed([*enumerate(self.families)]) for host in one.hosts}

    @cached_property
    def _family_outlets(self) -> dict[str, int]:
        listed = reversed([*enumerate(self.families)])
        names = {bare_name(outlet): place for place, one in listed for outlet in one.outlets}
        return {name: place for name, place in names.items() if name}

    @cached_property
    def _shared_hosts(self) -> frozenset[str]:
        return frozenset(self.shared.hosts)


def _above(host: str | None) -> list[str]:
    """A host and those that it stands under: of "a.b.c" also "b.c" and "c"."""
    parts = host.split(".") if host else []
    return [".".join(parts[at:]) for at in range(len(parts))]


@lru_cache(maxsize=1 << 14)
def bare_name(outlet: str | None) -> str:
    """An outlet's name for comparing: without "the", "news agency", "صحيفة" and the like."""
    name = " ".join(fold(outlet or "").replace("ı", "i").split())
    return _HOUSE_WORDS.sub("", name) or name


def folded_name(name: str) -> str:
    """Other letters than Latin ones as they are compared; Latin capitals tell a mark from a word and stay."""
    return " ".join(part if part.isascii() else _folded_part(part) for part in name.replace("\u200c", " ").split())


# What stands alone as a dash is one, though within words it only makes them longer.
_DASH_OF_TATWEEL = re.compile("\u0640+")


@lru_cache(maxsize=1 << 14)
def _folded_part(part: str) -> str:
    if _DASH_OF_TATWEEL.fullmatch(part):
        return "-"
    if any(character.isalpha() and not unicodedata.name(character, "").startswith("LATIN") for character in part):
        return fold(part)
    bare = unicodedata.normalize("NFKD", part.translate(_SAME_MARK))
    return "".join(character for character in bare if not unicodedata.combining(character)).translate(_SAME_MARK)


def sign_key(name: str) -> str:
    """A way to sign without its dots, spaces and capitals."""
    return _DOTS.sub("", folded_name(name)).casefold()


# Each piece of evidence is held against all outlets that were found.
@lru_cache(maxsize=1 << 12)
def sign_of(name: str | None) -> str | None:
    """The key in `Houses.signs` of a whole name, if it is one of a known agency."""
    if not name:
        return None
    text = folded_name(_COMPANY.sub("", name.strip()))
    known = houses().signs
    bare = sign_key(bare_name(text))
    return next((key for key in (text, sign_key(text), bare) if key in known and _may_be(key, text)), None)


def _may_be(key: str, text: str) -> bool:
    """A mark of capitals does not stand for a word in small letters: "Sana" is a first name."""
    return key == text or key in _loose()


@lru_cache(maxsize=1)
def _loose() -> frozenset[str]:
    known = houses()
    names = [name for agency in known.agencies for name in agency.names] + list(known.any.names)
    return frozenset(map(sign_key, names))


@lru_cache(maxsize=1)
def houses() -> Houses:
    table = tomllib.loads(files("agent.coverage.origins").joinpath("agencies.toml").read_text(encoding="utf-8"))
    return Houses.model_validate(table)
