"""What `isnad coverage add` is told of clippings: files that are one document each and tell little of themselves."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from agent.coverage.intake.given import GivenMetadata

# These are of one document, and no two have them in common.
_OF_ONE = ("url", "title")


def given_of(fields: Mapping[str, str | None], paths: Sequence[Path], urls: Sequence[str]) -> "GivenMetadata | None":
    """What is told of the files by options, None when nothing is; raises where it cannot be of all of them."""
    options = [name for name, value in fields.items() if value]
    if not options:
        return None
    from agent.coverage.intake.given import GivenMetadata
    from agent.coverage.intake.reading import tells_of_itself
    from agent.doors.cli.verify_files import known_about

    shown = ", ".join(f"--{name.removesuffix('_at')}" for name in options)
    if urls:
        raise click.UsageError(f"{shown}: of files only; {urls[0]} tells of itself.")
    if itself := [path for path in paths if path.is_file() and tells_of_itself(path)]:
        raise click.UsageError(
            f"{shown}: of clippings only, and {str(itself[0])!r} holds documents that tell of themselves."
        )
    if (len(paths) > 1 or any(path.is_dir() for path in paths)) and (one := [o for o in options if o in _OF_ONE]):
        raise click.UsageError(f"--{one[0]}: of one file only, and several were named.")
    return GivenMetadata.model_validate(known_about(None, dict(fields)).model_dump())
