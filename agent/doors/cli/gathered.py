"""What came of looking for coverage, in a line for each thing that a person has to know."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from agent.events import Event, Gathering

_MOST_REMARKS = 20


def show_gathered(gathering: "Gathering") -> None:
    """On standard error: what was asked, the numbers, and what was refused by whom."""
    from agent.doors.render.bidi import one_line
    from agent.doors.tally import gathering_line

    for query in gathering.queries:
        click.echo(f"  asked: {one_line(query)}", err=True)
    click.echo(gathering_line(gathering), err=True)
    for remark in gathering.remarks[:_MOST_REMARKS]:
        click.echo(f"  note: {one_line(remark)}", err=True)
    if len(gathering.remarks) > _MOST_REMARKS:
        click.echo(f"  note: and {len(gathering.remarks) - _MOST_REMARKS:,} more", err=True)


async def telling_gathered(events: "AsyncIterator[Event]") -> "AsyncIterator[Event]":
    """Passes events on, and says what came of looking for coverage when that is known."""
    from agent.events import Gathering

    async for event in events:
        yield event
        if isinstance(event, Gathering) and event.done:
            show_gathered(event)
