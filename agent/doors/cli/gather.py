"""`isnad gather`: coverage of an article, or of the claims of a report, is looked for, added and checked against."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.doors.cli.main import INCOMPLETE
from agent.doors.cli.report_options import report_options
from agent.doors.cli.verify_files import check_target, form_of, known_about, read_given, write_report

if TYPE_CHECKING:
    from agent.config import Settings
    from agent.gather.options import GatherOptions
    from agent.models import Article, Report
    from agent.service.workspace import Workspace

SOURCES = ("searxng", "gdelt", "google-news", "brave", "serper", "media-cloud", "ddgs", "feeds")


@click.command()
@click.argument("what", metavar="ARTICLE|REPORT")
@click.option(
    "--from", "names", multiple=True, type=click.Choice(SOURCES), help="Ask this source; all that are on by default."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Fetch no more pages than this.")
@click.option("--claim", "claims", multiple=True, metavar="N", help="Of a report: look for this claim alone.")
@click.option("--published", metavar="DATE", help="When the article was published, e.g. 2016-03-15.")
@click.option("--url", help="Where the article stands; coverage with this address is the article itself.")
@report_options
def gather(
    what: str,
    names: tuple[str, ...],
    limit: int | None,
    claims: tuple[str, ...],
    published: str | None,
    url: str | None,
    form: str | None,
    out: Path | None,
) -> int:
    """Ask search sources for coverage of ARTICLE or REPORT, fetch and add it, and check the claims against it.

    ARTICLE is a file, - for standard input, or an address; REPORT is the id of a run, or `last`. What the sources
    are sent are a few words of the article; docs/gathering.md tells who they are and how they are switched on.
    """
    from agent.config import load_settings

    is_report = what != "-" and "://" not in what and not Path(what).exists()
    if claims and not is_report:
        raise click.UsageError("--claim names a claim of a report, and this is an article.")
    target = None if out == Path("-") else out
    form = form or form_of(target)
    if target is not None:
        check_target(target, [] if is_report or "://" in what else [Path(what)])
    settings = load_settings()
    options = gather_options(names, limit)
    if is_report:
        report = asyncio.run(_of_report(settings, what, _ids(claims), options))
    else:
        given = None
        if "://" not in what:
            given = read_given(what, known_about(None, {"published_at": published, "url": url}), settings)
        report = asyncio.run(_of_article(settings, given, what, options))
    write_report(report, form, target, settings.language)
    return 0 if report.complete else INCOMPLETE


def gather_options(names: tuple[str, ...], limit: int | None) -> "GatherOptions":
    from agent.gather.options import GatherOptions
    from agent.gather.source import SourceName

    return GatherOptions(sources=tuple(map(SourceName, names)), limit=limit)


def _ids(claims: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one if one.startswith("c") else f"c{one}" for one in claims)


async def _of_article(
    settings: "Settings", given: "Article | None", address: str, options: "GatherOptions"
) -> "Report":
    from agent.doors.cli.gathered import telling_gathered
    from agent.doors.cli.progress import shown
    from agent.events import RunFinished
    from agent.service.workspaces import open_workspace

    async with open_workspace(settings) as workspace:
        article = given if given is not None else await workspace.read(address)
        async for event in shown(telling_gathered(workspace.verify(article, gather=options))):
            if isinstance(event, RunFinished):
                report = event.report
    return report


async def _of_report(
    settings: "Settings", run_id: str, claim_ids: tuple[str, ...], options: "GatherOptions"
) -> "Report":
    from agent.service.workspaces import open_workspace

    async with open_workspace(settings) as workspace:
        known = await workspace.report(run_id)
        await _gathered(workspace, known.run_id, claim_ids, options)
        checked = claim_ids or tuple(claim.id for claim in known.claims)
        return await workspace.recheck(known.run_id, checked)


async def _gathered(
    workspace: "Workspace", run_id: str, claim_ids: tuple[str, ...], options: "GatherOptions"
) -> None:
    from agent.doors.cli.gathered import show_gathered
    from agent.doors.cli.progress import gathering_progress

    with gathering_progress() as tell:
        gathered = await workspace.gather(run_id, claim_ids, options, tell)
    show_gathered(gathered)
