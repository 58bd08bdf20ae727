"""Who worked here before: what a killed worker had begun goes on as soon as another one works in its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.errors import StoreError
from agent.jobs.slot import hold_slot

_SLOT = "shared"
_MOST = 1000


class WorkerLock:
    """A place of a data folder where one worker works at a time. Opened with `hold_place`.

    `predecessor` is the lease of the last one here, None where there was none. Whoever has the place has its lock, so
    the last one is dead, or has lost its lease.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.predecessor = _read(file)

    def take(self, lease: str) -> None:
        """To be called before the lease begins: a kill in between leaves a name that nobody has."""
        new = self._file.with_suffix(".new")
        try:
            new.write_text(lease, encoding="ascii")
            new.replace(self._file)
        except OSError as err:
            raise _unusable(self._file, err) from err


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="ascii", errors="replace") or None
    except FileNotFoundError:
        return None
    except OSError as err:
        raise _unusable(file, err) from err


def _unusable(file: Path, err: OSError) -> StoreError:
    return StoreError(f"cannot use {str(file)!r}: {err}. ISNAD_DATA_DIR names another folder.")


@contextmanager
def hold_place(folder: Path) -> Iterator[WorkerLock]:
    """The first place that is free, held until the end or the death of this process. Raises `StoreError`."""
    with hold_slot(folder, _SLOT, _MOST) as name:
        yield WorkerLock(folder / f"{name}.lease")
