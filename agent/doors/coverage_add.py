"""Adding coverage on the command line: from files and from the web, with progress, and what came of it."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID, TextColumn

    from agent.config import Settings
    from agent.coverage.formats.given import Given
    from agent.coverage.formats.told import Remark
    from agent.coverage.ingested import Ingested
    from agent.coverage.retrieve import Coverage
    from agent.coverage.web.sources import Choice
    from agent.coverage.web.taking import Taken, Told
    from agent.coverage.web.web import Web

_MOST_REMARKS = 20


async def add_with_progress(
    store: "Coverage", paths: Iterable[Path], *, given: "Given | None" = None, withdraw_gone: bool = False
) -> "Ingested":
    """Adds files, with progress on a terminal; says on standard error what was added and what was not, and why."""
    from agent.coverage.formats.given import NOTHING
    from agent.coverage.ingest import ingest

    with counting("Adding coverage") as (bar, task):
        told = await ingest(
            store,
            paths,
            lambda sum_: bar.update(task, completed=sum_.added + sum_.unchanged),
            given=given or NOTHING,
            withdraw_gone=withdraw_gone,
        )
    show_ingested(told, withdraw_gone=withdraw_gone)
    return told


async def add_files(
    settings: "Settings", paths: Sequence[Path], given: "Given | None", *, withdraw_gone: bool
) -> "Ingested":
    """As `add_with_progress`, in the store of the settings."""
    from agent.coverage.opening import open_store

    async with open_store(settings) as store:
        return await add_with_progress(store, paths, given=given, withdraw_gone=withdraw_gone)


@dataclass(frozen=True)
class Manner:
    """How addresses are taken: as what, what becomes of removed pages, and how often to look again, if at all."""

    as_: str | None
    withdraw_gone: bool
    every: int | None


async def add_urls(settings: "Settings", urls: "Sequence[str]", choice: "Choice", manner: Manner) -> "Ingested":
    """Takes from the web, with progress on a terminal; says on standard error what came of it."""
    from agent.coverage.formats.kinds import Kind
    from agent.coverage.web.taking import Wish
    from agent.coverage.web.web import open_web

    wishes = [Wish(url, Kind(manner.as_) if manner.as_ else None) for url in dict.fromkeys(urls)]
    async with open_web(settings) as web:
        with web_progress("Fetching coverage") as tell:
            try:
                taken = await web.take(wishes, choice, withdraw_gone=manner.withdraw_gone, told=tell)
            except asyncio.CancelledError:
                click.echo("What was added so far stays; the same command takes up the rest.", err=True)
                raise
        show_ingested(taken.total, withdraw_gone=manner.withdraw_gone)
        if manner.every is not None:
            _follow(web, taken, manner.every)
    return taken.total


def _follow(web: "Web", taken: "Taken", every: int) -> None:
    from agent.coverage.web.following import follow
    from agent.doors.durations import shown
    from agent.doors.paragraph import clean

    began = {one.url for one in follow(web, taken, every)}
    for source in taken.sources:
        if source.url in began:
            click.echo(f"following every {shown(every)}: {clean(source.url)}", err=True)
        else:
            why = "could not be read" if source.error else "is no feed or sitemap"
            click.echo(f"not followed, as it {why}: {clean(source.url)}", err=True)
    if began:
        click.echo("`isnad coverage refresh` looks at what is due: from cron, or with --every 15m.", err=True)


def told_apart(what: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Files and folders, and addresses; raises for what is neither."""
    if not all(one.strip() for one in what):
        raise click.BadParameter("one of the names is empty; `.` is this folder.", param_hint="WHAT")
    urls = [one for one in what if "://" in one and not Path(one).exists()]
    paths = [Path(one) for one in what if one not in urls]
    if missing := [path for path in paths if not path.exists()]:
        raise click.BadParameter(f"{str(missing[0])!r} does not exist.", param_hint="WHAT")
    return paths, urls


def show_ingested(told: "Ingested", *, withdraw_gone: bool) -> None:
    """One line with the numbers, then one for each thing that needs telling."""
    click.echo(summary(told), err=True)
    show_remarks("rejected", told.rejected)
    show_remarks("skipped", told.skipped)
    show_remarks("withdrawn" if withdraw_gone else "removed at its source", told.removed)
    if told.removed and not withdraw_gone:
        click.echo("  What is removed at its source stays until you say --withdraw-gone.", err=True)
    show_remarks("note", told.cautions)


def summary(told: "Ingested") -> str:
    versions = ""
    if told.updated:
        versions = f" ({told.updated:,} new version{'s' * (told.updated > 1)} of known pages)"
    parts = [f"{told.added:,} added{versions}", f"{told.unchanged:,} unchanged"]
    if told.withdrawn:
        parts.append(f"{told.withdrawn:,} withdrawn stay out")
    if told.older:
        parts.append(f"{told.older:,} older left out")
    if told.removed:
        parts.append(f"{len(told.removed):,} removed at their source")
    if told.skipped:
        parts.append(f"{len(told.skipped):,} skipped")
    return ", ".join([*parts, f"{len(told.rejected):,} rejected"])


def show_remarks(word: str, remarks: "Sequence[Remark]") -> None:
    from agent.doors.render.bidi import one_line

    for remark in remarks[:_MOST_REMARKS]:
        click.echo(f"  {word}: {one_line(_told(remark))}", err=True)
    if len(remarks) > _MOST_REMARKS:
        click.echo(f"  {word}: and {len(remarks) - _MOST_REMARKS:,} more", err=True)


def _told(remark: "Remark") -> str:
    """What was fetched may be named by its reason already."""
    if remark.reason.startswith(remark.path):
        return remark.reason
    place = remark.path if remark.line is None else f"{remark.path}, line {remark.line:,}"
    return f"{place}: {remark.reason}"


@contextmanager
def counting(title: str) -> "Iterator[tuple[Progress, TaskID]]":
    """A line on a terminal that counts documents; none elsewhere."""
    from rich.progress import TextColumn

    with _bar(title, TextColumn("{task.completed:,.0f} documents")) as (bar, task):
        yield bar, task


@contextmanager
def web_progress(title: str) -> "Iterator[Told]":
    """A line on a terminal that counts pages; none elsewhere."""
    from rich.progress import TextColumn

    counts = TextColumn("{task.completed:,.0f} of {task.fields[known]:,.0f} pages, {task.fields[came]}")
    with _bar(title, counts, known=0, came="") as (bar, task):

        def tell(sum_: "Ingested") -> None:
            came = f"{sum_.added:,} added, {len(sum_.rejected):,} rejected"
            bar.update(task, completed=sum_.visited, known=max(sum_.listed, sum_.visited), came=came)

        yield tell


@contextmanager
def _bar(title: str, counts: "TextColumn", **fields: Any) -> "Iterator[tuple[Progress, TaskID]]":
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}"), counts, TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar, bar.add_task(title, total=None, **fields)
