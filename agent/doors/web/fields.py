"""Fields that several forms have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import Depends, Form

Line = Annotated[str, Form(max_length=4000)]
Text = Annotated[str, Form()]
# Words without which nothing is done.
Reason = Annotated[str, Form(min_length=1, max_length=2000, pattern=r"\S")]
# Drawn with the form, so that one that is sent twice does one thing.
Ticket = Annotated[str, Form(pattern=r"^[0-9a-f]{32}$")]
Sure = Annotated[Literal["yes"], Form()]
# What is told of a text beside it; a report knows its language too.
SOURCE = ("title", "outlet", "published_at", "url")
KNOWN = (*SOURCE, "language")


@dataclass(frozen=True)
class SourceFields:
    """Where a text was published, as it was typed beside it."""

    title: Line = ""
    outlet: Line = ""
    published_at: Line = ""
    url: Line = ""


@dataclass(frozen=True)
class KnownOfText(SourceFields):
    """`read` holds what of that was read from the text, and not typed."""

    read: Mapping[str, str] = field(default_factory=dict)


Typed = Annotated[SourceFields, Depends()]


def _known_fields(
    typed: Typed,
    read_title: Line = "",
    read_outlet: Line = "",
    read_published_at: Line = "",
    read_url: Line = "",
) -> KnownOfText:
    read = {"title": read_title, "outlet": read_outlet, "published_at": read_published_at, "url": read_url}
    return KnownOfText(**vars(typed), read={name: value for name, value in read.items() if value})


Known = Annotated[KnownOfText, Depends(_known_fields)]
