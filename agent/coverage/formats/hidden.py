"""What a page holds and does not show: nobody has read it there."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_UNSEEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_UNSEEN_CLASS = frozenset(("hidden", "is-hidden", "d-none", "display-none", "u-hidden", "uk-hidden"))
# "hidden md:block", "d-none d-lg-block": shown on larger screens.
_SHOWN_ON_SOME = re.compile(r"\b(?:sm|md|lg|xl|xxl|2xl|tablet|desktop)\b", re.IGNORECASE)
_FOR_SCREEN_READERS = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader screen-reader"
    " u-visually-hidden a11y-hidden assistive-text element-invisible".split()
)
# Hidden from those who have not paid: an article's own words.
_FOR_PAYERS = re.compile(r"paywall|premium|subscriber|metered", re.IGNORECASE)
# What hides all of an article is a page that its own script has yet to show.
_WHOLE = ("h1", "article", "main")


def is_hidden(element: "Element") -> bool:
    """Whether readers of the page do not see an element. What holds the article itself is never taken for hidden."""
    if not _says_hidden(element):
        return False
    return not any(next(element.iter(name), None) is not None for name in _WHOLE)


def _says_hidden(element: "Element") -> bool:
    told = element.attrib
    if not told:
        return False
    if "hidden" in told:
        return True
    if told.get("aria-hidden") == "true" and not _FOR_PAYERS.search(told.get("class") or ""):
        return True
    if style_hides(told.get("style")):
        return True
    classes = told.get("class") or ""
    return not _UNSEEN_CLASS.isdisjoint(classes.split()) and not _SHOWN_ON_SOME.search(classes)


def style_hides(style: str | None) -> bool:
    return _UNSEEN_STYLE.search(style or "") is not None


def is_for_screen_readers(element: "Element") -> bool:
    """Whether an element is only read out: labels, and words that stand in the page a second time."""
    return not _FOR_SCREEN_READERS.isdisjoint((element.get("class") or "").lower().split())
