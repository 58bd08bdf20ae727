"""`isnad report edit`: which claims a report makes, as people change it; their labels come from checking again."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from agent.doors.cli.done import done
from agent.doors.cli.paragraph import show

if TYPE_CHECKING:
    from agent.models import ClaimEdit, Report

F = TypeVar("F", bound=Callable[..., Any])


def signed(*, reason_needed: bool = False) -> Callable[[F], F]:
    """Adds what every edit is asked for, as `by`, `version` and `reason`."""

    def add(command: F) -> F:
        why = "Why." if reason_needed else "Why, if you want to say."
        reason = click.option("--reason", required=reason_needed, help=why)
        version = click.option(
            "--version",
            type=click.IntRange(min=1),
            metavar="N",
            help="The version that you have seen: refused if there is another by now. The latest by default.",
        )
        by = click.option("--by", required=True, metavar="NAME", help="Your name: it stands in the report.")
        return by(reason(version(command)))

    return add


_text = click.option("--text", help="The claim in your own words.")
_speaker = click.option("--speaker", help="Who says it, as the article names them.")
_place = click.option(
    "--place", type=click.IntRange(min=1), metavar="N", help="At which place, where the words stand at several."
)


@click.group()
@click.argument("run")
@click.pass_context
def edit(ctx: click.Context, run: str) -> None:
    """Change which claims a report makes.

    RUN is an id of the list, or 'last'. What comes of an edit is checked again, alone; every other claim stays as
    it is. No edit sets a label: what is labelled wrongly is noted with `isnad report correct`. Who edited, when, and
    what it was before stands in the report. Where the check fails, nothing is changed.

    \b
    isnad report edit last reword c3 --text "The port opens on Friday." --by "Ola Strand"
    isnad report edit last set-aside c2 --reason "no claim" --by "Ola Strand"
    """
    ctx.obj = run


@edit.command()
@click.argument("quote")
@_text
@_speaker
@_place
@signed()
@click.pass_obj
def add(run: str, /, quote: str, text: str | None, speaker: str | None, place: int | None, **value: Any) -> None:
    """Add a claim on QUOTE, words of the article."""
    _edit(run, value, kind="add", quote=quote, text=text, speaker=speaker, place=place)


@edit.command()
@click.argument("claim")
@_text
@click.option("--quote", help="Other words of the article that it rests on.")
@_speaker
@_place
@signed()
@click.pass_obj
def reword(run: str, /, claim: str, **value: Any) -> None:
    """Reword a claim, or move its quote.

    CLAIM is c1, c2, … What is not told stays as it is.
    """
    asked = {name: value.pop(name) for name in ("text", "quote", "speaker", "place")}
    if not any(asked.values()):
        raise click.UsageError("say what is to change: --text, --quote, --place or --speaker")
    _edit(run, value, kind="reword", claim_id=claim, **asked)


@edit.command()
@click.argument("claim")
@click.option("--into", multiple=True, required=True, metavar="QUOTE", help="Words of the article; twice at least.")
@click.option(
    "--text", "texts", multiple=True, help="A part in your own words: one for each --into, '' for words as quoted."
)
@signed()
@click.pass_obj
def split(run: str, /, claim: str, into: Sequence[str], texts: Sequence[str], **value: Any) -> None:
    """Split a claim into several.

    CLAIM is c1, c2, … Each part rests on words of the article, and gets an id of its own.
    """
    if len(into) < 2:
        raise click.UsageError("a claim is split into two at least: give --into once for each")
    if texts and len(texts) != len(into):
        raise click.UsageError(f"there are {len(into)} parts and {len(texts)} wordings: give one --text for each")
    worded = zip(into, texts or ("",) * len(into), strict=True)
    pieces = [{"quote": quote, "text": text or None} for quote, text in worded]
    _edit(run, value, kind="split", claim_id=claim, into=pieces)


@edit.command()
@click.argument("claims", nargs=-1, required=True)
@_text
@signed()
@click.pass_obj
def merge(run: str, /, claims: Sequence[str], text: str | None, **value: Any) -> None:
    """Merge claims that say one thing.

    CLAIMS become the first of them; the places of all remain.
    """
    _edit(run, value, kind="merge", claim_ids=claims, text=text)


@edit.command(name="set-aside")
@click.argument("claim")
@signed(reason_needed=True)
@click.pass_obj
def set_aside(run: str, /, claim: str, **value: Any) -> None:
    """Set a claim aside, for a reason.

    CLAIM (c1, c2, …) stays in the report with your reason, and counts nowhere.
    """
    _edit(run, value, kind="set_aside", claim_id=claim)


@edit.command()
@click.argument("claim")
@signed()
@click.pass_obj
def restore(run: str, /, claim: str, **value: Any) -> None:
    """Bring a claim back, checked again."""
    _edit(run, value, kind="restore", claim_id=claim)


def _edit(run: str, fields: Mapping[str, Any], **asked: Any) -> None:
    from pydantic import ValidationError

    from agent.models import edit_request

    try:
        wanted = edit_request({**asked, "reason": fields["reason"]})
    except ValidationError as err:
        first = err.errors()[0]
        raise click.UsageError(_misfit(first["loc"], first["type"], first["msg"])) from err
    who, version = fields["by"], fields["version"]
    _show(done(lambda workspace: workspace.edit(run, wanted, who=who, version=version)))


def _misfit(place: tuple[int | str, ...], kind: str, said: str) -> str:
    """What is wrong with what was given, in the words of this command."""
    names = [name for name in place if isinstance(name, str)]
    if place[-1] == "claim_ids":
        return "claims are merged by naming two at least: merge c2 c5"
    if names[-1] in ("claim_id", "claim_ids"):
        return "a claim is named as in the report: c1, c2, …"
    return f"{names[-1]}: there are no words in it" if kind == "string_pattern_mismatch" else f"{names[-1]}: {said}"


def _show(report: "Report") -> None:
    made = report.edits[-1]
    numbers = ", ".join(made.claim_ids or [one.id for one in made.before])
    click.echo(f"Version {made.version} of {report.run_id}: {made.kind.replace('_', ' ')} {numbers}, by {made.who}")
    for finding in report.claims:
        if finding.id in made.claim_ids:
            show(f"{finding.id}: {finding.label or 'not checked'}")
            show(finding.text, indent=6)


def show_edit(edit: "ClaimEdit", indent: int = 0) -> None:
    """An edit in a few lines, with what it was before."""
    became = f" → {', '.join(edit.claim_ids)}" if edit.claim_ids else ""
    numbers = ", ".join(one.id for one in edit.before)
    show(f"{edit.kind.replace('_', ' ')} · {numbers}{became}, by {edit.who}", indent)
    for one in edit.before:
        show(f"{one.id}: {one.text}", indent + 6)
    if edit.reason:
        show(edit.reason, indent + 6)
