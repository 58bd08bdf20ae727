"""NewsML-G2, the IPTC's format of agencies: news items, messages full of them, packages that refer to them."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from agent.coverage.index.address import host_of
from agent.coverage.intake.agency import AgencyItem, agency_document, latest
from agent.coverage.intake.agency_markup import parts_of, words_of
from agent.coverage.intake.contents import contents_of, language_of
from agent.coverage.intake.metadata import Item, Rejection
from agent.coverage.intake.release import Release
from agent.coverage.intake.safe_xml import child_of, local_name, named_under, parse_xml
from agent.coverage.origins.naming import signs_news
from agent.models import Frozen

_OTHER_ITEMS = ("conceptItem", "knowledgeItem", "planningItem", "catalogItem")
# Who took a picture, or passed an item on, did not write it.
_OTHER_ROLES = ("phot", "video", "graphic", "distributor")


class Exported(Frozen):
    """What a file holds. `refers` are the items that its packages name and that are not in it."""

    items: tuple[AgencyItem, ...] = ()
    others: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()


def read_newsml(data: bytes) -> Exported:
    """Reads a file. Raises `BadInput` for broken XML and for entities, and `ConfigurationError` without the packages
    for it."""
    root = parse_xml(data)
    items = latest([_item(one) for one in named_under(root, "newsItem")])
    known = {item.uri for item in items}
    refers = [
        target
        for package in named_under(root, "packageItem")
        for ref in named_under(package, "itemRef")
        if (target := ref.get("href") or ref.get("residref")) and not {target, ref.get("residref")} & known
    ]
    others = [f"{name} {one.get('guid')!r}" for name in _OTHER_ITEMS for one in named_under(root, name)]
    return Exported(items=tuple(items), others=tuple(others), refers=tuple(dict.fromkeys(refers)))


def documents_of(exported: Exported, path: str) -> Iterator[Item]:
    """The documents of a file, and a rejection for each item that is none."""
    for item in exported.items:
        yield from agency_document(item, path, None)
    for other in exported.others:
        yield Rejection(path=path, reason=f"{other} is not a news item")


def _item(one: Element) -> AgencyItem:
    meta, content, rights = (child_of(one, name) for name in ("itemMeta", "contentMeta", "rightsInfo"))
    language = child_of(content, "language")
    value = (language.get("tag") if language is not None else None) or language_of(one)
    contents = contents_of(child_of(one, "contentSet"), value)
    version = one.get("version") or ""
    return AgencyItem(
        uri=one.get("guid"),
        version=int(version) if version.isdecimal() else 0,
        kind=_code(child_of(meta, "itemClass")) or "text",
        genres=tuple(filter(None, map(_code, [*_children(content, "genre"), *_children(meta, "role")]))),
        release=_release(meta, rights),
        headline=_headline(content, contents.language or value) or contents.head.headline,
        byline=_signed_by(content, contents.language or value) or contents.head.byline,
        dateline=parts_of(child_of(content, "dateline")) or contents.head.dateline,
        outlet=_outlet(meta, content, rights),
        credits=(*_credits(content, rights), *contents.head.distributors),
        language=contents.language or value,
        published_at=words_of(child_of(meta, "versionCreated"))
        or words_of(child_of(content, "contentModified"))
        or words_of(child_of(content, "contentCreated")),
        text=contents.text,
        left_out=contents.left_out,
        cautions=contents.cautions,
    )


def _release(meta: Element | None, rights: Element | None) -> Release:
    embargo = child_of(meta, "embargoed")
    return Release(
        status=_code(child_of(meta, "pubStatus")) or "",
        embargo=None if embargo is None else words_of(embargo) or "",
        signals=tuple(filter(None, map(_code, _children(meta, "signal")))),
        notes=_texts(meta, "edNote"),
        terms=_texts(rights, "usageTerms"),
    )


def _headline(content: Element | None, language: str | None) -> str | None:
    """The main one in the language of the text; one in another language where there is no such."""
    items = [(one, words) for one in _children(content, "headline") if (words := words_of(one))]

    def apart(of: tuple[Element, str]) -> tuple[bool, bool]:
        own, role = language_of(of[0]), (of[0].get("role") or "").lower()
        return not (own is None or _same_language(own, language)), "sub" in role or "alt" in role

    return min(items, key=apart)[1] if items else None


def _signed_by(content: Element | None, language: str | None) -> str | None:
    """All who sign: a by-line in the language of the text, or else those who are named as creators."""
    lines = [one for one in _children(content, "by") if parts_of(one)]
    fitting = [one for one in lines if (own := language_of(one)) is None or _same_language(own, language)]
    names = [parts_of(one) for one in fitting or lines] or [_name(one) for one in _children(content, "creator")]
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _same_language(one: str, other: str | None) -> bool:
    return other is None or one.partition("-")[0].lower() == other.partition("-")[0].lower()


def _outlet(meta: Element | None, content: Element | None, rights: Element | None) -> str | None:
    """Who sends the item: by name, where there is one, and otherwise by the host of its address."""
    provider, source = child_of(meta, "provider"), child_of(content, "infoSource")
    uri = provider.get("uri") if provider is not None else None
    return _name(provider) or _name(child_of(rights, "copyrightHolder")) or host_of(uri) or _name(source)


def _credits(content: Element | None, rights: Element | None) -> Iterator[str]:
    """Credit lines, and the agencies among those who are said to have supplied the item or to own it."""
    yield from _texts(content, "creditline")
    for one in (*_children(content, "infoSource"), *_children(rights, "copyrightHolder")):
        role, name = (one.get("role") or "").lower(), _name(one)
        if name is not None and signs_news(name) and not any(other in role for other in _OTHER_ROLES):
            yield name


def _name(one: Element | None) -> str | None:
    """A party by its name, or by what its code says after the colon."""
    if one is None:
        return None
    if (name := words_of(child_of(one, "name"))) is not None:
        return name
    return one.get("literal") or (one.get("qcode") or "").rpartition(":")[2] or None


def _code(one: Element | None) -> str | None:
    """`stat:usable` is "usable", and so is the same as a URI."""
    if one is None:
        return None
    value = one.get("qcode") or one.get("uri") or ""
    return value.replace("/", ":").rpartition(":")[2].lower() or None


def _texts(one: Element | None, name: str) -> tuple[str, ...]:
    return tuple(filter(None, map(words_of, _children(one, name))))


def _children(one: Element | None, name: str) -> list[Element]:
    return [child for child in one if local_name(child) == name] if one is not None else []
