"""`isnad verify`: an article in, a report out."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from agent.doors.cli.main import INCOMPLETE, INTERRUPTED
from agent.doors.cli.report_options import report_options
from agent.doors.cli.verify_files import (
    WantedArticle,
    check_target,
    form_of,
    is_link,
    known_about,
    read_given,
    write_report,
)
from agent.errors import IsnadError

if TYPE_CHECKING:
    from agent.config import Settings
    from agent.events import Event
    from agent.models import Article, Report


@click.command()
@click.argument("article", required=False)
@click.option("--published", metavar="DATE", help="When the article was published, e.g. 2016-03-15.")
@click.option("--url", help="Where the article stands; coverage with this address is the article itself.")
@click.option("--title", help="The article's headline.")
@click.option("--outlet", help="Who published it.")
@click.option("--author", help="Its by-line; an agency that it credits is no second source.")
@click.option("--language", metavar="CODE", help="ar, en, …; found from the text when not given.")
@click.option(
    "--about",
    "about_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="JSON with title, url, outlet, author, published_at and language, as far as known.",
)
@click.option(
    "--coverage",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    metavar="PATH",
    help="Coverage to add to the store first, files and folders as `coverage add` reads them. May be given again.",
)
@click.option(
    "--analyst", type=click.Choice(("auto", "model", "lexical")), help="Who reads. auto: the model, if set."
)
@click.option("--gather", "gathers", is_flag=True, help="Look for coverage first, as `isnad gather` does.")
@report_options
@click.option("--resume", metavar="RUN", help="Finish a run that was stopped; 'last' names the latest.")
def verify(
    article: str | None,
    published: str | None,
    url: str | None,
    title: str | None,
    outlet: str | None,
    author: str | None,
    language: str | None,
    about_file: Path | None,
    coverage: tuple[Path, ...],
    analyst: str | None,
    gathers: bool,
    form: str | None,
    out: Path | None,
    resume: str | None,
) -> int:
    """Check the claims of ARTICLE: a file, a link, or - for standard input.

    Exit codes: 0 all claims checked; 3 some could not be, the report says which and why; 2 usage, or ARTICLE
    cannot be read; 4 configuration; 5 endpoint or store unreachable. A run that was stopped goes on with --resume.
    """
    from agent.config import load_settings

    fields = {
        "published_at": published,
        "url": url,
        "title": title,
        "outlet": outlet,
        "author": author,
        "language": language,
    }
    _check_arguments(article, resume, about_known=bool(about_file or any(fields.values())))
    if resume is not None and gathers:
        raise click.UsageError("A run goes on against the coverage that there is; `isnad gather RUN` looks for more.")
    target = None if out == Path("-") else out
    form = form or form_of(target)
    if target is not None:
        check_target(target, [Path(article or "-"), *coverage, *filter(None, [about_file])])
    settings = load_settings(analyst=analyst)
    given: WantedArticle | Article | None = None
    if article is not None:
        about = known_about(about_file, fields)
        given = WantedArticle(article, about) if is_link(article) else read_given(article, about, settings)
    report = _run(_VerifyCommand(settings, given, coverage, resume, analyst, gathers))
    write_report(report, form, target, settings.language)
    return 0 if report.complete else INCOMPLETE


def _check_arguments(article: str | None, resume: str | None, about_known: bool) -> None:
    if (article is None) == (resume is None):
        raise click.UsageError("Give an ARTICLE (a file, or - for standard input), or --resume RUN.")
    if resume is not None and about_known:
        raise click.UsageError("What is known of an article cannot change on --resume; start a new run instead.")


class _VerifyCommand(NamedTuple):
    """What is to be done."""

    settings: "Settings"
    article: "WantedArticle | Article | None"
    coverage: tuple[Path, ...]
    resume: str | None
    analyst: str | None
    gathers: bool


def _run(asked: _VerifyCommand) -> "Report":
    started: list[str] = []
    try:
        return asyncio.run(_verified(asked, started))
    except KeyboardInterrupt:
        click.echo("\n".join(["\nStopped.", *map(_resume_with, started)]), err=True)
        raise SystemExit(INTERRUPTED) from None
    except IsnadError as err:
        for run_id in started:
            err.add_note(_resume_with(run_id))
        raise


def _resume_with(run_id: str) -> str:
    return f"Finish this run with: isnad verify --resume {run_id}"


async def _verified(asked: _VerifyCommand, started: list[str]) -> "Report":
    from agent.doors.cli.coverage_add import add_with_progress
    from agent.doors.cli.gathered import telling_gathered
    from agent.doors.cli.progress import shown
    from agent.events import RunFinished, RunStarted
    from agent.gather.options import GatherOptions
    from agent.service.workspaces import open_workspace

    async with open_workspace(asked.settings, analyst=asked.analyst) as workspace:
        given = asked.article
        article = await given.read(workspace) if isinstance(given, WantedArticle) else given
        if asked.coverage:
            await add_with_progress(workspace, asked.coverage)
        gather = GatherOptions() if asked.gathers else None
        events: AsyncIterator[Event] = (
            workspace.verify(article, gather=gather)
            if article is not None
            else workspace.resume(asked.resume or "last")
        )
        # To its very end: what is left in the midst of an answer cannot be closed in order.
        async for event in shown(telling_gathered(events)):
            if isinstance(event, RunStarted):
                started.append(event.run_id)
            if isinstance(event, RunFinished):
                report = event.report
    return report
