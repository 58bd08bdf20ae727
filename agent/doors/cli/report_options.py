"""How a command is told in which form a report is wanted, and where."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

FORMS = ("text", "json", "markdown", "html", "jsonld")
F = TypeVar("F", bound=Callable[..., Any])


def report_options(command: F) -> F:
    """Adds `--format`, as `form`, and `--out`."""
    out = click.option(
        "--out",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        metavar="FILE",
        help="Write the report here.",
    )
    form = click.option("--format", "form", type=click.Choice(FORMS), help="By default text, or what --out ends in.")
    return form(out(command))
