"""The texts that a feed carries along: whether one is all of an article, or its beginning."""

import re
from dataclasses import dataclass

from agent.coverage.intake.beside import leads_elsewhere
from agent.coverage.intake.lines import ends_sentence
from agent.coverage.intake.offers import tells_cut
from agent.text.patterns import compiled

# From here on it is an article, however it ends. A shorter one ends as sentences do, or it is a teaser.
_LONG = 500
_TEASER_ENDS = ("…", "...", "[…]", "[...]", "]")
_SIGNS_OFF = compiled(
    [
        r"^the post .{1,300} (?:first appeared|appeared first) on ",
        r"^l.article .{1,300} est apparu en premier sur ",
        r"^der beitrag .{1,300} erschien zuerst auf ",
        r"^la entrada .{1,300} (?:se publicó primero en|apareció primero en|aparece primero en) ",
        r"^o post .{1,300} apareceu primeiro em ",
        r"^l.articolo .{1,300} proviene da ",
        r"^het bericht .{1,300} verscheen eerst op ",
        r"^ظهرت? (?:المقاله|المقال|التدوينه|هذا المقال) .{1,300} (?:اولا|اول مره) (?:على|علي|في) ",
        r"^نوشته .{1,300} اولین بار در ",
        r"^(?:сообщение|запись) .{1,300} (?:появились сначала на|впервые появилась) ",
    ]
)
# Within what it stands, comments of editors between.
_ENDS_BLOCK = re.compile(
    r"</(?:ul|ol|li|dl|table|blockquote)\s*>(?:\s|</(?:div|section|article|figure|p)\s*>|<!--[^<>]{0,200}-->)*\Z",
    re.I,
)
_TAIL = 1000
_LAST_WORD = re.compile(r"\[?(?:…|\.\.\.)\]?\W*$")


@dataclass(frozen=True, slots=True)
class Content:
    """A text of an entry. `ends_block`: it ends with a list, a table or a quotation, as no beginning does. `behind`
    is the line that alone stood behind it and is no part of it, such as a link to the rest."""

    text: str
    ends_block: bool = False
    behind: str = ""

    @classmethod
    def of_html(cls, html: str, text: str, behind: str = "") -> "Content":
        """`text` is what the markup says."""
        return cls(text, _ENDS_BLOCK.search(html[-_TAIL:]) is not None, behind)


def whole(contents: list[Content]) -> str | None:
    """The longest of some texts, when it looks like all of an article."""
    longest = max(contents, key=lambda one: len(one.text), default=Content(""))
    text = _signed_off(longest.text.strip())
    if not text or text.endswith(_TEASER_ENDS):
        return None
    last = text.splitlines()[-1]
    if any(tells_cut(one) or leads_elsewhere(one, 0.0) for one in (last, longest.behind)) or _LAST_WORD.search(last):
        return None
    return text if len(text) >= _LONG or ends_sentence(text) or longest.ends_block else None


def exported(contents: list[Content]) -> str | None:
    """The longest of the texts of an export: it is all of a post, however it ends."""
    longest = max((one.text for one in contents), key=len, default="")
    return _signed_off(longest.strip()) or None


def _signed_off(text: str) -> str:
    """Without the line by which feeds say where an entry appeared."""
    head, _, last = text.rpartition("\n")
    return head.strip() if head and _SIGNS_OFF.search(last) else text
