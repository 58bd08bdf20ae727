"""One process at a time on an embedded store: without a lock, a second one breaks the first one's files."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from agent.errors import StoreBusy, StoreError

_LOCK = "coverage.lock"
_HOLDER = "coverage.lock.json"


@contextmanager
def hold(data_dir: Path, index: Path) -> Iterator[None]:
    """Holds the store for this process; raises `StoreBusy` naming the process that has it. A kill frees it."""
    lock = FileLock(data_dir / _LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as err:
        raise StoreBusy(
            f"the coverage store in {str(data_dir)!r} is in use by {_holder(data_dir)}. Wait for it to end; or, to "
            f"share the store between processes, run `chroma run --path {index}` and set ISNAD_CHROMA_URL to its "
            "address (for example http://127.0.0.1:8000)."
        ) from err
    except (OSError, NotImplementedError) as err:
        raise StoreError(
            f"cannot lock the coverage store in {str(data_dir)!r}: {err}. ISNAD_DATA_DIR names another folder."
        ) from err
    try:
        _sign(data_dir)
        yield
    finally:
        lock.release()


def _sign(data_dir: Path) -> None:
    holder = {
        "pid": os.getpid(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    try:
        (data_dir / _HOLDER).write_text(json.dumps(holder, ensure_ascii=False), "utf-8", "surrogateescape")
    except OSError as err:
        raise StoreError(
            f"cannot write in {str(data_dir)!r}: {err}. Free some space or change ISNAD_DATA_DIR."
        ) from err


def _holder(data_dir: Path) -> str:
    try:
        holder = json.loads((data_dir / _HOLDER).read_text("utf-8"))
        return f"process {holder['pid']} ({holder['command']}) since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
