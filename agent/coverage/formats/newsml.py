"""NewsML-G2, the IPTC's format of agencies: news items, messages full of them, packages that refer to them."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from agent.coverage.formats.agency import AgencyItem, agency_document, latest
from agent.coverage.formats.markup import text_of, text_of_html
from agent.coverage.formats.safe_xml import local_name, parse_xml
from agent.coverage.formats.told import Item, Rejection
from agent.models import Frozen

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_OTHER_ITEMS = ("conceptItem", "knowledgeItem", "planningItem", "catalogItem")


class Exported(Frozen):
    """What a file holds. `refers` are the items that its packages name and it does not hold itself."""

    items: tuple[AgencyItem, ...] = ()
    others: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()


def read_newsml(data: bytes) -> Exported:
    """Raises `BadInput` for broken XML and for entities, `ConfigurationError` without the packages for it."""
    root = parse_xml(data)
    items = latest([_item(one) for one in _named(root, "newsItem")])
    known = {item.uri for item in items}
    refers = [
        target
        for package in _named(root, "packageItem")
        for ref in _named(package, "itemRef")
        if (target := ref.get("href") or ref.get("residref")) and not {target, ref.get("residref")} & known
    ]
    others = [f"{name} {one.get('guid')!r}" for name in _OTHER_ITEMS for one in _named(root, name)]
    return Exported(items=tuple(items), others=tuple(others), refers=tuple(dict.fromkeys(refers)))


def documents_of(exported: Exported, path: str) -> Iterator[Item]:
    """The documents, and what is none."""
    for item in exported.items:
        yield from agency_document(item, path, None)
    for other in exported.others:
        yield Rejection(path=path, reason=f"{other} is not a news item")


def _item(one: Element) -> AgencyItem:
    meta, content = _child(one, "itemMeta"), _child(one, "contentMeta")
    body = _body(_child(one, "contentSet"))
    version = one.get("version") or ""
    language = _child(content, "language")
    return AgencyItem(
        uri=one.get("guid"),
        version=int(version) if version.isdecimal() else 0,
        kind=_code(_child(meta, "itemClass")) or "text",
        status=_code(_child(meta, "pubStatus")) or "usable",
        embargoed=_words(_child(meta, "embargoed")),
        headline=_words(_child(content, "headline")) or _in_body(body, "hl1"),
        byline=_words(_child(content, "by")) or _name(_child(content, "creator")) or _in_body(body, "byline"),
        dateline=_words(_child(content, "dateline")) or _in_body(body, "dateline"),
        outlet=_name(_child(meta, "provider")) or _name(_child(content, "infoSource")) or _copyright(one),
        language=(language.get("tag") if language is not None else None) or one.get(_LANGUAGE),
        published_at=_words(_child(meta, "versionCreated"))
        or _words(_child(content, "contentModified"))
        or _words(_child(content, "contentCreated")),
        text=_text(body),
    )


def _body(contents: Element | None) -> Element | None:
    """The first of the alternatives that is here and is text; what is elsewhere (remoteContent) is not fetched."""
    for name in ("inlineXML", "inlineData"):
        for one in _named(contents, name):
            if "image" not in (one.get("contenttype") or ""):
                return one
    return None


def _text(body: Element | None) -> str:
    """In NITF and XHTML the article's own part; a heading that is the headline once more is not in it."""
    if body is None:
        return ""
    if local_name(body) == "inlineData":
        told = "".join(body.itertext())
        return text_of_html(told) if "html" in (body.get("contenttype") or "") else told.strip()
    for name in ("body.content", "body"):
        for part in _named(body, name):
            return text_of(part)
    return text_of(body)


def _in_body(body: Element | None, name: str) -> str | None:
    return next((words for one in _named(body, name) if (words := _words(one))), None)


def _copyright(one: Element) -> str | None:
    return _name(_child(_child(one, "rightsInfo"), "copyrightHolder"))


def _name(one: Element | None) -> str | None:
    """A party by its name, or by what its code says after the colon."""
    if one is None:
        return None
    if (name := _words(_child(one, "name"))) is not None:
        return name
    return one.get("literal") or (one.get("qcode") or "").rpartition(":")[2] or None


def _code(one: Element | None) -> str | None:
    """`stat:usable` is "usable", and so is the same as a URI."""
    if one is None:
        return None
    told = one.get("qcode") or one.get("uri") or ""
    return told.replace("/", ":").rpartition(":")[2].lower() or None


def _words(one: Element | None) -> str | None:
    return (" ".join("".join(one.itertext()).split()) or None) if one is not None else None


def _child(one: Element | None, name: str) -> Element | None:
    return next((child for child in one if local_name(child) == name), None) if one is not None else None


def _named(one: Element | None, name: str) -> Iterator[Element]:
    """All elements of a name under one and itself, whatever their namespace."""
    if one is not None:
        yield from (element for element in one.iter() if local_name(element) == name)
