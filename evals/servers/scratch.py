"""Where files stand that nothing outlives: in memory where the machine has room for that."""

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
_LEAST_FREE_BYTES = 4 << 30


def scratch_folder() -> Path:
    """A folder for temporary folders. In memory no commit waits for a disk that others keep busy."""
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _LEAST_FREE_BYTES:
        return _MEMORY
    return Path(tempfile.gettempdir())
