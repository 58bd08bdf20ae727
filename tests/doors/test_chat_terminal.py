"""`isnad chat` on a terminal of its own: a paste of many lines is one turn, Ctrl-C ends no session, Ctrl-D does."""

import asyncio
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from agent.config import Settings
from evals.servers.forked import Forked
from tests.support.talk import ARTICLE, fill

_PATIENCE_SECONDS = 120.0
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b[=>]|\r")


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, master: int, process: "subprocess.Popen[bytes]") -> None:
        self._master = master
        self.process = process
        self._seen = b""
        self._read = 0

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def paste(self, text: str) -> None:
        """As a terminal does it: between marks."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def wait_for(self, told: str) -> str:
        """What is shown up to these words; what was waited for before does not count."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while told not in (shown := _CONTROL.sub("", self._seen.decode(errors="ignore"))[self._read :]):
            assert time.monotonic() < until, shown
            if select.select([self._master], [], [], 0.5)[0]:
                try:
                    self._seen += os.read(self._master, 1 << 16)
                except OSError:
                    assert told in shown, shown
        # Not all that came: what follows may have come with it.
        end = shown.index(told) + len(told)
        self._read += end
        return shown[:end]

    def quit(self) -> int:
        """The exit code. Said until it is heard: what is typed before the prompt is there anew is dropped."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while self.process.poll() is None and time.monotonic() < until:
            self.type("/quit\r")
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(2)
            while select.select([self._master], [], [], 0)[0]:
                try:
                    os.read(self._master, 1 << 16)
                except OSError:
                    break
        return self.process.wait(0)


@pytest.fixture
def terminal(settings: Settings, tmp_path: Path) -> Iterator[Terminal]:
    asyncio.run(fill(settings))
    master, slave = pty.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "ISNAD_DATA_DIR": str(settings.data_dir),
        "TERM": "xterm",
        "COLUMNS": "100",
        "LINES": "50",
        "LANG": "C.UTF-8",
    }
    process = Forked[bytes](
        [sys.executable, "-m", "agent", "chat"],
        cwd=tmp_path,
        env=environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(master, process)
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_a_session_on_a_terminal(terminal: Terminal, settings: Settings) -> None:
    terminal.wait_for("›")
    terminal.paste(ARTICLE)
    terminal.type("\r")
    terminal.wait_for("/note")
    terminal.wait_for("›")
    terminal.type("why is 5 contested?\r")
    assert "Claim 5 is contested." in terminal.wait_for("https://meena-network.example/reprint/5530")
    terminal.wait_for("›")
    terminal.type("\x03")
    terminal.wait_for("›")
    assert terminal.quit() == 0
    history = (settings.data_dir / "chat_history").read_text(encoding="utf-8")
    assert "why is 5 contested?" in history
    assert "الانسحاب" not in history
