"""What stands beside an article in its page, told by the names that pages give it and by how its lines begin."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from agent.coverage.intake.lines import MarkupLine, ends_sentence
from agent.coverage.intake.page_places import PlacesOnPage, holds
from agent.text.patterns import any_of, compiled

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ELEMENTS = frozenset(("nav", "menu", "dialog", "amp-ad", "amp-auto-ads", "amp-sticky-ad"))
_ROLES = frozenset("navigation complementary contentinfo banner search dialog menu menubar toolbar tablist".split())
# What WordPress calls a post by what it is about: no names of what the element is.
# Nor are measures of style in brackets.
_ABOUT = re.compile(
    r"(?:tag|category|type|status|format|topic|author(?!-(?:bio|box|card)\b)|post(?!-author)|hentry)-\S+"
    r"|\[[^\]\s]*\]"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAPS = re.compile(r"[\s_:]+|-{2,}")
_LONGEST_NAMES = 400
_WHOLE = ("html", "body", "article", "main", "h1")
# What is longer and holds few links may be the article, whatever its page calls it.
_LONGEST, _LINKED = 600, 0.3
_HOLDS = "teasers?|(?:entry|article|post|story|page)-?(?:content|body|text)"
_LONGEST_ID = 5
_LONGEST_LEAD = 250
_MOST_FOLLOWING = 20
_MOSTLY = 0.5
_LONGEST_ASKING = 250
_SHORTEST_PAGE = 100
_MARKS = " \t\u00a0.。:…!–—-•▶►📢👉"


class Beside(NamedTuple):
    """Elements of a page, and lines whose element holds others too: in many pages only breaks part paragraphs."""

    elements: list["Element"]
    lines: list[MarkupLine]

    def left(self, lines: Sequence[MarkupLine], places: PlacesOnPage) -> list[MarkupLine]:
        """Those of some lines that are not among them."""
        within, alone = places.within(self.elements), set(map(id, self.lines))
        return [one for one in lines if id(one) not in alone and places.element_of(one) not in within]


def beside_in(lines: Sequence[MarkupLine], places: PlacesOnPage) -> Beside:
    """What stands beside the article of a page for certain."""
    found = Beside([one for one in places.order if _is_beside_here(one, places)], [])
    for line in lines:
        words, linked = line.words, places.linked_share(line)
        leads = len(words) <= _LONGEST_LEAD and leads_elsewhere(words, linked)
        if not leads and not says_nothing(words, linked):
            continue
        if not places.stands_alone(line):
            found.lines.append(line)
        elif leads:
            found.elements.extend(_led(places.element_of(line), places))
        else:
            found.elements.append(_whole_of(places.element_of(line), places))
    return found


def _is_beside_here(element: "Element", places: PlacesOnPage) -> bool:
    name = str(element.tag)
    if name in _WHOLE[:-1]:
        teaser = name == "article" and any(
            one.tag == "article" for one in places.above(element) if one is not element
        )
        return teaser and places.linked_share_of(element) >= _MOSTLY
    if _is_of_readers(element, places):
        return True
    if not is_beside(element, name) or holds(element, ("h1", "article", "main")):
        return False
    if name in _ELEMENTS or places.linked_share_of(element) >= _LINKED:
        return True
    return places.length(element) <= _LONGEST and not _may_hold_article(element)


def _is_of_readers(element: "Element", places: PlacesOnPage) -> bool:
    """Whether it holds what readers wrote below an article: pages mark each of their words as an article, too."""
    if element is places.root or not _is_comment(element) or holds(element, ("h1", "main")):
        return False
    marked = [one for one in element.iter("article") if one is not element]
    is_list = bool(marked) and all(_is_comment(one) for one in marked)
    # A page may be called after its comments, which are then a part of it.
    return is_list and places.length(places.root) - places.length(element) >= _SHORTEST_PAGE


def _is_comment(element: "Element") -> bool:
    return _patterns()["comments"].search(_named(element)) is not None or "schema.org/Comment" in (
        element.get("itemtype") or ""
    )


def _may_hold_article(element: "Element") -> bool:
    """Whether its name leaves open that it is an article, or the beginning of one."""
    return _patterns()["holds"].search(_named(element)) is not None or element.get("itemprop") == "articleBody"


def _led(element: "Element", places: PlacesOnPage) -> Iterator["Element"]:
    """The line, and the links to other stories that stand under it."""
    top = _whole_of(element, places)
    above = places.parent.get(top)
    yield top
    small = above is not None and above.tag not in _WHOLE and places.length(above) <= _LONGEST
    if above is not None and small and places.linked_share_of(above) >= _MOSTLY:
        yield above
    for following in islice(places.following(top), _MOST_FOLLOWING):
        if places.length(following) and places.linked_share_of(following) < _MOSTLY:
            return
        yield following


def _whole_of(element: "Element", places: PlacesOnPage) -> "Element":
    """The largest element that holds nothing else."""
    while (above := places.parent.get(element)) is not None and places.length(above) == places.length(element):
        if above.tag in _WHOLE:
            break
        element = above
    return element


def is_beside(element: "Element", name: str) -> bool:
    """Whether an element says of itself that it is no part of an article."""
    return (
        name in _ELEMENTS or element.get("role") in _ROLES or _patterns()["names"].search(_named(element)) is not None
    )


def may_be_beside(element: "Element", name: str) -> bool:
    """Whether an element's name lets one think so."""
    return name == "footer" or _patterns()["perhaps"].search(_named(element)) is not None


