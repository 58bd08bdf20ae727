"""Offers of a subscription in the place of an article's rest."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from agent.coverage.intake.lines import MarkupLine, ends_sentence
from agent.coverage.intake.page_places import PlacesOnPage, holds
from agent.text.patterns import compiled

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What is longer is no offer but speaks of one.
_LONGEST = 400
_LONGEST_BOX, _LONGEST_NAMED_BOX, _LONGEST_IN_BOX = 1500, 600, 150
# Words of the article behind an offer: with more than this, nothing was cut off there.
_MOST_BEHIND = 250
_LONGEST_LABEL = 80
# No page makes so many; one that does could take its time.
_MOST_BOXES = 100
_BOX = re.compile(
    r"paywall|regwall|piano|subscri|offer|premium|abonn|meter|register|sign-?up|log-?in|suscri|assin|promo"
)
_SELLS = re.compile(
    r"subscri|abonn|login|signin|sign-in|register|premium|suscri|assin|abbon|offer|prenumer|plans|checkout"
)
_WHOLE = ("html", "body", "article", "main")
_ARTICLE = ("h1", "article", "main")


@dataclass(frozen=True)
class Offers:
    """`boxes` are the elements of the page that hold offers, `lines` are offers that stand in one with other lines;
    `cut`: the article breaks off at one."""

    boxes: tuple["Element", ...] = ()
    lines: tuple[MarkupLine, ...] = ()
    cut: bool = False


def offers_in(lines: Sequence[MarkupLine], places: PlacesOnPage, *, restricted: bool = False) -> Offers:
    """The offers among the lines of a page. What only speaks of subscriptions is none.

    `restricted`: the page says that its article is not free. Then boxes are known by their names too.
    """
    boxes: list[Element] = []
    alone: list[MarkupLine] = []
    cut = False
    behind = _words_behind(lines)
    for number, line in enumerate(lines):
        if not tells_cut(line.words):
            continue
        at_end = behind[number] <= _MOST_BEHIND
        if at_end or _leads_to_sale(line) or _is_in_box(line, places):
            if not _fills_element(line, places):
                alone.append(line)
            else:
                boxes.append(_box_of(line, places) if len(boxes) < _MOST_BOXES else places.element_of(line))
            cut = cut or at_end
    named = [one for one in places.order if _is_box(one, places)] if restricted else []
    return Offers(tuple(dict.fromkeys((*boxes, *named))), tuple(alone), cut or bool(named))


def _fills_element(line: MarkupLine, places: PlacesOnPage) -> bool:
    """Whether its element holds nothing of an article: where breaks part paragraphs, it may hold all of them."""
    element = places.element_of(line)
    return places.length(element) <= _LONGEST_BOX and all(
        one is line or _fits(one.words, named=_is_named_so(element)) for one in places.lines_in(element)
    )


def _is_box(element: "Element", places: PlacesOnPage) -> bool:
    """Whether an element is called an offer, sells something, and has nothing of an article in it."""
    if not 0 < places.length(element) <= _LONGEST_NAMED_BOX or element.tag in _WHOLE or not _is_named_so(element):
        return False
    words = [line.words for line in places.lines_in(element)]
    sells = any(map(may_sell, words)) and all(may_sell(one) or len(one) <= _LONGEST_IN_BOX for one in words)
    return sells and not holds(element, _ARTICLE)


def _words_behind(lines: Sequence[MarkupLine]) -> list[int]:
    """For each line how many characters of sentences follow that sell nothing."""
    counts, behind = [0] * len(lines), 0
    for number in range(len(lines) - 1, -1, -1):
        counts[number] = behind
        words = lines[number].words
        if ends_sentence(words) and len(words) > _LONGEST_LABEL and not (tells_cut(words) or may_sell(words)):
            behind += len(words)
    return counts


def _leads_to_sale(line: MarkupLine) -> bool:
    links = (run.node.get("href") for run in line.runs if run.node is not None and run.node.tag == "a")
    return any(link and _SELLS.search(link.lower()) for link in links)


def _is_in_box(line: MarkupLine, places: PlacesOnPage) -> bool:
    return any(
        _is_named_so(element) for element in places.above(places.element_of(line)) if element.tag not in _WHOLE
    )


def _is_named_so(element: "Element") -> bool:
    return _BOX.search(f"{element.get('class', '')} {element.get('id', '')}".lower()) is not None


def _box_of(line: MarkupLine, places: PlacesOnPage) -> "Element":
    """The largest element around an offer with nothing of an article in it."""
    box = places.element_of(line)
    while (above := places.parent.get(box)) is not None and above.tag not in _WHOLE:
        if places.length(above) > _LONGEST_BOX or holds(above, _ARTICLE):
            break
        if not all(_fits(one.words, named=_is_named_so(above)) for one in places.lines_in(above)):
            break
        box = above
    return box


def _fits(words: str, *, named: bool) -> bool:
    """Whether a line may stand in the box: it sells, or it is a label."""
    if tells_cut(words) or may_sell(words):
        return True
    return len(words) <= _LONGEST_LABEL and (named or not ends_sentence(words))


def tells_cut(words: str) -> bool:
    """Whether a line tells its reader to pay, or to sign in, for the rest of an article."""
    return len(words) <= _LONGEST and _patterns()["cut"].search(words) is not None


def may_sell(words: str) -> bool:
    """Whether a line may stand in the box of such an offer."""
    return len(words) <= _LONGEST and _patterns()["sale"].search(words) is not None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((files("agent.coverage.intake") / "offers.toml").read_text("utf-8"))
    return {name: compiled(some) for name, some in table.items()}
