"""Which of the several texts that an agency sends of one item is the one that is read."""

import re
from collections.abc import Sequence
from enum import IntEnum

from agent.coverage.intake.agency_markup import is_marked_up, readable
from agent.errors import BadInput
from agent.models import Frozen

# As for pages: what takes the reader its time is the nesting of many more.
MOST_TAGS = 60_000
TOO_MANY_TAGS = f"it has more than {MOST_TAGS:,} tags: not the text of an article"
# Two tellings of one text differ by a headline or a place; of those, the one that keeps its paragraphs is better.
_AS_LONG = 0.85
_ROOT = re.compile(r"\A\s*(?:<\?[^<>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>]*>\s*)*<([A-Za-z][\w.:-]*)", re.DOTALL)
ROOTS = frozenset(
    "html body nitf div section article main p span h1 h2 h3 h4 ul ol table blockquote pre br b i em strong a block"
    " text body.content".split()
)


class BodyFormat(IntEnum):
    """What a text is sent as; the higher, the better. In `OTHER`, XML of an agency's own, data stand among words."""

    OTHER = 0
    PLAIN = 1
    MARKUP = 2


class ItemBody(Frozen):
    """One of the texts of an item, without markup."""

    text: str
    form: BodyFormat


def body_of(text: str) -> ItemBody:
    """A text that is sent as a string, plain or marked up; raises `BadInput` for what has more tags than any article,
    and `ConfigurationError` when its markup needs a missing package."""
    if text.count("<") + text.count("&lt;") > MOST_TAGS:
        raise BadInput(TOO_MANY_TAGS)
    root = _ROOT.match(text)
    if root is not None and root[1].rpartition(":")[2].lower() not in ROOTS:
        return ItemBody(text=readable(text), form=BodyFormat.OTHER)
    return ItemBody(text=readable(text), form=BodyFormat.MARKUP if is_marked_up(text) else BodyFormat.PLAIN)


def richest(bodies: Sequence[ItemBody]) -> ItemBody:
    """The one with the most letters; of those that are about as long, one that is marked up before one that is not.

    XML of an agency's own is read only where there is nothing else.
    """
    usual = [body for body in bodies if body.form is not BodyFormat.OTHER and body.text] or [
        b for b in bodies if b.text
    ]
    longest = max((_letters(body) for body in usual), default=0)
    long_enough = [body for body in usual if _letters(body) >= _AS_LONG * longest]
    return max(
        long_enough, key=lambda body: (body.form, _letters(body)), default=ItemBody(text="", form=BodyFormat.PLAIN)
    )


def _letters(body: ItemBody) -> int:
    return sum(map(str.isalnum, body.text))
