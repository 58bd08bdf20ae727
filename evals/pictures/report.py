"""The picture in the README: `python -m evals.pictures.report` verifies the example and photographs its report."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from evals.servers.browsing import ARGUMENTS, find_browser

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "withdrawal"
PICTURE = ROOT / "docs" / "pictures" / "report.png"
_LARGEST = 400_000
_INCOMPLETE = 3


@click.command()
@click.option("--page", type=click.Path(exists=True, path_type=Path), help="Photograph this page instead.")
@click.option("--out", type=click.Path(path_type=Path), default=PICTURE, show_default="docs/pictures/report.png")
@click.option("--width", default=1200, show_default=True)
@click.option("--height", default=1400, show_default=True)
def pictures(page: Path | None, out: Path, width: int, height: int) -> None:
    """Make the README's picture; needs Chromium or Chrome."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        photograph(page or verified_example(scratch), out, width, height, scratch)
    click.echo(f"{out.name}: {out.stat().st_size:,} bytes")


def verified_example(scratch: Path) -> Path:
    """The example's report as a page, made as a user would, by the built-in analyst on a fresh store."""
    page = scratch / "report.html"
    command = [sys.executable, "-c", "from agent.doors.cli.main import main; main()", "verify"]
    command += [str(EXAMPLE / "article.ar.txt"), "--about", str(EXAMPLE / "article.json")]
    command += ["--coverage", str(EXAMPLE / "coverage.jsonl"), "--analyst", "lexical", "--out", str(page)]
    environ = {**os.environ, "ISNAD_DATA_DIR": str(scratch / "data"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environ, cwd=scratch)
    if done.returncode not in (0, _INCOMPLETE):
        raise click.ClickException(f"verifying the example ended with exit code {done.returncode}")
    return page


def photograph(page: Path, out: Path, width: int, height: int, scratch: Path) -> None:
    """The top of a page as it shows in a window of that size."""
    browser = find_browser()
    if browser is None:
        raise click.ClickException("no Chromium or Chrome on the PATH: install one to make pictures")
    out.parent.mkdir(parents=True, exist_ok=True)
    where = [f"--user-data-dir={scratch / 'browser'}", f"--window-size={width},{height}", f"--screenshot={out}"]
    subprocess.run(
        [browser, *ARGUMENTS, *where, page.resolve().as_uri()], check=True, capture_output=True, timeout=120
    )
    if out.stat().st_size > _LARGEST:
        raise click.ClickException(f"{out.name} is over {_LARGEST:,} bytes: choose a smaller --height or --width")


if __name__ == "__main__":
    pictures()
