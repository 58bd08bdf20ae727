"""`isnad coverage`: what claims are checked against."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from agent.coverage.catalogue import Listed
    from agent.coverage.ingest import Ingested
    from agent.coverage.retrieve import Coverage, Found, Stats
    from agent.coverage.told import Remark

T = TypeVar("T")

SOME_REJECTED = 3
_NOTHING_REMOVED = 2
_MOST_REMARKS = 20
_EXISTING = click.Path(exists=True, path_type=Path)


@click.group()
def coverage() -> None:
    """Add, search and keep the coverage that claims are checked against."""


@coverage.command()
@click.argument("paths", nargs=-1, required=True, type=_EXISTING, metavar="PATH...")
@click.pass_context
def add(ctx: click.Context, paths: tuple[Path, ...]) -> None:
    """Add documents from files or folders.

    PATH is a .jsonl file (one object a line: text, and url, title, outlet, published_at, language where known), a
    .txt, .md or .html file, or a folder of them. What is there already is left as it is.

    Exit code 3: some of it was rejected; the rest was added.
    """

    async def run(store: "Coverage") -> "Ingested":
        return await add_with_progress(store, paths)

    if asyncio.run(_with_store(run)).rejected:
        ctx.exit(SOME_REJECTED)


@coverage.command()
@click.argument("text")
@click.option("-n", "--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Passages to show.")
def search(text: str, limit: int) -> None:
    """Show the passages nearest to TEXT: what a claim of these words would find, whatever its date."""

    async def run(store: "Coverage") -> "tuple[Found, ...]":
        return await store.query(text, limit)

    found = asyncio.run(_with_store(run))
    if not found:
        click.echo("Nothing found: the store is empty. Add documents with `isnad coverage add PATH`.", err=True)
    for one in found:
        _show_found(one)


@coverage.command(name="list")
def list_() -> None:
    """List the documents, oldest addition first; in a pipe, one a line with tabs between its fields."""

    async def run(store: "Coverage") -> "list[Listed]":
        return list(store.documents())

    _show_list(asyncio.run(_with_store(run, any_embedder=True)))


@coverage.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_context
def remove(ctx: click.Context, ids: tuple[str, ...]) -> None:
    """Remove documents by the ids that `list` and `search` show."""

    async def run(store: "Coverage") -> list[str]:
        return await store.remove(ids)

    removed = asyncio.run(_with_store(run, any_embedder=True))
    click.echo(f"{len(removed):,} removed")
    if missing := [one for one in dict.fromkeys(ids) if one not in removed]:
        click.echo(f"not in the store: {', '.join(missing)}", err=True)
        ctx.exit(_NOTHING_REMOVED)


@coverage.command()
def stats() -> None:
    """Say what the store holds, and what made it."""

    async def run(store: "Coverage") -> "Stats":
        return store.stats()

    told = asyncio.run(_with_store(run, any_embedder=True))
    waiting = f" ({told.pending:,} not yet indexed)" if told.pending else ""
    click.echo(f"documents  {told.documents:,}{waiting}")
    click.echo(f"passages   {told.passages:,}")
    click.echo(f"embedder   {told.embedder}")
    click.echo(f"index      {told.index}")


@coverage.command()
def reindex() -> None:
    """Make the passage index anew, with the embedder that is configured now."""

    async def run(store: "Coverage") -> int:
        with _progress("Indexing") as (bar, task):
            await store.reindex(lambda done: bar.advance(task, done))
        return store.stats().documents

    click.echo(f"{asyncio.run(_with_store(run, any_embedder=True)):,} documents indexed")


async def add_with_progress(store: "Coverage", paths: Iterable[Path]) -> "Ingested":
    """Adds files, with progress on a terminal; says on standard error what was added and what was not, and why."""
    from agent.coverage.ingest import ingest

    with _progress("Adding coverage") as (bar, task):
        told = await ingest(store, paths, lambda sum_: bar.update(task, completed=sum_.added + sum_.unchanged))
    _show_ingested(told)
    return told


async def _with_store(run: "Callable[[Coverage], Awaitable[T]]", *, any_embedder: bool = False) -> T:
    from agent.config import load_settings
    from agent.coverage.opening import open_store

    async with open_store(load_settings(), any_embedder=any_embedder) as store:
        return await run(store)


@contextmanager
def _progress(title: str) -> "Iterator[tuple[Progress, TaskID]]":
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn(title), TextColumn("{task.completed:,.0f} documents"), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar, bar.add_task(title, total=None)


def _show_ingested(told: "Ingested") -> None:
    click.echo(f"{told.added:,} added, {told.unchanged:,} unchanged, {len(told.rejected):,} rejected", err=True)
    _show_remarks("rejected", told.rejected)
    _show_remarks("note", told.cautions)


def _show_remarks(word: str, remarks: "Sequence[Remark]") -> None:
    for remark in remarks[:_MOST_REMARKS]:
        place = remark.path if remark.line is None else f"{remark.path}, line {remark.line:,}"
        click.echo(f"  {word}: {_clean(place)}: {_clean(remark.reason)}", err=True)
    if len(remarks) > _MOST_REMARKS:
        click.echo(f"  {word}: and {len(remarks) - _MOST_REMARKS:,} more", err=True)


def _show_found(one: "Found") -> None:
    passage = one.passage
    day = f"{passage.published_at:%Y-%m-%d}" if passage.published_at else "no date"
    _show(
        f"{one.similarity:.2f}  {day}  {passage.outlet or 'no outlet'}  [{passage.document_id}, origin {one.origin}]"
    )
    for text in (passage.title, passage.url, passage.text):
        if text:
            _show(text, indent=6)
    click.echo()


def _show_list(documents: "Sequence[Listed]") -> None:
    import sys

    for one in documents:
        day = (one.published_at or "no date")[:10]
        if sys.stdout.isatty():
            state = "" if one.state == "ready" else f"  ({one.state})"
            _show(f"{one.id}  {day}  {one.language}  {one.outlet or 'no outlet'}{state}")
            _show(one.title or one.url or "no title", indent=6)
        else:
            fields = one.id, day, one.language, str(one.passages), one.state, one.outlet, one.title, one.url
            click.echo("\t".join(_clean(field or "") for field in fields))
    if sys.stdout.isatty():
        click.echo(f"{len(documents):,} documents")


def _show(text: str, indent: int = 0) -> None:
    """A paragraph in the order and width of the terminal."""
    import os
    import sys

    from agent.doors.render.bidi import wrapped
    from agent.doors.render.screen import screen_for

    screen = screen_for(sys.stdout, os.environ)
    for line in wrapped(_clean(text), screen.width - indent, screen.order):
        click.echo(" " * indent + line)


def _clean(text: str) -> str:
    from agent.doors.render.bidi import one_line

    return one_line(text)