def leads_elsewhere(words: str, linked: float) -> bool:
    """Whether a line leads to another story; `linked` is the share of it that is a link."""
    pattern = _patterns()["leads" if linked < 0.5 else "leads_by_link"]
    return pattern.match(words) is not None


def says_nothing(words: str, linked: float) -> bool:
    """Whether a line tells nothing of the matter: it asks its reader for something, or speaks of the page."""
    if len(words) > _LONGEST_ASKING:
        return False
    is_button = linked >= (_MOSTLY if ends_sentence(words) else _LINKED)
    if is_button and _patterns()["asks"].match(words.lstrip(_MARKS)) is not None:
        return True
    return _patterns()["empty"].fullmatch(words.strip(_MARKS)) is not None


def _named(element: "Element") -> str:
    name = element.get("id") or ""
    if name.count("-") + name.count("_") >= _LONGEST_ID:
        # The title of a chapter as an anchor.
        name = ""
    text = " ".join(filter(None, (element.get("class"), name, element.get("data-component"))))
    if not text:
        return ""
    return f"-{_GAPS.sub('-', _HUMP.sub('-', _ABOUT.sub(' ', text[:_LONGEST_NAMES]))).lower()}-"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((files("agent.coverage.intake") / "beside.toml").read_text("utf-8"))
    leads = rf"\W*(?:{any_of(table['leads'])})\s*"
    return {
        "holds": re.compile(rf"(?<=-)(?:{_HOLDS})(?=-)"),
        "names": re.compile(rf"(?<=-)(?:{'|'.join(table['names'])})(?=-)"),
        "perhaps": re.compile(rf"(?<=-)(?:{'|'.join(table['perhaps'])})(?=-)"),
        "comments": re.compile(rf"(?<=-)(?:{'|'.join(table['comments'])})(?=-)"),
        "asks": compiled([rf"(?:{one})(?![A-Za-zÀ-ÿ])" for one in table["asks"]]),
        "empty": compiled([rf"(?:{one})" for one in table["empty"]]),
        "leads": re.compile(rf"{leads}(?:[:：»›→>|–—-]|\W*$)", re.IGNORECASE),
        "leads_by_link": re.compile(rf"{leads}(?:\W|$)", re.IGNORECASE),
    }
