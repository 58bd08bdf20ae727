"""A Chromium for tests; where there is none they are skipped."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from evals.servers.browsing import ARGUMENTS, find_browser


@contextmanager
def open_browser(patience_ms: int) -> Iterator[Browser]:
    """What is expected of a page is waited for so long: of its own Playwright gives up after five seconds."""
    found = find_browser()
    if found is None:
        pytest.skip(
            "there is no Chromium here; Debian has it as the packages `chromium-headless-shell` and `chromium`"
        )
    expect.set_options(timeout=patience_ms)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield launched
        launched.close()
