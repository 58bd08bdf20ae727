"""The pictures of the web page: `python -m evals.pictures.page` serves the example and looks at it as people do."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import httpx

from evals.pictures.report import EXAMPLE, ROOT
from evals.servers.browsing import ARGUMENTS, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "docs" / "pictures"
_CLAIM = "لا نغادر سوريا"
_LARGEST = 300_000
_PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Shot:
    """One picture. `ask` is said in the chat first; `claim` opens the evidence of the contested claim; `only` names
    the part of the page that is shown. `chain`: of who told whom, in full width."""

    name: str
    language: str = "en"
    theme: str = "light"
    width: int = 1280
    height: int = 800
    claim: bool = True
    ask: str | None = None
    only: str | None = None
    chain: bool = False


@dataclass(frozen=True)
class Verified:
    """Where a report is, and the number of its contested claim."""

    place: str
    contested: int


SHOTS = (
    Shot("web-english", ask="Why is {n} contested?"),
    Shot("web-arabic", language="ar", ask="لماذا القول {n} متنازع فيه؟"),
    Shot("web-french", language="fr", ask="Pourquoi la {n} est-elle contestée ?"),
    Shot("web-dark", theme="dark", claim=False),
    Shot("web-evidence", width=1600, height=1000, only="#evidence"),
    Shot("web-phone", language="ar", width=390, height=844),
    Shot("chain-arabic", language="ar", width=1000, claim=False, chain=True, only="svg.chain"),
    Shot("chain-english", theme="dark", width=1000, chain=True, only="svg.chain"),
)


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, show_default="docs/pictures")
def screenshots(out: Path) -> None:
    """Make the pictures of the web page; needs Chromium or Chrome."""
    from playwright.sync_api import sync_playwright

    found = find_browser()
    if found is None:
        raise click.ClickException("no Chromium or Chrome on the PATH: install one to make pictures")
    out.mkdir(parents=True, exist_ok=True)
    with serving() as place, sync_playwright() as playwright:
        add_coverage(place)
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        for shot in SHOTS:
            photograph(browser, shot, verified(place), out)
        browser.close()


@contextmanager
def serving() -> Iterator[str]:
    """The address of `isnad serve` with the built-in analyst and nothing in it yet."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = {"ISNAD_DATA_DIR": f"{scratch}/data", "ISNAD_ANALYST": "lexical", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "agent", "serve", "--port", "0", "--log-level", "error"]
        with subprocess.Popen(
            command, env={**os.environ, **settings}, cwd=scratch, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            try:
                yield next(word for word in process.stderr.readline().split() if word.startswith("http://"))
            finally:
                process.send_signal(signal.SIGTERM)


def add_coverage(place: str) -> None:
    lines = (EXAMPLE / "coverage.jsonl").read_bytes()
    sent = {"Content-Type": "application/x-ndjson"}
    httpx.post(f"{place}/v1/coverage", content=lines, headers=sent, timeout=_PATIENCE_SECONDS).raise_for_status()


def verified(place: str) -> Verified:
    """The example, anew for every picture: what was asked for one is not seen on the next."""
    article = json.loads((EXAMPLE / "article.json").read_text("utf-8"))
    article["text"] = (EXAMPLE / "article.ar.txt").read_text("utf-8")
    waiting = {"Prefer": "wait=60"}
    done = httpx.post(f"{place}/v1/verifications", json=article, headers=waiting, timeout=_PATIENCE_SECONDS).json()
    numbers = (n for n, claim in enumerate(done["report"]["claims"], 1) if _CLAIM in claim["text"])
    return Verified(f"{place}/verifications/{done['id']}", next(numbers))


def photograph(browser: "Browser", shot: Shot, report: Verified, out: Path) -> None:
    context = browser.new_context(
        locale=shot.language,
        color_scheme="dark" if shot.theme == "dark" else "light",
        viewport={"width": shot.width, "height": shot.height},
    )
    page = context.new_page()
    place = f"{report.place}/chain" if shot.chain else report.place
    page.goto(f"{place}?claim={report.contested}#evidence" if shot.claim else place)
    if shot.ask is not None:
        _ask(page, shot.ask.replace("{n}", str(report.contested)))
    path = out / f"{shot.name}.png"
    if shot.only is not None:
        page.locator(shot.only).screenshot(path=path)
    else:
        page.screenshot(path=path)
    context.close()
    if path.stat().st_size > _LARGEST:
        raise click.ClickException(f"{path.name} is over {_LARGEST:,} bytes")
    click.echo(f"{path.name}: {path.stat().st_size:,} bytes")


def _ask(page: "Page", question: str) -> None:
    page.fill("#say", question)
    page.press("#say", "Enter")
    page.wait_for_selector(".log .answer")
    page.locator("#say").blur()


if __name__ == "__main__":
    screenshots()
