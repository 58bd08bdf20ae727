"""A forked process ends as a new one would, as far as whoever waits for it can tell."""

import subprocess
import sys

import pytest

from evals.servers.forked import Forked

_ENDS_LATER = """
import atexit, threading
atexit.register(print, "told at the end")
threading.Thread(target=lambda: print("told by a thread")).start()
"""


def _ran(code: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", code]
    with Forked[str](command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        out, err = process.communicate(timeout=240)
    return process.returncode, out, err


@pytest.mark.parametrize(
    ("code", "ended"),
    [
        ("print('done', end='')", (0, "done", "")),
        ("raise SystemExit", (0, "", "")),
        ("import sys; print('half', end=''); sys.exit(3)", (3, "half", "")),
        ("import sys; sys.exit('no store')", (1, "", "no store\n")),
        (_ENDS_LATER, (0, "told by a thread\ntold at the end\n", "")),
    ],
    ids=["end", "exit", "code", "sentence", "later"],
)
def test_what_was_told_and_how_it_ended_is_what_a_new_python_tells(code: str, ended: tuple[int, str, str]) -> None:
    assert _ran(code) == ended


def test_an_error_that_nobody_takes_is_told_with_where_it_was() -> None:
    code, _, err = _ran("raise ValueError('a mistake of ours')")
    assert code == 1
    assert err.endswith("ValueError: a mistake of ours\n")


def test_what_cannot_be_told_any_more_is_an_error() -> None:
    code, _, err = _ran("import os; print('lost'); os.close(1); os.open('/dev/full', os.O_WRONLY)")
    assert (code, "No space left" in err) == (120, True)
