"""The command `isnad report audit`: checks a report again, from a file or as it is kept."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.doors.cli.done import done
from agent.doors.cli.paragraph import show
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.models import Report
    from agent.service.workspace import Workspace
    from agent.verify.auditing import Audit

FAULTS_FOUND = 1
# A report of a thousand claims is some 5 MB.
_MOST_BYTES = 200_000_000


def audited(target: str, version: int | None, *, with_store: bool | None) -> "Audit":
    """Checks the report in the file `target`, on standard input for "-", or of the run of that id where there is no
    such file and it is not named as one. The documents of a run are looked up in the store too; those of a file with
    `with_store` alone."""
    if target == "-" or Path(target).is_file() or _is_named_as_file(target):
        return _of_file(target, with_store=bool(with_store))
    return _of_run(target, version, with_store=with_store is not False)


def _is_named_as_file(target: str) -> bool:
    return "/" in target or Path(target).suffix.lower() == ".json"


def _of_file(name: str, *, with_store: bool) -> "Audit":
    from agent.verify.auditing import audit_json
    from agent.verify.auditing.form import read_report

    data = _read(name)
    report = read_report(data)
    if isinstance(report, tuple) or not with_store:
        return audit_json(data)
    known: Report = report
    from agent.service.compared import audit_with_store

    return done(lambda workspace: audit_with_store(known, workspace))


def _of_run(run: str, version: int | None, *, with_store: bool) -> "Audit":
    from agent.service.compared import audit_with_store
    from agent.verify.auditing import audit

    async def look(workspace: "Workspace") -> "Audit":
        report = await workspace.report(run, version)
        return await audit_with_store(report, workspace) if with_store else audit(report)

    return done(look)


def _read(name: str) -> bytes:
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
    except OSError as err:
        raise BadInput(f"cannot read the report {name!r}: {err.strerror}.") from err
    if len(data) > _MOST_BYTES:
        raise BadInput(f"{name!r} is larger than any report: over {_MOST_BYTES:,} bytes.")
    return data


def show_audit(result: "Audit", *, as_json: bool, language: str | None) -> None:
    """Prints each check with what does not hold, and then the outcome."""
    if as_json:
        click.echo(result.model_dump_json())
        return
    from agent.doors.render.audit import fault, lines, named, state, values, verdict
    from agent.messages import ENGLISH, load_words

    words = load_words(language or ENGLISH)
    for line in lines(result, words):
        sign = "≠" if line.problems else "✓"
        show(f"{sign} {line.name} ({words.number(line.looked)})")
        for problem in line.problems:
            show(f"{problem.place or '/'}{words.colon}{fault(problem, words)}", indent=4)
            for name, value in values(problem, words):
                show(f"{name}{words.colon}{value}", indent=6)
    if result.documents is not None:
        show(words("audit.all_same") if not result.moved else words("audit.documents"))
    for document in result.moved:
        show(f"{named(document)}{words.colon}{state(document, words)} ({document.document_id})", indent=4)
    if result.seal is not None:
        show(f"{words('audit.seal')}{words.colon}sha256:{result.seal}")
    show(verdict(result, words))
