"""The text among what a NewsML-G2 item holds: it comes in several forms and languages, beside data and pictures."""

import base64
import binascii
from collections.abc import Sequence
from itertools import islice
from xml.etree.ElementTree import Element

from agent.coverage.intake.agency_markup import article_text
from agent.coverage.intake.bodies import MOST_TAGS, ROOTS, TOO_MANY_TAGS, BodyFormat, ItemBody, body_of, richest
from agent.coverage.intake.nitf import NitfHead, head_of
from agent.coverage.intake.safe_xml import local_name
from agent.errors import BadInput
from agent.models import Frozen, LeftOut

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FORMS = ("inlineXML", "inlineData")
# Bodies that hold data and no sentences.
_DATA = frozenset(("sports-content", "xbrl", "smil", "svg", "math", "events"))


class Contents(Frozen):
    """`head` is what a NITF text tells in its own head; `cautions` say why there is no text."""

    text: str = ""
    language: str | None = None
    head: NitfHead = NitfHead()
    left_out: tuple[LeftOut, ...] = ()
    cautions: tuple[LeftOut, ...] = ()


def contents_of(contents: Element | None, language: str | None) -> Contents:
    """The richest text in the item's own language, or in the first one that it holds."""
    parts = list(contents) if contents is not None else []
    sent = [(one, _body(one)) for one in parts if local_name(one) in _FORMS]
    bodies = [(one, body) for one, body in sent if body is not None and body.text]
    refused = [LeftOut(what="a text of the item", why=TOO_MANY_TAGS) for _, body in sent if body is None]
    if not bodies:
        return Contents(cautions=(*refused, *_absent(parts)))
    own = _primary(language)
    items = [_primary(language_of(element)) or own for element, _ in bodies]
    chosen = own if own in items else items[0]
    mine = [pair for pair, one in zip(bodies, items, strict=True) if one == chosen]
    text = richest([body for _, body in mine])
    return Contents(
        text=text.text,
        language=next(language_of(element) for element, body in mine if body is text),
        head=next((head for element, _ in mine if (head := head_of(element)) != NitfHead()), NitfHead()),
        left_out=tuple(
            LeftOut(what=f"the item's text in {one!r}", why=f"one text of an item is kept, here that in {chosen!r}")
            for one in dict.fromkeys(items)
            if one != chosen
        ),
        cautions=tuple(refused),
    )


def language_of(element: Element) -> str | None:
    return element.get(_LANGUAGE) or element.get("lang") or None


def _primary(language: str | None) -> str | None:
    return language.partition("-")[0].lower() if language else None


def _body(element: Element) -> ItemBody | None:
    """In NITF and XHTML the article's own part; a heading that is the headline once more is not in it. None for what
    has more tags than any article."""
    kind = (element.get("contenttype") or "").lower()
    roots = {local_name(child).lower() for child in element} - {""}
    if kind.startswith(("image/", "audio/", "video/")) or roots & _DATA:
        return ItemBody(text="", form=BodyFormat.OTHER)
    if any(True for _ in islice(element.iter(), MOST_TAGS, None)):
        return None
    inner = "".join(element.itertext()) if local_name(element) == "inlineData" else article_text(element)
    try:
        body = body_of(_decoded(inner, element.get("encoding") or ""))
    except BadInput:
        return None
    if local_name(element) == "inlineData":
        return body
    return ItemBody(text=body.text, form=BodyFormat.MARKUP if roots & ROOTS or not roots else BodyFormat.OTHER)


def _decoded(text: str, encoding: str) -> str:
    if "base64" not in encoding.lower():
        return text
    try:
        return base64.b64decode(text, validate=False).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _absent(parts: Sequence[Element]) -> list[LeftOut]:
    """Where the text lies, for an item that holds none."""
    places = [one.get("href") or one.get("residref") for one in parts if local_name(one) == "remoteContent"]
    return [LeftOut(what=f"it lies at {place!r}", why="and is not fetched") for place in places[:1] if place]
