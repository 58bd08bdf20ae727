"""Reads and writes the files of `isnad verify`."""

import os
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import click

from agent.doors.cli.main import drop_output
from agent.doors.cli.paragraph import clean
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.article import About
    from agent.config import Settings
    from agent.models import Article, Report
    from agent.service.workspace import Workspace

_BY_SUFFIX = {
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonld": "jsonld",
    ".txt": "text",
}
# Of a scheme that is not read, the fetcher says so.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BEGINNING = 16
_OPTION = {"published_at": "--published"}


class WantedArticle(NamedTuple):
    """An article that is fetched from its address, and what the options say of it."""

    url: str
    about: "About"

    async def read(self, workspace: "Workspace") -> "Article":
        """Fetches the article. What the options say of it goes before what the page says. Raises a `FetchError`, or
        `BadInput`."""
        from agent.article import besides

        return besides(await workspace.read(self.url), self.about.model_copy(update={"url": None}))


def is_link(article: str) -> bool:
    """Whether an article is named by its address. False where a file has that name."""
    return _SCHEME.match(article) is not None and not Path(article).exists()


def form_of(target: Path | None) -> str:
    """The form of report that the ending of a file's name asks for; plain text for other endings."""
    suffix = target.suffix.lower() if target else ""
    if suffix and suffix not in _BY_SUFFIX:
        raise click.BadParameter(
            f"no form of report is known by {suffix!r} ({', '.join(_BY_SUFFIX)}); say which with --format.",
            param_hint="--out",
        )
    return _BY_SUFFIX.get(suffix, "text")


def check_target(target: Path, inputs: list[Path]) -> None:
    """Raises `click.BadParameter` unless the report can be written there without overwriting a file that was given.
    It is called before the work is paid for."""
    if not target.parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(target.parent)!r}.", param_hint="--out")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise click.BadParameter(f"{str(target)!r} cannot be written.", param_hint="--out")
    if target.exists() and any(given.exists() and target.samefile(given) for given in inputs):
        raise click.BadParameter(f"{str(target)!r} would be overwritten, and it is read.", param_hint="--out")


def known_about(file: Path | None, fields: dict[str, str | None]) -> "About":
    """What a file and the options say of the article. The options win."""
    from pydantic import ValidationError

    from agent.article import About, problems_of, read_about

    try:
        about = About.model_validate({name: value for name, value in fields.items() if value})
    except ValidationError as err:
        name, problem = next(iter(problems_of(err).items()))
        raise click.BadParameter(problem, param_hint=_OPTION.get(name, f"--{name}")) from err
    return read_about(file).updated(about) if file is not None else about


def read_given(name: str, about: "About", settings: "Settings") -> "Article":
    """The article in a file, or on standard input for "-". No more is read than may be checked."""
    from agent.article import most_bytes, read_article

    shown = "standard input" if name == "-" else name
    try:
        with _opened(name) as file:
            data = file.read(_BEGINNING)
            data += file.read(most_bytes(settings.max_article_chars, data) + 1)
    except OSError as err:
        raise BadInput(f"cannot read the article {shown!r}: {err.strerror}.") from err
    return read_article(data, shown, about, settings.max_article_chars, tell=_tell)


def _tell(what: str) -> None:
    click.echo(f"note: {clean(what)}", err=True)


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    if name != "-":
        return Path(name).open("rb")
    if sys.stdin is None:
        raise BadInput("there is no standard input to read the article from")
    return nullcontext(sys.stdin.buffer)


def write_text(out: Path, text: str) -> None:
    """Writes a text to a file. Raises `BadInput`."""
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as err:
        raise BadInput(f"cannot write {str(out)!r}: {err.strerror}.") from err
    click.echo(f"Written to {out}", err=True)


def write_report(report: "Report", form: str, out: Path | None, language: str | None = None) -> None:
    """Writes the report to a file or to standard output. Where that fails, the error says how to get the report
    without paying again."""
    from agent.doors.render import ReportForm, render, screen_for

    try:
        if out is not None:
            out.write_text(render(report, ReportForm(form), language=language) + "\n", encoding="utf-8")
            click.echo(f"Report written to {out}", err=True)
        else:
            click.echo(render(report, ReportForm(form), screen_for(sys.stdout, os.environ), language))
    except BrokenPipeError:
        # The reader of our output has seen enough, as `head` has.
        drop_output()
    except OSError as err:
        if out is None:
            drop_output()
        problem = BadInput(f"cannot write {repr(str(out)) if out else 'standard output'}: {err.strerror}.")
        problem.add_note(f"Nothing is lost. Write it elsewhere with: isnad report show {report.run_id} --out FILE")
        raise problem from err
