"""`isnad coverage follow` and `isnad coverage refresh`: feeds that are kept up to date."""

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from agent.doors.cli.done import done
from agent.doors.cli.durations import Duration, shown

if TYPE_CHECKING:
    from agent.coverage.web.followed import Followed
    from agent.coverage.web.sources import EntryFilter
    from agent.coverage.web.taking import IntakeOutcome

SOME_FAILED = 3
_NOT_FOLLOWED = 2


@click.group()
def follow() -> None:
    """List or end what is followed. Begin with `isnad coverage add URL --follow`."""


@follow.command(name="list")
def list_() -> None:
    """List the feeds and sitemaps that are followed. In a pipe, one a line with tabs between its fields."""
    import sys

    followed = done(lambda space: space.followed())
    for one in followed:
        (_show if sys.stdout.isatty() else _print)(one)
    if not followed:
        click.echo("Nothing is followed. Begin with `isnad coverage add URL --follow`.", err=True)


@follow.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.pass_context
def remove(ctx: click.Context, urls: tuple[str, ...]) -> None:
    """End following; what was added stays."""
    removed = done(lambda space: space.unfollow(urls))
    click.echo(f"{len(removed):,} no longer followed")
    if missing := [url for url in dict.fromkeys(urls) if url not in removed]:
        click.echo(f"not followed: {', '.join(missing)}", err=True)
        ctx.exit(_NOT_FOLLOWED)


@click.command()
@click.option("--once", is_flag=True, help="Look at what is due and end (the default): for cron and timers.")
@click.option("--every", type=Duration(60), help="Go on until stopped, and look this often, such as 15m.")
@click.option("--limit", default=500, show_default=True, type=click.IntRange(1, 50_000), help="Pages of each source.")
@click.option("--withdraw-gone", is_flag=True, help="Withdraw documents whose pages were removed.")
@click.pass_context
def refresh(ctx: click.Context, once: bool, every: int | None, limit: int, withdraw_gone: bool) -> None:
    """Look at the followed feeds and sitemaps that are due.

    A feed that fails is told, and looked at later and later until it works again. The store is in use only while
    something is added.

    Exit code 3: some feed or page could not be had.
    """
    from agent.coverage.web.sources import EntryFilter

    if once and every is not None:
        raise click.UsageError("--once and --every exclude each other.")
    choice = EntryFilter(limit=limit)
    if every is not None:
        asyncio.run(_keep_refreshing(choice, every, withdraw_gone))
    elif asyncio.run(_refresh(choice, withdraw_gone)).total.rejected:
        ctx.exit(SOME_FAILED)


async def _refresh(choice: "EntryFilter", withdraw_gone: bool) -> "IntakeOutcome":
    from agent.config import load_settings
    from agent.coverage.web.following import refresh
    from agent.doors.cli.coverage_add import web_progress
    from agent.service.sink import open_web_beside

    async with open_web_beside(load_settings()) as web:
        with web_progress("Refreshing coverage") as tell:
            taken = await refresh(web, choice, withdraw_gone=withdraw_gone, tell=tell)
    _show_round(taken, withdraw_gone)
    return taken


async def _keep_refreshing(choice: "EntryFilter", every: int, withdraw_gone: bool) -> None:
    from agent.config import load_settings
    from agent.coverage.web.following import keep_refreshing
    from agent.errors import StoreError
    from agent.service.sink import open_web_beside

    settings, stop = load_settings(), asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl-C ends the command as any other.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    click.echo(f"Looking at what is due every {shown(every)}; Ctrl-C ends it.", err=True)
    async for came in keep_refreshing(
        lambda: open_web_beside(settings), choice, every, stop, withdraw_gone=withdraw_gone
    ):
        if isinstance(came, StoreError):
            click.echo(f"isnad: {came}", err=True)
        elif came.sources:
            _show_round(came, withdraw_gone)
    click.echo("Stopped.", err=True)


def _show_round(taken: "IntakeOutcome", withdraw_gone: bool) -> None:
    from agent.doors.cli.coverage_add import show_ingested

    click.echo(f"{len(taken.sources):,} due: ", nl=False, err=True)
    show_ingested(taken.total, withdraw_gone=withdraw_gone)


def _print(one: "Followed") -> None:
    from agent.doors.cli.paragraph import clean

    fields = (
        one.url,
        one.kind,
        shown(one.every),
        _moment(one),
        f"{one.due_at:%Y-%m-%dT%H:%M:%SZ}",
        one.error,
        one.title,
    )
    click.echo("\t".join(clean(field or "") for field in fields))


def _show(one: "Followed") -> None:
    from agent.doors.cli.paragraph import show

    show(f"{one.url}  ({one.kind}, every {shown(one.every)}, last look: {_moment(one)})")
    if one.title:
        show(one.title, indent=6)
    if one.error:
        show(f"failed {one.failures:,} times: {one.error}", indent=6)


def _moment(one: "Followed") -> str:
    return f"{one.looked_at:%Y-%m-%dT%H:%M:%SZ}" if one.looked_at else "never"
