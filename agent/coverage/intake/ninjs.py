"""ninjs, the IPTC's news in JSON: 1.x names its texts by suffix (body_text), 2.x and 3.x lists them (bodies).

3.x writes the names of 2.x in camel case, and calls `embargoed` `embargoedUntil`. A field that is null is one that is
not there, as exporters mean it; one that is there and empty is there: `"embargoed": ""` is an embargo without a time.
"""

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from agent.coverage.intake.agency import AgencyItem
from agent.coverage.intake.agency_markup import readable
from agent.coverage.intake.bodies import body_of, richest
from agent.coverage.intake.release import Release
from agent.coverage.origins.naming import signs_news
from agent.errors import BadInput
from agent.models import LeftOut

_OF_NINJS = ("versioncreated", "firstcreated", "pubstatus", "headline", "headlines", "bodies", "embargoed")
_NO_TEXTS = ("image/", "audio/", "video/")
_PARTIAL = ("partial", "incomplete")


class _Text(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: str = ""
    contenttype: str = ""
    value: str = ""


class _Named(BaseModel):
    model_config = ConfigDict(extra="ignore")

    name: str = ""
    code: str = ""


class _Ninjs(BaseModel):
    """All versions of ninjs with their names in lower case, as 1.x and 2.0 have them."""

    model_config = ConfigDict(extra="allow", coerce_numbers_to_str=True)

    uri: str | None = None
    guid: str | None = None
    type: str = "text"
    version: str = "0"
    pubstatus: str = "usable"
    representationtype: str = ""
    embargoed: str | None = None
    embargoeduntil: str | None = None
    headline: str | None = None
    headlines: tuple[_Text, ...] = ()
    title: str | None = None
    bodies: tuple[_Text, ...] = ()
    byline: str | None = None
    by: str | None = None
    located: str | None = None
    language: str | None = None
    versioncreated: str | None = None
    firstcreated: str | None = None
    contentcreated: str | None = None
    provider: str | None = None
    source: str | None = None
    creditline: str | None = None
    credit: str | None = None
    copyrightholder: str | None = None
    infosources: tuple[_Named, ...] = ()
    infosource: tuple[_Named, ...] = ()
    genres: tuple[_Named, ...] = ()
    genre: tuple[_Named, ...] = ()
    ednote: str = ""
    usageterms: str = ""

    @field_validator(
        "byline", "by", "provider", "located", "source", "creditline", "credit", "copyrightholder", mode="before"
    )
    @classmethod
    def _by_name(cls, value: object) -> object:
        """One name or several, bare or as objects that have it."""
        names = [
            one.get("name") if isinstance(one, dict) else one
            for one in (value if isinstance(value, list) else [value])
        ]
        return ", ".join(name for name in names if isinstance(name, str)) or None

    @field_validator("embargoed", "embargoeduntil", mode="before")
    @classmethod
    def _switch(cls, value: object) -> object:
        """Yes without a time is an embargo without one, and no is none."""
        return ("" if value else None) if isinstance(value, bool) else value

    @field_validator("bodies", "headlines", "infosource", "infosources", "genre", "genres", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return [value] if isinstance(value, dict) else value


def is_ninjs(value: object) -> bool:
    """Whether a JSON object looks like an item: it has an identifier and something of a news item's own."""
    if not isinstance(value, dict):
        return False
    names = {str(name).lower() for name in value}
    return bool(names & {"uri", "guid"}) and any(name.startswith("body_") or name in _OF_NINJS for name in names)


def read_ninjs(value: object) -> AgencyItem:
    """Raises `BadInput` for what is no item, `ConfigurationError` when its markup needs a missing package."""
    try:
        item = _Ninjs.model_validate(_lower(value))
    except ValidationError as err:
        first = err.errors()[0]
        raise BadInput(f"not ninjs: {'.'.join(map(str, first['loc']))}: {first['msg']}") from err
    return AgencyItem(
        uri=item.uri or item.guid,
        version=int(item.version) if item.version.isdecimal() else 0,
        kind=item.type,
        genres=tuple(code for one in (*item.genre, *item.genres) for code in (one.code, one.name) if code),
        release=Release(
            status=item.pubstatus,
            embargo=item.embargoed if item.embargoed is not None else item.embargoeduntil,
            notes=(item.ednote,),
            terms=(item.usageterms,),
        ),
        headline=_headline(item),
        byline=readable(item.byline or item.by or "") or None,
        outlet=item.provider or item.copyrightholder or item.source or next(_sources(item), None),
        credits=tuple(_credits(item)),
        language=item.language,
        published_at=item.versioncreated or item.contentcreated or item.firstcreated,
        text=richest(list(map(body_of, _texts(item)))).text,
        cautions=_incomplete(item),
    )


def _lower(result: object) -> object:
    """Names in lower case, in objects and lists of them: 3.x writes versionCreated, 2.x versioncreated."""
    if isinstance(result, dict):
        return {
            str(name).lower(): _lower(value) if isinstance(value, list) else value
            for name, value in result.items()
            if value is not None
        }
    if isinstance(result, list):
        return [_lower(one) if isinstance(one, dict) else one for one in result]
    return result


def _texts(item: _Ninjs) -> Iterator[str]:
    """All that the item holds of its text, in whatever form."""
    for name, value in (item.model_extra or {}).items():
        if name.startswith("body_") and isinstance(value, str):
            yield value
    for body in item.bodies:
        if not body.contenttype.lower().startswith(_NO_TEXTS):
            yield body.value


def _headline(item: _Ninjs) -> str | None:
    """The main one; a title, which is not made to be published, only where there is no other."""
    listed = sorted(item.headlines, key=lambda one: one.role.lower() not in ("main", "headline", ""))
    suffixed = (value for name, value in (item.model_extra or {}).items() if name.startswith("headline_"))
    items = (item.headline, *(one.value for one in listed), *suffixed, item.title)
    return next((text for one in items if isinstance(one, str) and (text := readable(one))), None)


def _sources(item: _Ninjs) -> Iterator[str]:
    return (one.name for one in (*item.infosources, *item.infosource) if one.name)


def _credits(item: _Ninjs) -> Iterator[str]:
    """Credit lines, and the agencies among those who are said to have supplied the item or to own it."""
    yield from filter(None, (item.creditline, item.credit))
    others = filter(None, (item.source, item.copyrightholder, *_sources(item)))
    yield from (name for name in others if signs_news(name))


def _incomplete(item: _Ninjs) -> tuple[LeftOut, ...]:
    if item.representationtype.lower() not in _PARTIAL:
        return ()
    return (LeftOut(what="the rest of the text", why="is not in the item: its agency calls it partial"),)
