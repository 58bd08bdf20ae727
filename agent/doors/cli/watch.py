"""`isnad watch`: what later coverage changes in earlier reports."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

import click

from agent.doors.cli.durations import Duration
from agent.doors.cli.main import INCOMPLETE, drop_output

if TYPE_CHECKING:
    from agent.config import Settings
    from agent.storage.reports import Recorded
    from agent.watch.look import WatchOutcome

_MOST_MISSED = 20


@click.command()
@click.option("--once", is_flag=True, help="Look once and end; so it is without --every.")
@click.option("--every", type=Duration(1), metavar="TIME", help="Look every 10m, say, until stopped.")
@click.option("--json", "as_json", is_flag=True, help="Print each change as one JSON object a line.")
@click.option(
    "--analyst", type=click.Choice(("auto", "model", "lexical")), help="Who reads. auto: the model, if set."
)
def watch(once: bool, every: int | None, as_json: bool, analyst: str | None) -> int:
    """Judge anew the claims of earlier reports that newly added coverage touches, and record what changes.

    So are claims whose coverage was withdrawn or has a newer version, and claims that could not be checked before.

    A report is never overwritten: what changes is a new version of it, see `isnad report history`. Between looks
    the coverage store is free for other commands.

    Exit codes: 0 all that was touched could be judged; 3 some could not, keeps its label and is tried the next
    time; 2 usage; 4 configuration; 5 endpoint or store unreachable.
    """
    from agent.config import load_settings

    if once and every:
        raise click.UsageError("Give --once or --every, not both.")
    settings = load_settings(analyst=analyst)
    tell = _tell_json if as_json else _tell
    if every:
        asyncio.run(_keep_looking(settings, analyst, every, tell))
        return 0
    looked = asyncio.run(_look(settings, analyst, tell))
    _summarise(looked)
    return INCOMPLETE if looked.missed else 0


async def _look(settings: "Settings", analyst: str | None, tell: "Callable[[Recorded], None]") -> "WatchOutcome":
    from agent.service.workspaces import open_workspace

    async with open_workspace(settings, analyst=analyst) as workspace:
        return await workspace.watch(tell)


async def _keep_looking(
    settings: "Settings", analyst: str | None, seconds: int, tell: "Callable[[Recorded], None]"
) -> None:
    """Until SIGTERM or Ctrl-C. A look that is stopped is made good by the next one."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    stopping = asyncio.create_task(stop.wait())
    while not stop.is_set():
        looking = asyncio.create_task(_look_again(settings, analyst, tell))
        await asyncio.wait({looking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not looking.done():
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
        else:
            looking.result()
            await asyncio.wait({stopping}, timeout=seconds)
    click.echo("Stopped.", err=True)


async def _look_again(settings: "Settings", analyst: str | None, tell: "Callable[[Recorded], None]") -> None:
    """One of many looks: what may be over by the next one is told and does not end the watch."""
    from agent.errors import AnalystError, EmbedderMismatch, EndpointRejected, StoreError

    started = datetime.now().astimezone()
    try:
        looked = await _look(settings, analyst, tell)
    except (EmbedderMismatch, EndpointRejected):
        raise
    except (StoreError, AnalystError) as err:
        click.echo(f"{started:%H:%M:%S} isnad: {err} It is tried again.", err=True)
    else:
        _summarise(looked, f"{started:%H:%M:%S} ")


def _summarise(looked: "WatchOutcome", prefix: str = "") -> None:
    if looked.started_over:
        click.echo(
            f"{prefix}The coverage store is another one: {looked.started_over:,} reports are held against all of it.",
            err=True,
        )
    relabelled = sum(change.relabelled for change in looked.changes)
    lines = [
        f"new documents: {looked.documents:,}",
        f"claims judged anew: {looked.claims:,}",
        f"labels changed: {relabelled:,}",
    ]
    if looked.usage.calls:
        lines.append(f"model calls: {looked.usage.calls:,}, tokens: {looked.usage.tokens:,}")
    if looked.postponed:
        lines.append(f"claims that wait for another try: {looked.postponed:,}")
    click.echo(prefix + ", ".join(lines), err=True)
    for missed in looked.missed[:_MOST_MISSED]:
        click.echo(f"  not judged: {missed.run_id} {missed.claim_id}: {missed.failure.message}", err=True)
    if len(looked.missed) > _MOST_MISSED:
        click.echo(f"  not judged: and {len(looked.missed) - _MOST_MISSED:,} more", err=True)


def _tell(change: "Recorded") -> None:
    from agent.doors.cli.paragraph import show
    from agent.doors.cli.report import show_change

    with _reader_may_go():
        show(f"{change.run_id}, version {change.version}")
        show_change(change, indent=2)


def _tell_json(change: "Recorded") -> None:
    with _reader_may_go():
        click.echo(change.model_dump_json())


@contextmanager
def _reader_may_go() -> Iterator[None]:
    """What was found is stored, whether anybody reads our output or not."""
    try:
        yield
    except BrokenPipeError:
        drop_output()
