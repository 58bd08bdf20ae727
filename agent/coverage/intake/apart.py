"""Reading a hostile file in a process of its own, which has so much time and so much memory, and then ends."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from agent.errors import BadInput, InputFault
from agent.models import Frozen

Read = TypeVar("Read", bound=Frozen)

# An article of a few pages takes half a second.
_SECONDS = 60.0
_LONGEST_REASON = 300
_NEEDED = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG", "LC_ALL")
# What a reader ends with when it says itself why it could not read; whatever else ends it is the file's doing too.
REFUSED = 3


def read_apart(reader: str, data: bytes, kind: type[Read], what: str, *, seconds: float = _SECONDS) -> Read:
    """What the script `reader`, which lies beside this, writes of `data` as JSON. Raises `BadInput` with its reason;
    `what` says to a person what was read.

    The script imports nothing of ours: it is run by its path, and starts as quickly as the library that it is for.
    """
    script = Path(__file__).with_name(f"{reader}.py")
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-X", "utf8", str(script)],
            input=data,
            capture_output=True,
            timeout=seconds,
            # No key of ours is known where a stranger's file is read.
            env={name: value for name, value in os.environ.items() if name in _NEEDED},
        )
    except subprocess.TimeoutExpired as err:
        raise BadInput(f"a {what} that takes longer than {seconds:.0f} seconds to read", InputFault.BROKEN) from err
    if done.returncode == REFUSED:
        raise BadInput(done.stderr.decode("utf-8", "replace").strip()[:_LONGEST_REASON], InputFault.BROKEN)
    try:
        if done.returncode == 0:
            return kind.model_validate_json(done.stdout)
    except ValidationError as err:
        raise BadInput(f"a {what} that is damaged, or made to be slow to read", InputFault.BROKEN) from err
    raise BadInput(f"a {what} that is damaged, or made to be slow to read", InputFault.BROKEN)
