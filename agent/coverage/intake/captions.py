"""Captions without the credit of the picture: who took it is no source of the article."""

import re
from typing import TYPE_CHECKING

from agent.coverage.intake.lines import MarkupLine
from agent.coverage.intake.page_places import PlacesOnPage

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CREDIT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright|photographer|byline|author|source|quelle|rights?|agency|provider)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION_CLASS = re.compile(r"caption|bildunterschrift|legend|pie-de-foto|bildtext", re.IGNORECASE)
_WORDS = (
    "photo(?:graph|s)?|image|picture|foto(?:s|graf|grafie|ğraf)?|bild(?:er)?|quelle|source|credits?|crédits?|handout|courtesy"
    "|fotó|kép|zdjęcie|fot|фото|зображення|صورة|الصورة|تصوير|عدسة|عکس|عکاس|kaynak|写真|提供|사진|图|圖|הצילום|צילום"
)
_CREDIT_LINE = re.compile(
    rf"[\s.|(\[/·•–—-]*(?:\b(?:{_WORDS})\s*(?:credits?|crédits?|by|from|von|de|par|:|：|/|=|＝|©)|©|\(c\)\s)[^.!?]{{0,120}}$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]{2,60}(?:/|\bvia\b)[^()\[\]]{2,60}[)\]]\s*$")
_LEFT_OPEN = re.compile(r"\s*[(\[][^()\[\]]{0,30}$")
_FEWEST_WORDS = 3


def is_caption(element: "Element") -> bool:
    return element.tag == "figcaption" or _CAPTION_CLASS.search(element.get("class") or "") is not None


def caption_of(line: MarkupLine, places: PlacesOnPage) -> str:
    """The words of a caption; empty where it is but a credit."""
    words = "".join(
        run.text
        for run in line.runs
        if run.node is None
        or not any(_is_credit(one) for one in places.above(places.parent[run.node] if run.tail else run.node))
    )
    words = _LEFT_OPEN.sub("", _BRACKETED.sub("", _CREDIT_LINE.sub("", " ".join(words.split())))).strip()
    return words if len(words.split()) >= _FEWEST_WORDS else ""


def _is_credit(element: "Element") -> bool:
    return element.tag in ("span", "cite", "small", "em", "i", "p", "div") and (
        _CREDIT_CLASS.search(element.get("class") or "") is not None
    )
