"""What stands beside an article in its page, told by the names that pages give it and by how its lines begin."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from agent.coverage.intake.lines import MarkupLine
from agent.coverage.intake.page_places import PlacesOnPage, holds
from agent.text.patterns import any_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ELEMENTS = frozenset(("nav", "menu", "dialog"))
_ROLES = frozenset("navigation complementary contentinfo banner search dialog menu menubar toolbar tablist".split())
# What WordPress calls a post by what it is about: no names of what the element is.
# Nor are measures of style in brackets.
_ABOUT = re.compile(r"(?:tag|category|type|status|format|topic|author|post|hentry)-\S+|\[[^\]\s]*\]")
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


def beside_in(lines: Sequence[MarkupLine], places: PlacesOnPage) -> list["Element"]:
    """The elements of a page that stand beside its article for certain."""
    found = [one for one in places.order if _is_beside_here(one, places)]
    for line in lines:
        words = line.words
        if len(words) <= _LONGEST_LEAD and leads_elsewhere(words, places.linked_share(line)):
            found += _led(places.element_of(line), places)
    return found


def _is_beside_here(element: "Element", places: PlacesOnPage) -> bool:
    name = str(element.tag)
    if name in _WHOLE[:-1]:
        teaser = name == "article" and any(
            one.tag == "article" for one in places.above(element) if one is not element
        )
        return teaser and places.linked_share_of(element) >= _MOSTLY
    if not is_beside(element, name) or holds(element, ("h1", "article", "main")):
        return False
    if name in _ELEMENTS or places.linked_share_of(element) >= _LINKED:
        return True
    return places.length(element) <= _LONGEST and not _may_hold_article(element)


def _may_hold_article(element: "Element") -> bool:
    """Whether its name leaves open that it is an article, or the beginning of one."""
    return _patterns()["holds"].search(_named(element)) is not None or element.get("itemprop") == "articleBody"


def _led(element: "Element", places: PlacesOnPage) -> Iterator["Element"]:
    """The line, and the links to other stories that stand under it."""
    top = element
    while (above := places.parent.get(top)) is not None and places.length(above) == places.length(top):
        if above.tag in _WHOLE:
            break
        top = above
    yield top
    small = above is not None and above.tag not in _WHOLE and places.length(above) <= _LONGEST
    if above is not None and small and places.linked_share_of(above) >= _MOSTLY:
        yield above
    for following in islice(places.following(top), _MOST_FOLLOWING):
        if places.length(following) and places.linked_share_of(following) < _MOSTLY:
            return
        yield following


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
        "leads": re.compile(rf"{leads}(?:[:：»›→>|–—-]|\W*$)", re.IGNORECASE),
        "leads_by_link": re.compile(rf"{leads}(?:\W|$)", re.IGNORECASE),
    }
