"""Gives each worker process a name of its own. Two live processes with one name would both do the same jobs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from agent.errors import StoreBusy, StoreError


@contextmanager
def hold_slot(folder: Path, name: str, most: int) -> Iterator[str]:
    """Holds the first free name, from `name`-0 to `name`-(most-1), until the end or the death of this process. A
    process that is started again gets the same name, and so finds the jobs that it had begun. Raises `StoreBusy`
    where all are taken."""
    for number in range(most):
        lock = FileLock(folder / f"{name}-{number}.lock", timeout=0, thread_local=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            continue
        except (OSError, NotImplementedError) as err:
            raise StoreError(f"cannot lock {str(folder)!r}: {err}. ISNAD_DATA_DIR names another folder.") from err
        try:
            yield f"{name}-{number}"
        finally:
            lock.release()
        return
    raise StoreBusy(
        f"the jobs in {str(folder.parent)!r} are being done by another process; stop it first, or name another "
        "folder in ISNAD_DATA_DIR."
    )
