"""Who signs news: agencies, houses of several outlets, hosts where anybody may publish. Read from `agencies.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
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
        loose = "|".join(re.escape(folded_name(name)) for name in sorted(names, key=len, reverse=True))
        exact = "|".join(map(re.escape, sorted(marks, key=len, reverse=True)))
        return rf"(?<!\w)(?:(?i:{loose})|{exact})(?!\w)"

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
        first = min((n for host in hosts if (n := self._agency_hosts.first(host)) is not None), default=None)
        return None if first is None else self.agencies[first].id

    def family_of(self, outlet: str | None, host: str | None) -> Family | None:
        """The house that an outlet belongs to."""
        name = bare_name(outlet)
        found = (self._family_names.get(name) if name else None, self._family_hosts.first(host))
        first = min((number for number in found if number is not None), default=None)
        return None if first is None else self.families[first]

    def is_shared(self, host: str) -> bool:
        return stands_under(host, self.shared.hosts)

    @cached_property
    def _agency_hosts(self) -> "_HostTable":
        return _HostTable(one.hosts for one in self.agencies)

    @cached_property
    def _family_hosts(self) -> "_HostTable":
        return _HostTable(one.hosts for one in self.families)

    @cached_property
    def _family_names(self) -> dict[str, int]:
        """By the name of an outlet the number of the first family that has it."""
        names: dict[str, int] = {}
        for number, family in enumerate(self.families):
            for outlet in family.outlets:
                names.setdefault(bare_name(outlet), number)
        return names


class _HostTable:
    """By host the number of the first of several lists that it stands under: a run asks of each of its documents many
    times, and the lists hold hundreds."""

    def __init__(self, lists: Iterable[tuple[str, ...]]) -> None:
        self._numbers: dict[str, int] = {}
        for number, hosts in enumerate(lists):
            for host in hosts:
                self._numbers.setdefault(host, number)

    def first(self, host: str | None) -> int | None:
        found = (self._numbers.get(one) for one in _with_those_above(host or ""))
        return min((number for number in found if number is not None), default=None)


def _with_those_above(host: str) -> Iterator[str]:
    """ "news.bbc.co.uk", "bbc.co.uk", "co.uk", "uk"."""
    while host:
        yield host
        host = host.partition(".")[2]


def stands_under(host: str | None, hosts: tuple[str, ...]) -> bool:
    """Whether a host is one of these or under one of them."""
    return host is not None and any(host == one or host.endswith(f".{one}") for one in hosts)


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


def sign_of(name: str | None) -> str | None:
    """The key in `Houses.signs` of a whole name, if it is one of a known agency."""
    if not name:
        return None
    told = folded_name(_COMPANY.sub("", name.strip()))
    known = houses().signs
    bare = sign_key(bare_name(told))
    return next((key for key in (told, sign_key(told), bare) if key in known and _may_be(key, told)), None)


def _may_be(key: str, told: str) -> bool:
    """A mark of capitals does not stand for a word in small letters: "Sana" is a first name."""
    return key == told or key in _loose()


@lru_cache(maxsize=1)
def _loose() -> frozenset[str]:
    known = houses()
    names = [name for agency in known.agencies for name in agency.names] + list(known.any.names)
    return frozenset(map(sign_key, names))


@lru_cache(maxsize=1)
def houses() -> Houses:
    told = tomllib.loads(files("agent.coverage.origins").joinpath("agencies.toml").read_text(encoding="utf-8"))
    return Houses.model_validate(told)
