"""`isnad report`: what earlier runs found, what changed since, and what people say is wrong."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.doors.cli.done import done
from agent.doors.cli.paragraph import clean, show
from agent.doors.cli.report_audit import FAULTS_FOUND, audited, show_audit
from agent.doors.cli.report_edit import edit, show_edit
from agent.doors.cli.report_options import report_options
from agent.doors.cli.verify_files import check_target, form_of, write_report, write_text

if TYPE_CHECKING:
    from agent.models import Counts, Gap, Label, MatchedReview, Report
    from agent.service.workspace import History, Workspace
    from agent.storage.reports import Change, Correction, Version

LABELS = ("corroborated", "contested", "unsourced")


@click.group()
def report() -> None:
    """List, show, check again, correct and edit the reports of earlier runs; RUN is an id of the list, or 'last'."""


report.add_command(edit)


@report.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(as_json: bool) -> None:
    """List the reports, the latest run first. In a pipe, one a line with tabs between its fields."""
    listed = done(lambda workspace: workspace.reports())
    for one in listed:
        if as_json:
            click.echo(one.model_dump_json())
        elif sys.stdout.isatty():
            # Behind Arabic letters a day would be turned around.
            show(f"{one.run_id} · {_day(one)} · {_counted(one.counts)}{_versions(one)}")
            show(" · ".join(filter(None, (one.title or "no title", one.outlet))), indent=6)
        else:
            numbers = one.counts.corroborated, one.counts.contested, one.counts.unsourced, one.counts.failed
            fields = one.run_id, one.version, *numbers, _day(one), one.outlet or "", one.title or ""
            click.echo("\t".join(clean(str(field)) for field in fields))
    if not listed:
        click.echo("No reports yet. `isnad verify ARTICLE` makes one.", err=True)


@report.command(name="show")
@click.argument("run")
@click.option("--version", type=click.IntRange(min=1), metavar="N", help="An earlier version; the latest by default.")
@report_options
def show_(run: str, version: int | None, form: str | None, out: Path | None) -> None:
    """Show a report as `isnad verify` would."""
    target = None if out == Path("-") else out
    form = form or form_of(target)
    if target is not None:
        check_target(target, [])
    from agent.config import load_settings
    from agent.service.corrected import corrected_report

    found = done(lambda workspace: corrected_report(workspace, run, version))
    write_report(found, form, target, load_settings().language)


@report.command()
@click.argument("run")
@click.option("--json", "as_json", is_flag=True, help="The changes, corrections and edits, one JSON object a line.")
def history(run: str, as_json: bool) -> None:
    """Say what changed in a report. By which documents it changed, and what people corrected and edited, too."""

    async def read(workspace: "Workspace") -> "tuple[History, Report]":
        value = await workspace.history(run)
        return value, await workspace.report(value.versions[0].run_id)

    value, latest = done(read)
    if as_json:
        for item in (*value.changes, *value.corrections, *value.edits):
            click.echo(item.model_dump_json())
        return
    for version in value.versions:
        show(f"version {version.version} · {version.made_at:%Y-%m-%d %H:%M} · {_counted(version.counts)}")
        for change in value.changes:
            if change.version == version.version:
                show_change(change, indent=2)
        for made in value.edits:
            if made.version == version.version:
                show_edit(made, indent=2)
    texts = {one.id: one.text for made in value.edits for one in made.before}
    texts |= {finding.id: finding.text for finding in latest.claims}
    for correction in value.corrections:
        _show_correction(correction, texts[correction.claim_id])


@report.command()
@click.argument("run")
@click.argument("claim")
@click.argument("label", type=click.Choice(LABELS))
@click.option("--reason", required=True, help="Why the label is wrong.")
@click.option("--by", "who", required=True, help="Who says so.")
@click.option("--version", type=click.IntRange(min=1), metavar="N", help="Of which version; the latest by default.")
def correct(run: str, claim: str, label: str, reason: str, who: str, version: int | None) -> None:
    """Note that CLAIM (c1, c2, …) should have LABEL. The report stays as it is; the note stands beside it."""
    from agent.models import Label

    given = Label(label)
    kept = done(lambda workspace: workspace.correct(run, claim, given, reason, who=who, version=version))
    click.echo(f"Noted: {kept.claim_id} of {kept.run_id}, version {kept.version}: {_said(kept.given)} → {kept.label}")


@report.command()
@click.argument("run")
@click.argument("claim", required=False)
@click.option("--version", type=click.IntRange(min=1), metavar="N", help="Of an earlier version.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE.svg",
    help="Draw it into this file instead.",
)
def chain(run: str, claim: str | None, version: int | None, out: Path | None) -> None:
    """Say or draw who told whom. Of CLAIM (c1, c2, …), or of the whole article: who says it, prints it, copies it."""
    target = None if out == Path("-") else out
    if target is not None:
        check_target(target, [])
    from agent.config import load_settings
    from agent.doors.render import screen_for
    from agent.doors.render.chain import chain_file, chain_of, render_chain_text
    from agent.messages import ENGLISH, load_words

    language = load_settings().language
    result = chain_of(done(lambda workspace: workspace.report(run, version)), claim)
    if out is None:
        words = load_words(language or ENGLISH)
        click.echo(render_chain_text(result, words, screen_for(sys.stdout, os.environ)))
    elif target is None:
        click.echo(chain_file(result, language))
    else:
        write_text(target, chain_file(result, language))


@report.command()
@click.argument("target")
@click.option("--version", type=click.IntRange(min=1), metavar="N", help="Of an earlier version of a run.")
@click.option(
    "--store/--no-store",
    default=None,
    help="Whether to look its documents up in the coverage too: by default for a run, and not for a file.",
)
@click.option("--json", "as_json", is_flag=True, help="The outcome as one JSON object.")
@click.pass_context
def audit(ctx: click.Context, target: str, version: int | None, store: bool | None, as_json: bool) -> None:
    """Check a report again, without a model. TARGET is a file of its JSON form, '-' for standard input, or a RUN.

    Quotes, places, origins, counts, labels and hashes are checked from the report alone. The exit code
    is 1 where something does not hold.
    """
    from agent.config import load_settings

    value = audited(target, version, with_store=store)
    show_audit(value, as_json=as_json, language=load_settings().language)
    ctx.exit(0 if value.holds else FAULTS_FOUND)


@report.command()
@click.argument("run")
@click.argument("claim")
@click.option("--rating", required=True, help='What the claim is called, in words: "False", «مضلل», "Half true".')
@click.option("--reviewer", required=True, help="The person who says so, by name.")
@click.option("--explanation", help="Why, in a sentence or two.")
@click.option("--url", help="The page that the review is for. Google shows no review without it.")
@click.option("--version", type=click.IntRange(min=1), metavar="N", help="Of which version; the latest by default.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the markup here.",
)
def publish(run: str, claim: str, version: int | None, out: Path | None, **text: str | None) -> None:
    """Make the markup of a person's own review of a claim.

    A ClaimReview of CLAIM (c1, c2, …), for the page on which that person publishes it: with their rating, in words,
    under their name. Nothing is sent anywhere.
    """
    from agent.doors.render.publication import render_publication
    from agent.service.publication import SignedRating

    target = None if out == Path("-") else out
    if target is not None:
        check_target(target, [])
    signed = SignedRating.model_validate(text)
    markup = render_publication(done(lambda workspace: workspace.publish(run, claim, signed, version)))
    if target is None:
        click.echo(markup)
    else:
        write_text(target, markup)
    if not signed.url:
        click.echo("Without --url, the page that it is for, Google shows no fact-check.", err=True)


_CHECKED = {
    "same": "checked by others",
    "opposite": "its opposite was checked by others",
    "uncompared": "near to it in another language, not compared",
}


def show_change(change: "Change", indent: int = 0) -> None:
    """A change in a few lines, with the documents that made it."""
    show(f"{change.claim_id}: {_moved(change)}", indent)
    show(change.claim, indent + 6)
    for document in change.documents:
        day = f"{document.published_at:%Y-%m-%d}" if document.published_at else "no date"
        # The day stands before what may be Arabic: behind it its numbers would change places.
        parts = day, document.outlet or "no outlet", document.title, document.url or document.document_id
        did = f"{document.stance} no longer" if document.gone else document.stance
        show(f"{did}: {' · '.join(filter(None, parts))}", indent + 6)
        if document.gone:
            show(document.gone, indent + 8)
    for one in change.reviews:
        show(f"{_CHECKED[one.of]}: {_rated(one)}", indent + 6)
    for one in change.reviews_gone:
        show(f"no longer there: {_rated(one)}", indent + 6)


def _rated(one: "MatchedReview") -> str:
    review = one.review
    day = f"{review.published_at:%Y-%m-%d}" if review.published_at else "no date"
    parts = day, review.publisher or review.site, f"“{review.rating}”", review.url or one.document_id
    return " · ".join(filter(None, parts))


def _moved(change: "Change") -> str:
    if change.relabelled:
        return f"{_said(change.old_label)} → {_said(change.new_label)}"
    if change.old_because is not change.new_because:
        was, now = (gap.value.replace("_", " ") if gap else "no reason" for gap in _reasons(change))
        return f"{_said(change.new_label)}: {was} → {now}"
    if not change.documents and (change.reviews or change.reviews_gone):
        return f"{_said(change.new_label)} as before, {_checked(change)}"
    gone = sum(document.gone is not None for document in change.documents)
    return "other evidence" if gone else "more evidence"


def _checked(change: "Change") -> str:
    if not change.reviews:
        return "a fact-check less"
    compared = any(one.of != "uncompared" for one in change.reviews)
    return "checked by others" if compared else "a fact-check of something near to it"


def _reasons(change: "Change") -> "tuple[Gap | None, ...]":
    return change.old_because, change.new_because


def _show_correction(correction: "Correction", claim: str) -> None:
    given = f"{_said(correction.given)} → {correction.label}"
    show(
        f"corrected · {correction.corrected_at:%Y-%m-%d %H:%M} · {correction.claim_id}: {given}, by {correction.who}"
    )
    show(claim, indent=6)
    show(correction.reason, indent=6)


def _counted(counts: "Counts") -> str:
    return ", ".join(f"{number} {label}" for label, number in counts if number) or "no claims"


def _versions(one: "Version") -> str:
    return f" · version {one.version}" if one.version > 1 else ""


def _day(one: "Version") -> str:
    return f"{one.published_at:%Y-%m-%d}" if one.published_at else "no date"


def _said(label: "Label | None") -> str:
    return label.value if label is not None else "not checked"
