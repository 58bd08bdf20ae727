"""The line on the terminal that tells where a run stands."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, nullcontext

from rich.console import Console

from agent.doors.tally import RunTally, gathering_line
from agent.events import Event, Gathering, RunFinished


@contextmanager
def gathering_progress() -> Iterator[Callable[[Gathering], None]]:
    """A line on a terminal that tells how far it is; none elsewhere."""
    console = Console(stderr=True, markup=False, highlight=False)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("Gathering") as status:
        yield lambda value: status.update(gathering_line(value))


async def shown(events: AsyncIterator[Event], console: Console | None = None) -> AsyncIterator[Event]:
    """Passes events on as they come; on a terminal the line is kept up to date and is gone before the last one."""
    console = console or Console(stderr=True, markup=False, highlight=False)
    tally = RunTally()
    status = console.status(tally.line) if console.is_terminal else None
    with status or nullcontext():
        async for event in events:
            tally.take(event)
            if status is not None:
                status.update(tally.line)
                if isinstance(event, RunFinished):
                    status.stop()
            yield event
