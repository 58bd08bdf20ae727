"""Exports of WordPress (WXR): feeds that hold what nobody was to read as well, and texts as they were typed in."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from agent.coverage.intake.markup import article_of_html
from agent.coverage.intake.metadata import Rejection
from agent.coverage.intake.safe_xml import child_of, named_under, parse_xml
from agent.coverage.intake.shortcodes import without_shortcodes
from agent.errors import BadInput

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from feedparser import FeedParserDict  # type: ignore[import-untyped]  # ships no types

_PUBLISHED = "publish"
_STATUSES = {
    "draft": "it is a draft",
    "auto-draft": "it is a draft",
    "pending": "it waits for review",
    "private": "it is private",
    "future": "it is planned for later",
    "trash": "it is in the bin",
}
# Kinds of entries that are no texts of their own.
_NO_POSTS = frozenset(
    "attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request wp_block wp_template"
    " wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face".split()
)
_UNKNOWN_DAY = re.compile(r"-0001|0000-00-00")
_OF_BLOCKS = "<!-- wp:"


def is_export(entry: "FeedParserDict") -> bool:
    """Whether an entry is of an export, and not of a feed."""
    return "wp_post_type" in entry or "wp_status" in entry


def published(entries: list["FeedParserDict"], path: str, rejected: list[Rejection]) -> Iterator["FeedParserDict"]:
    """The entries that anybody could read. Why others are left out is put down in `rejected`."""
    others: Counter[str] = Counter()
    for entry in entries:
        if entry.get("wp_post_type") in _NO_POSTS:
            others[entry["wp_post_type"]] += 1
        elif (reason := _withheld(entry)) is not None:
            name = entry.get("title") or entry.get("link") or "an entry"
            rejected.append(Rejection(path=path, reason=f"{name!r}: {reason} in its WordPress, and left out"))
        else:
            yield entry
    if others:
        kinds = ", ".join(f"{count} × {kind}" for kind, count in sorted(others.items()))
        rejected.append(Rejection(path=path, reason=f"entries that are no posts are left out ({kinds})"))


def _withheld(entry: Mapping[str, str]) -> str | None:
    if not is_export(entry):
        return None
    status = (entry.get("wp_status") or "").strip().lower()
    if status != _PUBLISHED:
        return _STATUSES.get(status, f"its status is {status!r}")
    return "it asks for a password" if entry.get("wp_post_password") else None


def text_of_post(html: str) -> str:
    """The text of a post as its editor left it: line ends are paragraphs, unless it is made of blocks."""
    return article_of_html(without_shortcodes(html), breaks=_OF_BLOCKS not in html).lines.text


def names_by_login(data: bytes) -> dict[str, str]:
    """The names under which those who write are shown, by the names with which they sign in: posts are exported with
    the latter. Empty for an export that is broken somewhere."""
    try:
        root = parse_xml(data)
    except BadInput:
        return {}
    pairs = ((_words(one, "author_login"), _words(one, "author_display_name")) for one in named_under(root, "author"))
    return {login: name for login, name in pairs if login and name}


def date_of_post(entry: Mapping[str, str], published: str | None) -> str | None:
    """When a post was published: exports write a day before all days where its time of Greenwich is not known."""
    greenwich, own = (entry.get(name) or "" for name in ("wp_post_date_gmt", "wp_post_date"))
    known = [published or "", f"{greenwich}Z" if greenwich else "", own]
    return next((one for one in known if one and not _UNKNOWN_DAY.search(one)), published)


def _words(one: "Element", name: str) -> str:
    child = child_of(one, name)
    return (child.text or "").strip() if child is not None else ""
