"""What a page holds and does not show: nobody has read it there."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ZERO = r"0(?:\.0+)?(?:px|r?em|pt|%)?\s*(?:!important\s*)?(?:;|$)"
_FAR_OFF = r"-\s*(?:\d{4,}|9\d\d)(?:\.\d+)?\s*(?:px|r?em|pt|vw|%)"
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none\b|visibility\s*:\s*(?:hidden|collapse)\b|color\s*:\s*transparent\b"
    rf"|(?:opacity|font-size)\s*:\s*{_ZERO}|transform\s*:\s*scale\(\s*0\s*\)"
    rf"|(?:text-indent|left|right|top|margin-left|margin-top)\s*:\s*{_FAR_OFF}"
    r"|clip\s*:\s*rect\((?:\s*[01](?:px)?[\s,]*){4}\)|clip-path\s*:\s*inset\(\s*(?:50|100)%)",
    re.IGNORECASE,
)
# What is cut off at its edges and has no size.
_CUT_OFF = re.compile(r"(?:^|;)\s*overflow\s*:\s*(?:hidden|clip)\b", re.IGNORECASE)
_NO_SIZE = re.compile(rf"(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*{_ZERO}", re.IGNORECASE)
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
    attrib = element.attrib
    if not attrib:
        return False
    if "hidden" in attrib:
        return True
    if attrib.get("aria-hidden") == "true" and not _FOR_PAYERS.search(attrib.get("class") or ""):
        return True
    if style_hides(attrib.get("style")):
        return True
    classes = attrib.get("class") or ""
    return not _UNSEEN_CLASS.isdisjoint(classes.split()) and not _SHOWN_ON_SOME.search(classes)


def style_hides(style: str | None) -> bool:
    text = style or ""
    if _UNSEEN_STYLE.search(text) is not None:
        return True
    return _CUT_OFF.search(text) is not None and _NO_SIZE.search(text) is not None


def is_for_screen_readers(element: "Element") -> bool:
    """Whether an element is only read out: labels, and words that stand in the page a second time."""
    return not _FOR_SCREEN_READERS.isdisjoint((element.get("class") or "").lower().split())
