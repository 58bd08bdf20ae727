"""`isnad verify`: an article in, a report out."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.doors.cli import INCOMPLETE, INTERRUPTED
from agent.errors import BadInput, IsnadError

if TYPE_CHECKING:
    from agent.article import About
    from agent.config import Settings
    from agent.events import Event
    from agent.models import Article, Report

FORMS = ("text", "json", "markdown", "html", "jsonld")
_BY_SUFFIX = {
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonld": "jsonld",
    ".txt": "text",
}


@click.command()
@click.argument("article", required=False)
@click.option("--published", metavar="DATE", help="When the article was published, e.g. 2016-03-15.")
@click.option("--url", help="Where the article stands; coverage with this address is the article itself.")
@click.option("--title", help="The article's headline.")
@click.option("--outlet", help="Who published it.")
@click.option("--language", metavar="CODE", help="ar, en, …; found from the text when not given.")
@click.option(
    "--about", "about_file", type=click.Path(path_type=Path), metavar="FILE", help="JSON with title, url, …"
)
@click.option(
    "--coverage",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="PATH",
    help="Coverage to add to the store first: .jsonl, .txt, .md, .html or a folder. May be given again.",
)
@click.option(
    "--analyst", type=click.Choice(("auto", "model", "lexical")), help="Who reads. auto: the model, if set."
)
@click.option("--format", "form", type=click.Choice(FORMS), help="By default text, or what --out ends in.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the report here.")
@click.option("--resume", metavar="RUN", help="Finish a run that was stopped; 'last' names the latest.")
def verify(
    article: str | None,
    published: str | None,
    url: str | None,
    title: str | None,
    outlet: str | None,
    language: str | None,
    about_file: Path | None,
    coverage: tuple[Path, ...],
    analyst: str | None,
    form: str | None,
    out: Path | None,
    resume: str | None,
) -> int:
    """Check the claims of ARTICLE, a file or - for standard input.

    Exit codes: 0 all claims checked; 3 some could not be, the report says which and why; 2 usage;
    4 configuration; 5 endpoint or store unreachable. A run that was stopped goes on with --resume.
    """
    from agent.article import read_about
    from agent.config import load_settings

    if (article is None) == (resume is None):
        raise click.UsageError("Give an ARTICLE (a file, or - for standard input), or --resume RUN.")
    settings = load_settings(analyst=analyst)
    about = _about(published=published, url=url, title=title, outlet=outlet, language=language)
    if about_file is not None:
        about = read_about(about_file).updated(about)
    given = _article(article, about, settings) if article is not None else None
    report = _run(settings, given, coverage, resume)
    _write(report, form or _BY_SUFFIX.get(out.suffix.lower() if out else "", "text"), out)
    return 0 if report.complete else INCOMPLETE


def _about(published: str | None, **told: str | None) -> "About":
    from agent.article import About, parse_date

    try:
        return About(published_at=parse_date(published) if published else None, **told)
    except ValueError as err:
        raise click.BadParameter(str(err), param_hint="--published") from err


def _article(name: str, about: "About", settings: "Settings") -> "Article":
    from agent.article import read_article

    if name == "-":
        return read_article(sys.stdin.buffer.read(), "standard input", about, settings.max_article_chars)
    try:
        data = Path(name).read_bytes()
    except OSError as err:
        raise BadInput(f"cannot read the article {name!r}: {err.strerror}") from err
    return read_article(data, name, about, settings.max_article_chars)


def _run(settings: "Settings", article: "Article | None", coverage: tuple[Path, ...], resume: str | None) -> "Report":
    started: list[str] = []
    try:
        return asyncio.run(_verified(settings, article, coverage, resume, started))
    except KeyboardInterrupt:
        _hint(started)
        raise SystemExit(INTERRUPTED) from None
    except IsnadError:
        _hint(started)
        raise


def _hint(started: list[str]) -> None:
    if started:
        click.echo(f"\nStopped. Finish this run with: isnad verify --resume {started[0]}", err=True)


async def _verified(
    settings: "Settings",
    article: "Article | None",
    coverage: tuple[Path, ...],
    resume: str | None,
    started: list[str],
) -> "Report":
    from agent.coverage.opening import open_store
    from agent.doors.coverage_cli import add_with_progress
    from agent.doors.progress import shown
    from agent.events import RunFinished, RunStarted
    from agent.verifier import open_verifier

    async with open_store(settings) as store, open_verifier(settings, store) as verifier:
        if coverage:
            await add_with_progress(store, coverage)
        events: AsyncIterator[Event] = (
            verifier.stream(article) if article is not None else verifier.stream_resumed(resume or "last")
        )
        async for event in shown(events):
            if isinstance(event, RunStarted):
                started.append(event.run_id)
            if isinstance(event, RunFinished):
                return event.report
    raise AssertionError("a run ended without a report or an error")


def _write(report: "Report", form: str, out: Path | None) -> None:
    from agent.doors.render import Form, render, screen_for

    if out is None:
        click.echo(render(report, Form(form), screen_for(sys.stdout, os.environ)))
        return
    try:
        out.write_text(render(report, Form(form)) + "\n", encoding="utf-8")
    except OSError as err:
        raise BadInput(f"cannot write {str(out)!r}: {err.strerror}") from err
    click.echo(f"Report written to {out}", err=True)
