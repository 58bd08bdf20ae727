"""The servers that the environment names, kept from before a test takes all settings away."""

import os

DATABASE = "ISNAD_TEST_DATABASE_URL"
CHROMA = "ISNAD_TEST_CHROMA_URL"
_kept: dict[str, str] = {}


def keep_named() -> None:
    """Called when a process of the tests begins: before that it may be one that others are forked from."""
    _kept.update({name: os.environ[name] for name in (DATABASE, CHROMA) if name in os.environ})


def kept(name: str) -> str | None:
    """The address of the server, None where nobody named one."""
    return _kept.get(name)
