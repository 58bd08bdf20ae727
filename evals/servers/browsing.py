"""How Chromium is started, for pictures and for tests: nothing is loaded that a page does not ask for."""

import shutil

# The shell has no windows, and takes less than half of the processor for the same pages.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
ARGUMENTS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --hide-scrollbars"
).split()


def find_browser() -> str | None:
    """Its path, where there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)
