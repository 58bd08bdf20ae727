"""`isnad chat`: the conversation on a terminal, and through a pipe."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.doors.cli.chat_files import run_named, turn_of_file
from agent.doors.cli.main import USAGE

if TYPE_CHECKING:
    from agent.chat.protocol import Chats
    from agent.chat.records import ThreadSummary
    from agent.config import Settings


@click.command()
@click.argument("article", required=False)
@click.option("--thread", "thread_id", metavar="ID", help="Go on with an earlier thread; 'last' names the latest.")
@click.option("--new", "title", metavar="TITLE", help="Begin a thread with this title; without one it finds its own.")
@click.option("--published", metavar="DATE", help="When ARTICLE was published, e.g. 2016-03-15.")
@click.option("--outlet", help="Who published ARTICLE.")
@click.option("--list", "listing", is_flag=True, help="List the threads, the latest first, and end.")
@click.option("--yes", is_flag=True, help="In a pipe: answer every question with yes. Otherwise nothing is changed.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print answers, questions and failures, one JSON object a line."
)
@click.option(
    "--analyst", type=click.Choice(("auto", "model", "lexical")), help="Who reads. auto: the model, if set."
)
def chat(
    article: str | None,
    thread_id: str | None,
    title: str | None,
    published: str | None,
    outlet: str | None,
    listing: bool,
    yes: bool,
    as_json: bool,
    analyst: str | None,
) -> int:
    """Check articles and ask about them, in Arabic, English or French; ARTICLE, a file, is checked first. The id of
    an earlier run in its place, or 'last', opens its report.

    On a terminal: paste an article or a link and ask on; /help lists what can be said, Ctrl-C stops a turn and not
    the session, Ctrl-D ends it. Corrections, additions and deletions are asked about first.

    In a pipe every line is a turn when ARTICLE is given; else the whole input is one article when it looks like one:

    \b
      isnad chat < article.txt
      isnad chat article.txt < questions.txt
      isnad chat last < questions.txt
      echo "why is 3 contested?" | isnad chat --thread last

    Exit codes: 0 every turn was answered; 3 some claims could not be checked; 2 usage, or something that cannot be
    read; 4 configuration; 5 endpoint or store unreachable.
    """
    from agent.config import load_settings

    if thread_id is not None and title is not None:
        raise click.UsageError("Give --thread or --new, not both.")
    settings = load_settings(analyst=analyst)
    fields = {"published_at": published, "outlet": outlet}
    run = run_named(article) if article is not None else None
    first = turn_of_file(article, settings, fields) if article is not None and run is None else None
    return asyncio.run(_chat(settings, first, _Wanted(thread_id, title, run, listing, yes, as_json, analyst)))


class _Wanted:
    """What the options say."""

    def __init__(
        self,
        thread_id: str | None,
        title: str | None,
        run: str | None,
        listing: bool,
        yes: bool,
        as_json: bool,
        analyst: str | None,
    ) -> None:
        self.thread_id = thread_id
        self.title = title
        self.run = run
        self.listing = listing
        self.yes = yes
        self.as_json = as_json
        self.analyst = analyst


async def _chat(settings: "Settings", first: str | None, wanted: _Wanted) -> int:
    from agent.chat.sessions import open_chat_sessions, open_chats
    from agent.doors.render.chat import render_export

    if wanted.listing:
        async with open_chat_sessions(settings, render_export) as sessions:
            _list(await asyncio.to_thread(sessions.memory.threads.listing, "local"), as_json=wanted.as_json)
        return 0
    async with open_chats(settings, render_export, _who(), analyst=wanted.analyst) as chats:
        thread = await _thread(chats, wanted)
        if thread is None:
            return USAGE
        if wanted.run is not None:
            first = f"/article {thread.run_id if wanted.thread_id is None else wanted.run}"
        if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty() and not wanted.as_json:
            from agent.extras import check_installed

            check_installed("a chat in the terminal", "chat", "prompt_toolkit")
            from agent.doors.cli.chat_terminal import converse

            return await converse(chats, thread, settings, first)
        from agent.doors.cli.chat_pipe import pipe

        return await pipe(chats, thread, settings, first, yes=wanted.yes, as_json=wanted.as_json)


async def _thread(chats: "Chats", wanted: _Wanted) -> "ThreadSummary | None":
    if wanted.thread_id is None:
        return await chats.begin(wanted.title, run_id=wanted.run)
    for summary in await chats.threads():
        if wanted.thread_id in ("last", summary.id):
            return summary
    click.echo(f"isnad: there is no thread {wanted.thread_id!r}; `isnad chat --list` shows what there is", err=True)
    return None


def _list(summaries: "tuple[ThreadSummary, ...]", *, as_json: bool) -> None:
    from agent.doors.cli.paragraph import clean, show

    for summary in summaries:
        if as_json:
            click.echo(summary.model_dump_json())
        elif sys.stdout.isatty():
            show(f"{summary.id} · {summary.updated_at:%Y-%m-%d %H:%M} · {summary.title or 'no title'}", base="L")
        else:
            click.echo("\t".join((summary.id, f"{summary.updated_at:%Y-%m-%dT%H:%M:%SZ}", clean(summary.title))))
    if not summaries:
        click.echo("No threads yet. `isnad chat` begins one.", err=True)


def _who() -> str:
    """Whose word a correction is: the name that this system has for whoever runs it."""
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):
        return Path.home().name or "local"
