"""`isnad coverage`: what claims are checked against."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from agent.doors.cli.done import done
from agent.doors.cli.durations import Duration
from agent.doors.cli.follow import follow, refresh
from agent.doors.cli.paragraph import clean, show

if TYPE_CHECKING:
    from agent.coverage.index.entries import DocumentListing
    from agent.doors.cli.coverage_search import SearchOutcome
    from agent.service.workspace import Workspace

SOME_REJECTED = 3
_NOTHING_DONE = 2


@click.group()
def coverage() -> None:
    """Add, search and keep the coverage that claims are checked against."""


coverage.add_command(follow)
coverage.add_command(refresh)


@coverage.command()
@click.argument("what", nargs=-1, metavar="WHAT...")
@click.option(
    "--fact-checks",
    "asked",
    multiple=True,
    metavar="CLAIM",
    help="Ask Google's Fact Check Tools API who has checked this; needs its key. May be given several times.",
)
@click.option("--as", "as_", type=click.Choice(["page", "feed", "sitemap"]), help="What the addresses are.")
@click.option("--limit", default=500, show_default=True, type=click.IntRange(1, 50_000), help="Pages of each source.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Leave out pages from before this day.")
@click.option("--outlet", help="Of text clippings: who published them.")
@click.option("--published", "published_at", metavar="DATE", help="Of text clippings: when, e.g. 2016-03-15.")
@click.option("--language", metavar="CODE", help="Of text clippings: ar, en, …; found from the text when not given.")
@click.option("--author", help="Of text clippings: their by-line.")
@click.option("--url", help="Of one clipping: where it stands.")
@click.option("--title", help="Of one clipping: its headline.")
@click.option("--withdraw-gone", is_flag=True, help="Withdraw documents whose pages were removed.")
@click.option("--follow", "follows", is_flag=True, help="Keep feeds and sitemaps up to date: see `refresh`.")
@click.option("--every", type=Duration(60), default="15m", show_default=True, help="How often, with --follow.")
@click.pass_context
def add(
    ctx: click.Context,
    /,
    what: tuple[str, ...],
    asked: tuple[str, ...],
    as_: str | None,
    limit: int,
    since: "datetime | None",
    withdraw_gone: bool,
    follows: bool,
    every: int,
    **about: str | None,
) -> None:
    """Add documents from files, folders and web addresses.

    A file is .jsonl (one object a line: text, and url, title, author, outlet, published_at, language where known),
    .txt, .md, .html, .docx, .odt, .rtf, .pdf, or an agency's export or a saved feed (.xml, .json). An address is that
    of an article, of a feed (RSS, Atom, JSON) or of a sitemap. Published fact-checks (ClaimReview) are read from
    pages, from lists of them and from answers of the Fact Check Tools API. What is there already is left as it is; a
    page that has changed becomes a new version.

    What a clipping does not tell of itself is told by options, which go before what it does tell.

    Exit code 3: some of it was rejected; the rest was added.
    """
    from agent.coverage.intake.kinds import FileKind
    from agent.doors.cli.clippings import given_of
    from agent.doors.cli.coverage_add import (
        add_addresses,
        add_with_progress,
        fact_check_addresses,
        paths_and_addresses,
    )
    from agent.service.workspace import Addresses

    if not (what or asked):
        raise click.UsageError("say what to add: files, folders, addresses, or --fact-checks CLAIM.")
    paths, urls = paths_and_addresses(what)
    given = given_of(about, paths, urls)
    if given is not None and not paths and [name for name, value in about.items() if value] != ["language"]:
        raise click.UsageError("what is told of clippings needs a file: fact-checks tell of themselves.")
    urls += fact_check_addresses(asked, about.get("language") if not paths else None)
    if follows and not urls:
        raise click.UsageError("--follow needs the address of a feed or of a sitemap.")
    addresses = Addresses(
        urls=tuple(dict.fromkeys(urls)),
        kind=FileKind(as_) if as_ else None,
        limit=limit,
        since=since.date() if since else None,
        withdraw_gone=withdraw_gone,
        every=every if follows else None,
    )

    async def run(workspace: "Workspace") -> int:
        rejected = 0
        if paths:
            result = await add_with_progress(workspace, paths, given=given, withdraw_gone=withdraw_gone)
            rejected += len(result.rejected)
        if urls:
            rejected += len((await add_addresses(workspace, addresses)).rejected)
        return rejected

    if done(run):
        ctx.exit(SOME_REJECTED)


@coverage.command()
@click.argument("text")
@click.option("-n", "--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Passages to show.")
@click.option("--date", "day", metavar="DAY", help="Day of the article: tells what came before it and what after.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def search(text: str, limit: int, day: str | None, as_json: bool) -> None:
    """Show what a claim of these words would get. Best first; other reports come before other passages of one.

    Each passage with its cosine and its BM25 score, its place by either of them, and whether it would be heard.
    """
    from agent.article import parse_date
    from agent.doors.cli.coverage_search import look, show_looked

    if not text.strip():
        raise click.BadParameter("there are no words to search for.", param_hint="TEXT")
    try:
        moment = parse_date(day) if day else None
    except ValueError as err:
        raise click.BadParameter(str(err), param_hint="--date") from err

    async def run(workspace: "Workspace") -> "SearchOutcome":
        return await look(workspace, text, limit, moment)

    show_looked(done(run), as_json=as_json)


@coverage.command(name="list")
@click.option("--all", "all_", is_flag=True, help="Also what is kept but searched no more, and why.")
def list_(all_: bool) -> None:
    """List the documents, oldest addition first. In a pipe, one a line with tabs between its fields."""
    from agent.coverage.index.listing import ListingFilter

    _show_list(done(lambda workspace: workspace.listing(ListingFilter(kept=all_))), with_reasons=all_)


@coverage.command(name="show")
@click.argument("id_", metavar="ID")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def show_(id_: str, form: str) -> None:
    """Show a document as it will be judged.

    Its text, its date and where that stood, its by-line, whom it goes back to, its language, what was left out of it
    and why. The beginning of an ID does where no other begins so.
    """
    from agent.coverage.index.stored import UnknownDocument
    from agent.doors.cli.coverage_show import show_stored

    try:
        document = done(lambda workspace: workspace.document(id_))
    except UnknownDocument as err:
        raise click.BadParameter(f"{err}. `isnad coverage list` shows the ids.", param_hint="ID") from err
    show_stored(document, as_json=form == "json")


@coverage.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--reason", required=True, help="Why; it is kept and shown.")
@click.pass_context
def withdraw(ctx: click.Context, ids: tuple[str, ...], reason: str) -> None:
    """Put documents out of search. They are kept with the reason, and adding them again does not bring them back."""
    if not clean(reason):
        raise click.BadParameter("say why: it is kept and shown.", param_hint="--reason")

    left = "not in search: unknown, withdrawn before or superseded"
    _tell_done(ctx, ids, done(lambda workspace: workspace.withdraw(ids, clean(reason))), "withdrawn", left)


@coverage.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_context
def restore(ctx: click.Context, ids: tuple[str, ...]) -> None:
    """Put withdrawn documents back into search."""
    left = "not withdrawn, or there is a newer version"
    _tell_done(ctx, ids, done(lambda workspace: workspace.restore(ids)), "restored", left)


@coverage.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_context
def remove(ctx: click.Context, ids: tuple[str, ...]) -> None:
    """Remove documents by the ids that `list` and `search` show."""
    _tell_done(ctx, ids, done(lambda workspace: workspace.remove(ids)), "removed", "not in the store")


@coverage.command()
def stats() -> None:
    """Say what the store holds, and what made it."""
    result = done(lambda workspace: workspace.stats())
    waiting = f" ({result.pending:,} not yet indexed)" if result.pending else ""
    click.echo(f"documents  {result.documents:,}{waiting}")
    click.echo(f"passages   {result.passages:,}")
    click.echo(f"embedder   {result.embedder}")
    click.echo(f"languages  {result.languages}")
    click.echo(f"floors     {result.floors.within:.2f} within a language, {result.floors.across:.2f} across")
    click.echo(f"index      {result.index}")


@coverage.command()
def reindex() -> None:
    """Bring the store over to the configured embedder.

    The passage index is made anew from what is stored: nothing has to be added again. No server may run meanwhile.
    """

    async def run() -> int:
        from agent.app import open_store
        from agent.config import load_settings
        from agent.doors.cli.coverage_add import counting
        from agent.service.address import check_alone

        settings = load_settings()
        check_alone(settings, "the passage index is made anew")
        async with open_store(settings, any_embedder=True) as store:
            with counting("Indexing") as (bar, task):
                await store.reindex(lambda done: bar.advance(task, done))
            return store.stats().documents

    click.echo(f"{asyncio.run(run()):,} documents indexed")


def _tell_done(ctx: click.Context, ids: Sequence[str], done: Sequence[str], word: str, otherwise: str) -> None:
    click.echo(f"{len(done):,} {word}")
    if missing := [one for one in dict.fromkeys(ids) if one not in done]:
        click.echo(f"{otherwise}: {', '.join(missing)}", err=True)
        ctx.exit(_NOTHING_DONE)


def _show_list(documents: "Sequence[DocumentListing]", *, with_reasons: bool) -> None:
    import sys

    if not documents:
        click.echo("No documents. Add some with `isnad coverage add PATH`.", err=True)
    for one in documents:
        day = (one.published_at or "no date")[:10]
        if sys.stdout.isatty():
            state = "" if one.state == "ready" else f"  ({_state(one)})"
            show(f"{one.id}  {day}  {one.language}  {one.outlet or 'no outlet'}{state}")
            show(one.title or one.url or "no title", indent=6)
        else:
            fields = one.id, day, one.language, str(one.passages), one.state, one.outlet, one.title, one.url
            reasons = (one.reason,) if with_reasons else ()
            click.echo("\t".join(clean(field or "") for field in (*fields, *reasons)))
    if sys.stdout.isatty():
        click.echo(f"{len(documents):,} documents")


def _state(one: "DocumentListing") -> str:
    if one.reason is None:
        return one.state
    return f"superseded by {one.reason}" if one.state == "superseded" else f"{one.state}: {one.reason}"
