"""ninjs, the IPTC's news in JSON: 1.x names its texts by suffix (body_text), 2.x and 3.x lists them (bodies)."""

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from agent.coverage.formats.agency import AgencyItem
from agent.coverage.formats.markup import text_of_html
from agent.errors import BadInput

_OF_NINJS = ("versioncreated", "firstcreated", "pubstatus", "headline", "headlines", "bodies")
# 1.x in the order in which they are preferred: markup keeps the paragraphs.
_BODIES = ("body_xhtml", "body_html", "body_richtext", "body_text")


class _Text(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: str = ""
    contenttype: str = ""
    value: str = ""


class _Named(BaseModel):
    model_config = ConfigDict(extra="ignore")

    name: str = ""


class _Ninjs(BaseModel):
    """All versions of ninjs with their names in lower case, as 1.x and 2.0 have them."""

    model_config = ConfigDict(extra="allow", coerce_numbers_to_str=True)

    uri: str | None = None
    guid: str | None = None
    type: str = "text"
    version: str = "0"
    pubstatus: str = "usable"
    embargoed: str | None = None
    headline: str | None = None
    headlines: tuple[_Text, ...] = ()
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
    copyrightholder: str | None = None
    infosources: tuple[_Named, ...] = ()
    infosource: tuple[_Named, ...] = ()

    @field_validator("provider", "located", "source", mode="before")
    @classmethod
    def _by_name(cls, told: object) -> object:
        return told.get("name") if isinstance(told, dict) else told


def is_ninjs(told: object) -> bool:
    """Whether a JSON object looks like an item: it has an identifier and something of a news item's own."""
    if not isinstance(told, dict):
        return False
    names = {str(name).lower() for name in told}
    return bool(names & {"uri", "guid"}) and any(name.startswith("body_") or name in _OF_NINJS for name in names)


def read_ninjs(told: object) -> AgencyItem:
    """Raises `BadInput` for what is no item, `ConfigurationError` when its markup needs a missing package."""
    try:
        item = _Ninjs.model_validate(_lower(told))
    except ValidationError as err:
        first = err.errors()[0]
        raise BadInput(f"not ninjs: {'.'.join(map(str, first['loc']))}: {first['msg']}") from err
    sources = [one.name for one in (*item.infosources, *item.infosource) if one.name]
    return AgencyItem(
        uri=item.uri or item.guid,
        version=int(item.version) if item.version.isdecimal() else 0,
        kind=item.type,
        status=item.pubstatus.lower(),
        embargoed=item.embargoed,
        headline=item.headline or _main(item.headlines) or _first(item, "headline_"),
        byline=item.byline or item.by,
        outlet=item.provider or item.copyrightholder or item.source or next(iter(sources), None),
        language=item.language,
        published_at=item.versioncreated or item.contentcreated or item.firstcreated,
        text=_body(item),
    )


def _lower(told: object) -> object:
    """Names in lower case, in objects and lists of them: 3.x writes versionCreated, 2.x versioncreated."""
    if isinstance(told, dict):
        return {
            str(name).lower(): _lower(value) if isinstance(value, list) else value for name, value in told.items()
        }
    if isinstance(told, list):
        return [_lower(one) if isinstance(one, dict) else one for one in told]
    return told


def _body(item: _Ninjs) -> str:
    for name in _BODIES:
        if isinstance(text := (item.model_extra or {}).get(name), str) and text.strip():
            return text.strip() if name == "body_text" else text_of_html(text)
    texts = [text_of_html(one.value) if "html" in one.contenttype else one.value for one in item.bodies]
    whole = max(texts, key=len, default="") or _first(item, "body_") or ""
    return whole.strip()


def _main(texts: tuple[_Text, ...]) -> str | None:
    return next((one.value for one in sorted(texts, key=lambda one: one.role != "main") if one.value), None)


def _first(item: _Ninjs, prefix: str) -> str | None:
    extra = item.model_extra or {}
    return next((value for name, value in extra.items() if name.startswith(prefix) and isinstance(value, str)), None)
