"""Finds out which worker had this place before, so that the jobs of one that was killed go on at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.errors import StoreError
from agent.jobs.slot import hold_slot

_SLOT = "shared"
_MOST = 1000


class WorkerLock:
    """One of the places of a data folder, in each of which one worker runs at a time. Take it with `hold_place`.
    `predecessor` is the lease of the worker that had it before; None where there was none. That worker is dead or has
    lost its lease: whoever holds the place has its lock."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.predecessor = _read(file)

    def take(self, lease: str) -> None:
        """Writes the lease into the place. Call it before the lease begins: after a kill in between, the place names
        a lease that nobody has."""
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
    """Holds the first free place until the end, or the death of this process. Raises `StoreError`."""
    with hold_slot(folder, _SLOT, _MOST) as name:
        yield WorkerLock(folder / f"{name}.lease")
