"""Adding coverage on the command line: from files and from the web, with progress, and what came of it."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID, TextColumn

    from agent.coverage.intake.given import GivenMetadata
    from agent.coverage.intake.ingest import DocumentWriter
    from agent.coverage.intake.ingested import Ingested
    from agent.coverage.intake.metadata import IntakeRemark
    from agent.coverage.web.taking import OnIngested
    from agent.service.workspace import Addresses, TakenSource, Workspace

_MOST_REMARKS = 20
_LINE_EVERY = 5000


async def add_with_progress(
    taker: "DocumentWriter",
    paths: Iterable[Path],
    *,
    given: "GivenMetadata | None" = None,
    withdraw_gone: bool = False,
) -> "Ingested":
    """Adds files, with progress; says on standard error what was added and what was not, and why."""
    from agent.coverage.intake.given import NOTHING
    from agent.coverage.intake.ingest import ingest

    with counting("Adding coverage") as (bar, task):
        lines = _ProgressLines(silent=not bar.disable)

        def tell(sum_: "Ingested") -> None:
            bar.update(task, completed=sum_.added + sum_.unchanged)
            lines.tell(sum_)

        value = await ingest(taker, paths, tell, given=given or NOTHING, withdraw_gone=withdraw_gone)
    show_ingested(value, withdraw_gone=withdraw_gone)
    return value


async def add_addresses(workspace: "Workspace", addresses: "Addresses") -> "Ingested":
    """Takes from the web, with progress on a terminal; says on standard error what came of it."""
    with web_progress("Fetching coverage") as tell:
        try:
            taken = await workspace.take(addresses, tell)
        except asyncio.CancelledError:
            click.echo("What was added so far stays; the same command takes up the rest.", err=True)
            raise
    show_ingested(taken.total, withdraw_gone=addresses.withdraw_gone)
    if addresses.every is not None:
        _show_followed(taken.sources, addresses.every)
    return taken.total


class _ProgressLines:
    """Where there is no terminal to draw on, a line after every so many items: of a list of 90,000 it is told that it
    goes on."""

    def __init__(self, *, silent: bool) -> None:
        self._silent = silent
        self._next = _LINE_EVERY

    def tell(self, sum_: "Ingested") -> None:
        read = sum_.added + sum_.unchanged + sum_.withdrawn + len(sum_.rejected)
        if self._silent or read < self._next:
            return
        self._next = read - read % _LINE_EVERY + _LINE_EVERY
        click.echo(f"{read:,} read: {summary(sum_)}", err=True)


def _show_followed(sources: "Sequence[TakenSource]", every: int) -> None:
    from agent.doors.cli.durations import shown
    from agent.doors.cli.paragraph import clean

    for source in sources:
        if source.is_followed:
            click.echo(f"following every {shown(every)}: {clean(source.url)}", err=True)
        else:
            why = "could not be read" if source.error else "is no feed or sitemap"
            click.echo(f"not followed, as it {why}: {clean(source.url)}", err=True)
    if any(source.is_followed for source in sources):
        click.echo("`isnad coverage refresh` looks at what is due: from cron, or with --every 15m.", err=True)


def paths_and_addresses(what: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Files and folders, and addresses; raises for what is neither."""
    if not all(one.strip() for one in what):
        raise click.BadParameter("one of the names is empty; `.` is this folder.", param_hint="WHAT")
    urls = [one for one in what if "://" in one and not Path(one).exists()]
    paths = [Path(one) for one in what if one not in urls]
    if missing := [path for path in paths if not path.exists()]:
        raise click.BadParameter(f"{str(missing[0])!r} does not exist.", param_hint="WHAT")
    return paths, urls


def fact_check_addresses(claims: Sequence[str], language: str | None) -> list[str]:
    """Where the Fact Check Tools API tells who has checked some claims; the key is put to it by whoever asks."""
    if not claims:
        return []
    from agent.coverage.web.review_lists import search_address

    if not all(one.strip() for one in claims):
        raise click.BadParameter("a claim is empty.", param_hint="--fact-checks")
    return [search_address(one.strip(), language) for one in claims]


def show_ingested(ingested: "Ingested", *, withdraw_gone: bool) -> None:
    """One line with the numbers, then one for each thing that needs telling."""
    click.echo(summary(ingested), err=True)
    show_remarks("rejected", ingested.rejected)
    show_remarks("skipped", ingested.skipped)
    show_remarks("withdrawn" if withdraw_gone else "removed at its source", ingested.removed)
    if ingested.removed and not withdraw_gone:
        click.echo("  What is removed at its source stays until you say --withdraw-gone.", err=True)
    show_remarks("note", ingested.cautions)


def summary(ingested: "Ingested") -> str:
    versions = ""
    if ingested.updated:
        versions = f" ({ingested.updated:,} new version{'s' * (ingested.updated > 1)} of known pages)"
    parts = [f"{ingested.added:,} added{versions}", f"{ingested.unchanged:,} unchanged"]
    if ingested.withdrawn:
        parts.append(f"{ingested.withdrawn:,} withdrawn stay out")
    if ingested.older:
        parts.append(f"{ingested.older:,} older left out")
    if ingested.removed:
        parts.append(f"{len(ingested.removed):,} removed at their source")
    if ingested.skipped:
        parts.append(f"{len(ingested.skipped):,} skipped")
    return ", ".join([*parts, f"{len(ingested.rejected):,} rejected"])


def show_remarks(word: str, remarks: "Sequence[IntakeRemark]") -> None:
    from agent.doors.render.bidi import one_line

    for remark in remarks[:_MOST_REMARKS]:
        click.echo(f"  {word}: {one_line(_remark_line(remark))}", err=True)
    if len(remarks) > _MOST_REMARKS:
        click.echo(f"  {word}: and {len(remarks) - _MOST_REMARKS:,} more", err=True)


def _remark_line(remark: "IntakeRemark") -> str:
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
def web_progress(title: str) -> "Iterator[OnIngested]":
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
