"""Folders that nothing outlives: whoever made one may be killed, and what ran in it ends and it is gone all the same.

Each has a lock that its owner holds; the system releases it, however the owner ends. A watcher waits for that, ends
the servers that were noted in the folder, and removes it. Where the watcher was killed as well, `clear_left_behind`
does it later. Only of the standard library, so that a watcher starts at once.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LOCK = "owner.lock"
_NOTED = ".server"
_ENDS_WITHIN_SECONDS = 30.0


@contextmanager
def owned_folder(prefix: str, within: Path | None = None) -> Iterator[Path]:
    """A new one, in the usual place for such folders unless told where."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=within))
    with (folder / f"{_LOCK}.new").open("wb") as lock:
        # Under its name only when it is held: nobody may find it free in between.
        fcntl.flock(lock, fcntl.LOCK_EX)
        Path(lock.name).rename(folder / _LOCK)
        watcher = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, folder],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield folder
        finally:
            watcher.kill()
            watcher.wait()
            shutil.rmtree(folder, ignore_errors=True)


def note_server(folder: Path, pid: int, how: signal.Signals) -> None:
    """It runs in the folder and has to end with it, by that signal."""
    (folder / f"{pid}{_NOTED}").write_text(f"{how.value} {_began(pid)}", encoding="utf-8")


def clear_left_behind(within: Path, prefix: str) -> None:
    """Removes the folders there that nobody owns any more, once the servers that were noted in them have ended."""
    for lock in within.glob(f"{prefix}*/{_LOCK}"):
        try:
            with lock.open("rb") as opened:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _clear(lock.parent)
        except OSError:
            # Somebody owns it, somebody else clears it, or it is another user's.
            continue


def _clear(folder: Path) -> None:
    for note in folder.glob(f"*{_NOTED}"):
        how, began = note.read_text(encoding="utf-8").split(" ", 1)
        _end(int(note.name.removesuffix(_NOTED)), began, signal.Signals(int(how)))
    shutil.rmtree(folder, ignore_errors=True)


def _end(pid: int, began: str, how: signal.Signals) -> None:
    until = time.monotonic() + _ENDS_WITHIN_SECONDS
    while began and _began(pid) == began:
        with suppress(ProcessLookupError):
            os.kill(pid, how if time.monotonic() < until else signal.SIGKILL)
        time.sleep(0.05)


def _began(pid: int) -> str:
    """When a process that runs began, which tells it from a later one of the same number; else nothing."""
    if not Path("/proc/self/stat").exists():
        return subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state == "Z" else fields[18]


def main() -> None:
    folder = Path(sys.argv[1])
    with (folder / _LOCK).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _clear(folder)


if __name__ == "__main__":
    main()
