"""What a pasted text tells of itself, filled in beside it while it is pasted; what somebody typed there stays."""

import asyncio
from dataclasses import replace

from fastapi import APIRouter, Response

from agent.article import About, about_of
from agent.coverage.intake.headed import below_dated, read_head
from agent.coverage.intake.metadata import is_web_address
from agent.doors.web.entering import Posting
from agent.doors.web.fields import SOURCE, Known, KnownOfText, Text
from agent.doors.web.pages import PageRoute, page
from agent.text.headline import headline_in

router = APIRouter(route_class=PageRoute, include_in_schema=False)
# All that tells of a text stands at its beginning.
MOST_READ = 5000


@router.post("/known")
async def show_known(looking: Posting, typed: Known, text: Text = "") -> Response:
    """The fields, as a part of the page."""
    known = await asyncio.to_thread(completed, typed, text[:MOST_READ])
    return page("known.part.html.j2", looking, sent=known, problems={})


def completed(typed: KnownOfText, text: str) -> KnownOfText:
    """With what the text tells now in all fields that nobody has typed in."""
    known = read_known(text)
    ours = {name for name in SOURCE if getattr(typed, name) in ("", typed.read.get(name, ""))}
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
