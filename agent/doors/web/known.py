"""What a pasted text tells of itself, filled in beside it while it is pasted; what somebody typed there stays."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import APIRouter, Form, Response

from agent.article import About, about_of
from agent.coverage.intake.headed import below_dated, read_head
from agent.coverage.intake.metadata import is_web_address
from agent.doors.web.entering import Posting
from agent.doors.web.pages import PageRoute, page
from agent.text.headline import headline_in

router = APIRouter(route_class=PageRoute, include_in_schema=False)
Line = Annotated[str, Form(max_length=4000)]
# All that tells of a text stands at its beginning.
MOST_READ = 5000
FIELDS = ("title", "outlet", "published_at", "url")


@dataclass(frozen=True)
class KnownOfText:
    """What is filled in: `read` holds what of that was read from the text, and not typed."""

    title: str = ""
    outlet: str = ""
    published_at: str = ""
    url: str = ""
    read: Mapping[str, str] = field(default_factory=dict)


@router.post("/known")
async def show_known(
    looking: Posting,
    text: Annotated[str, Form()] = "",
    title: Line = "",
    outlet: Line = "",
    published_at: Line = "",
    url: Line = "",
    read_title: Line = "",
    read_outlet: Line = "",
    read_published_at: Line = "",
    read_url: Line = "",
) -> Response:
    """The fields, as a part of the page."""
    before = {"title": read_title, "outlet": read_outlet, "published_at": read_published_at, "url": read_url}
    typed = KnownOfText(title, outlet, published_at, url, before)
    known = await asyncio.to_thread(completed, typed, text[:MOST_READ])
    return page("known.part.html.j2", looking, sent=known, problems={})


def completed(typed: KnownOfText, text: str) -> KnownOfText:
    """With what the text tells now in all fields that nobody has typed in."""
    known = read_known(text)
    ours = {name for name in FIELDS if getattr(typed, name) in ("", typed.read.get(name, ""))}
    filled = {name: known.get(name, "") for name in ours}
    return replace(typed, **filled, read={name: value for name, value in filled.items() if value})


def read_known(text: str) -> dict[str, str]:
    """As people write it: the day without its time where there is none."""
    if is_web_address(text.strip()) and " " not in text.strip():
        return {}
    head = read_head(text)
    about = about_of(head)
    fields = {
        "title": about.title or headline_in(below_dated(head.text)),
        "outlet": about.outlet,
        "published_at": _day(about),
        "url": about.url,
    }
    return {name: value for name, value in fields.items() if value}


def _day(about: About) -> str | None:
    moment = about.published_at
    if moment is None:
        return None
    at_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date().isoformat() if at_midnight else moment.isoformat(timespec="minutes")
