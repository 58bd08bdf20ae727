"""Secrets of an installation: made when they are first needed, and one for all machines that share a database."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Literal

from agent.config import Settings
from agent.database import Layout, open_database
from agent.errors import StoreError

# What fences are made with, and what sign-ins are signed with.
SecretName = Literal["salt", "sessions"]
_BYTES = 32
_SHARED = Layout(name="secrets in", key="secrets", version="1", otherwise="Name {elsewhere}.", tables="")


def load_secret(settings: Settings, name: SecretName) -> bytes:
    """The secret of this name; raises `StoreError`."""
    return _kept_in(settings.data_dir / name) if settings.database_url is None else _shared(settings, name)


def _shared(settings: Settings, name: SecretName) -> bytes:
    with open_database(settings, _SHARED) as database, database.writing():
        if (known := database.fact(f"secret {name}")) is None:
            known = secrets.token_hex(_BYTES)
            database.learn(**{f"secret {name}": known})
        return bytes.fromhex(known)


def _kept_in(path: Path) -> bytes:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        kept = path.read_bytes()
    except OSError as err:
        raise StoreError(f"cannot keep a secret in {str(path)!r}: {err.strerror}") from err
    if len(kept) < _BYTES:
        raise StoreError(f"the secret in {str(path)!r} is damaged: delete the file, a new one is made")
    return kept


def _make(path: Path) -> None:
    """Written aside and linked into place: nobody can read half a secret, and the first of two processes wins."""
    fresh = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
    try:
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(_BYTES))
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
