"""A service with the example's coverage, and a browser that looks at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
)

from agent.config import Settings
from agent.storage.keys import Scope
from tests.doors.api.desk import Desk, run_desk
from tests.support.browser import open_browser
from tests.support.endpoint import run_endpoint

EXAMPLE = Path(__file__).parents[3] / "examples" / "withdrawal"
PATIENCE_MS = 240_000
NewPage = Callable[..., Page]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """No key, the built-in analyst, the example's coverage."""
    with run_endpoint() as model:
        settings = Settings(
            data_dir=tmp_path_factory.mktemp("web") / "data",
            analyst="lexical",
            shutdown_grace=0,
            allow_private_urls=True,
            fetch_delay=0,
        )
        with run_desk(settings, model) as desk:
            add_example_coverage(desk)
            yield desk


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A key has been made: whoever comes has to sign in."""
    with run_endpoint() as model:
        settings = Settings(data_dir=tmp_path_factory.mktemp("signing") / "data", analyst="lexical", shutdown_grace=0)
        with run_desk(settings, model) as desk:
            desk.service.keys.create("somebody", [Scope.READ])
            yield desk


def add_example_coverage(desk: Desk, **headers: str) -> None:
    lines = (EXAMPLE / "coverage.jsonl").read_bytes()
    sent = {"Content-Type": "application/x-ndjson", **headers}
    assert desk.http.post("/v1/coverage", content=lines, headers=sent).status_code == 207


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser(PATIENCE_MS) as opened:
        yield opened


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def new(**options: object) -> BrowserContext:
        # What moves without end costs time, and contrasts change while they are measured.
        told = {"locale": "en-GB", "reduced_motion": "reduce", **options}
        context = browser.new_context(**told)  # type: ignore[arg-type]  # as Playwright names them
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext]) -> Iterator[NewPage]:
    """A page of a person with their own cookies.

    Nothing may be refused by the policy, fail, ask, or leave this machine. What a browser says of an answer that is
    an error is no trouble of the page.
    """
    troubles: list[str] = []

    def on_console(said: ConsoleMessage) -> None:
        if said.type == "error" and "Failed to load resource" not in said.text:
            troubles.append(said.text)

    def on_request(request: Request) -> None:
        if "://127.0.0.1:" not in request.url:
            troubles.append(request.url)

    def on_dialog(dialog: Dialog) -> None:
        troubles.append(dialog.message)
        dialog.dismiss()

    def new(**options: object) -> Page:
        page = new_context(**options).new_page()
        page.on("console", on_console)
        page.on("pageerror", lambda err: troubles.append(str(err)))
        page.on("request", on_request)
        page.on("dialog", on_dialog)
        return page

    yield new
    assert troubles == []
