"""A paragraph on a screen begins where it should, whatever names stand in it."""

import io
from contextlib import redirect_stdout

import pytest

from agent.doors.cli.paragraph import show


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name in ("VTE_VERSION", "KONSOLE_VERSION", "MLTERM", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)


def test_a_number_stays_before_an_arabic_name() -> None:
    with redirect_stdout(_Terminal()) as screen:
        show("1. 2016-03-14 سانا [d1]", base="L")
    assert screen.getvalue().startswith("1. 2016-03-14 ")
    assert screen.getvalue().endswith(" [d1]\n")


def test_an_arabic_paragraph_begins_at_its_right() -> None:
    with redirect_stdout(_Terminal()) as screen:
        show("ميناء 1")
    assert screen.getvalue().startswith("1 ")
