"""NITF, the IPTC's markup of agencies' texts: alone in a file, within NewsML-G2, or as a text within ninjs."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from agent.coverage.intake.agency import AgencyItem
from agent.coverage.intake.agency_markup import article_text, parts_of, words_of
from agent.coverage.intake.bodies import body_of
from agent.coverage.intake.release import Release
from agent.coverage.intake.safe_xml import named_under, parse_xml
from agent.models import Frozen

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class NitfHead(Frozen):
    """What stands in a text's own head: `distributors` are the agencies that it names there."""

    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    distributors: tuple[str, ...] = ()


def head_of(body: Element | None) -> NitfHead:
    """The head of a NITF text; empty for other bodies."""
    return NitfHead(
        headline=_first(words_of(one) for one in named_under(body, "hl1")),
        byline=_first(parts_of(one) for one in named_under(body, "byline")),
        dateline=_first(parts_of(one) for one in named_under(body, "dateline")),
        distributors=tuple(filter(None, (words_of(one) for one in named_under(body, "distributor")))),
    )


def read_nitf(data: bytes) -> AgencyItem:
    """The item in a file of NITF; raises `BadInput` for broken XML and for entities, `ConfigurationError` without the
    packages for it."""
    root = parse_xml(data)
    head = head_of(root)
    facts = next(named_under(root, "docdata"), None)
    document = _attribute(facts, "doc-id", "id-string")
    return AgencyItem(
        uri=document,
        version=_number(_attribute(facts, "du-key", "version")),
        release=Release(
            status=facts.get("management-status", "") if facts is not None else "",
            embargo=_attribute(facts, "date.release", "norm"),
            notes=tuple(filter(None, _notes(root, facts))),
        ),
        headline=head.headline or _first(words_of(one) for one in named_under(root, "title")),
        byline=head.byline,
        dateline=head.dateline,
        outlet=next(iter(head.distributors), None) or _attribute(facts, "doc.copyright", "holder"),
        credits=tuple(filter(None, (_attribute(facts, "doc.copyright", "holder"),))),
        language=root.get(_LANGUAGE) or root.get("baselang"),
        published_at=_attribute(facts, "date.issue", "norm") or _attribute(root, "pubdata", "date.publication"),
        text=_signed(body_of(article_text(root)).text, root),
    )


def _notes(root: Element, facts: Element | None) -> Iterator[str | None]:
    """What is said to editors: as data, and in the head of the text."""
    yield from (one.get("info") for one in named_under(facts, "ed-msg"))
    for head in named_under(root, "body.head"):
        yield from (words_of(one) for one in named_under(head, "note"))


def _signed(text: str, root: Element) -> str:
    """With the line below it that tells who reported, and for whom."""
    lines = (words_of(one) for end in named_under(root, "body.end") for one in named_under(end, "tagline"))
    return "\n".join((text, *(line for line in lines if line and line not in text))) if text else text


def _attribute(one: Element | None, name: str, attribute: str) -> str | None:
    """An attribute of the first element of a name; None where neither is there."""
    found = next(named_under(one, name), None)
    return found.get(attribute) if found is not None else None


def _first(items: Iterator[str | None]) -> str | None:
    return next(filter(None, items), None)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
