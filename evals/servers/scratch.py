"""Where files stand that nothing outlives: in memory where the machine has room for that."""

import os
import shutil
import tempfile
from pathlib import Path

from evals.servers.owned import clear_left_behind

_MEMORY = Path("/dev/shm")
_LEAST_FREE_BYTES = 4 << 30
_TEMPORARY_FOLDERS = "pytest-of-*/pytest-[0-9]*/.lock"


def scratch_folder() -> Path:
    """A folder for temporary folders. In memory no commit waits for a disk that others keep busy."""
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _LEAST_FREE_BYTES:
        return _MEMORY
    return Path(tempfile.gettempdir())


def clear_ended_runs() -> None:
    """Removes what runs of the tests that were killed left there: servers with their folders, temporary folders."""
    for place in (_MEMORY, Path(tempfile.gettempdir())):
        clear_left_behind(place, "isnad-")
        for lock in place.glob(_TEMPORARY_FOLDERS):
            if _has_ended(lock):
                shutil.rmtree(lock.parent, ignore_errors=True)


def _has_ended(lock: Path) -> bool:
    """Whether the run whose number pytest wrote there is over; a run that ends by itself takes its lock away."""
    try:
        os.kill(int(lock.read_text(encoding="utf-8")), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        return False
    return False
