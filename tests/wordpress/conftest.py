"""A real WordPress with the plugin out of its zip, the real service, and a browser: run by `make test-wordpress`."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from evals.servers.wordpress import ADMIN
from evals.servers.wordpress_files import missing
from tests.support.browser import open_browser
from tests.wordpress.newsroom import EXAMPLE, Newsroom, open_newsroom
from tests.wordpress.people import Editor

# Read before a test takes all settings away.
_MADE = os.environ.get("ISNAD_TEST_WORDPRESS")
_ROOT = Path(__file__).parents[2]
_PATIENCE_MS = 60_000
# What WordPress itself asks the world for, and its own scripts complain of.
_NOT_OURS = ("secure.gravatar.com", "s.w.org", "api.wordpress.org", "JQMIGRATE", "Block validation")


@pytest.fixture(scope="session")
def made() -> Path:
    """Where a WordPress was put together."""
    lacking = missing()
    if _MADE is None:
        pytest.skip("scenes in a real WordPress are run by `make test-wordpress`")
    if lacking is not None:
        pytest.skip(lacking)
    if not (Path(_MADE) / "site").exists():
        pytest.skip(f"no WordPress was put together in {_MADE}")
    return Path(_MADE)


@pytest.fixture(scope="session")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's zip."""
    folder = tmp_path_factory.mktemp("plugin")
    build = [sys.executable, str(_ROOT / "integrations/wordpress/build.py"), str(folder)]
    subprocess.run(build, check=True, capture_output=True)
    return folder / "isnad.zip"


@pytest.fixture(scope="module")
def newsroom(made: Path, plugin: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """With the example's coverage. PHP has complained of nothing at the end."""
    with open_newsroom(made, plugin, tmp_path_factory.mktemp("newsroom")) as opened:
        lines = (EXAMPLE / "coverage.jsonl").read_bytes()
        headers = {"Content-Type": "application/x-ndjson"}
        assert opened.service.http.post("/v1/coverage", content=lines, headers=headers).status_code == 207
        yield opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser(_PATIENCE_MS) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser_of(newsroom: Newsroom, browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A person's own browser, in which they have signed in."""

    @cache
    def opened(name: str) -> BrowserContext:
        context = browser.new_context(locale="en-GB", viewport={"width": 1400, "height": 1000})
        context.set_default_timeout(_PATIENCE_MS)
        # Nothing leaves this machine, WordPress's own pictures of people neither.
        context.route(lambda url: not url.startswith(newsroom.site.url), lambda route: route.abort())
        context.add_cookies(newsroom.site.sign_in(name))  # type: ignore[arg-type]  # as Playwright names them
        contexts.append(context)
        return context

    contexts: list[BrowserContext] = []
    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(newsroom: Newsroom, browser_of: Callable[[str], BrowserContext]) -> Iterator[Callable[..., Editor]]:
    """A person who has signed in. No script of the plugin fails, and nothing but the site is asked."""
    troubles: list[str] = []
    pages: list[Page] = []

    def on_console(said: ConsoleMessage) -> None:
        if said.type == "error" and "Failed to load resource" not in said.text:
            troubles.append(said.text)

    def on_request(request: Request) -> None:
        local = request.url.startswith((newsroom.site.url, "data:", "blob:", "about:"))
        if not local and not any(name in request.url for name in _NOT_OURS):
            troubles.append(request.url)

    def come(name: str = ADMIN) -> Editor:
        page = browser_of(name).new_page()
        pages.append(page)
        page.on("console", on_console)
        page.on("pageerror", lambda err: troubles.append(str(err)))
        page.on("request", on_request)
        return Editor(page, newsroom)

    yield come
    for page in pages:
        page.close()
    assert [one for one in troubles if not any(name in one for name in _NOT_OURS)] == []
