"""Prompts: text files, rendered in a single pass, untrusted text inside fences that it cannot close."""

import hmac
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Literal

from jinja2 import Environment, StrictUndefined, Template, UndefinedError

from agent.config import Settings
from agent.database import Layout, open_database
from agent.errors import ConfigurationError, StoreError
from agent.models import Frozen
from agent.text import visible

# What an analyst is asked, and so what a report names; and what somebody says to the program.
AnalystPrompt = Literal["extract", "judge"]
PromptName = Literal[AnalystPrompt, "chat"]
# Said after a prompt: what form the answer has, and what was wrong with it.
RemarkName = Literal["form", "repair"]
_SALT_BYTES = 32
_SEPARATOR = "\n=== user ===\n"
_SALT = Layout(name="salt in", key="salt", version="1", otherwise="Name {elsewhere}.", tables="")


class Prompt(Frozen):
    """One call's words. `fingerprint` is of the template, so that a changed prompt is seen in every report."""

    name: str
    system: str
    user: str
    fingerprint: str


class Fence:
    """Wraps text from outside in a tag derived from a secret salt and the text itself.

    The text cannot guess its own tag, so it cannot end the block; the same text always gets the same tag, so that
    provider-side prompt caching and the answer cache keep working.
    """

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def __call__(self, kind: str, text: str) -> str:
        shown = visible(text)
        tag = f"{kind}-{hmac.new(self._salt, shown.encode(), sha256).hexdigest()[:12]}"
        return f"<{tag}>\n{shown}\n</{tag}>"


def load_salt(settings: Settings) -> bytes:
    """The secret salt of this installation, made with the first call; raises `StoreError`.

    One for all machines that share a database: it is part of what answers are kept under.
    """
    return _salt_in(settings.data_dir) if settings.database_url is None else _shared_salt(settings)


def _shared_salt(settings: Settings) -> bytes:
    with open_database(settings, _SALT) as database, database.writing():
        if (known := database.fact("salt")) is None:
            known = secrets.token_hex(_SALT_BYTES)
            database.learn(salt=known)
        return bytes.fromhex(known)


def _salt_in(folder: Path) -> bytes:
    path = folder / "salt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_salt(path)
        salt = path.read_bytes()
    except OSError as err:
        raise StoreError(f"cannot keep the salt in {str(path)!r}: {err.strerror}") from err
    if len(salt) < _SALT_BYTES:
        raise StoreError(f"the salt in {str(path)!r} is damaged: delete the file, a new one is made")
    return salt


def _make_salt(path: Path) -> None:
    """Written aside and linked into place: nobody can read half a salt, and the first of two processes wins."""
    fresh = path.with_name(f"salt-{secrets.token_hex(4)}")
    try:
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(_SALT_BYTES))
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def render(name: PromptName, values: Mapping[str, str]) -> Prompt:
    """Fills a prompt; a variable that the template wants and `values` lacks raises `ConfigurationError`."""
    system, separator, _ = _template(name).partition(_SEPARATOR)
    if not separator:
        raise ConfigurationError(f"prompts/{name}.txt has no line '=== user ==='")
    return Prompt(name=name, system=system.strip(), user=_filled(name, values), fingerprint=fingerprint(name))


def remark(name: RemarkName, values: Mapping[str, str]) -> str:
    """Fills a text that is said after a prompt."""
    return _filled(name, values)


def _filled(name: PromptName | RemarkName, values: Mapping[str, str]) -> str:
    try:
        return _compiled(name).render(values).strip()
    except UndefinedError as err:
        raise ConfigurationError(f"prompts/{name}.txt wants a variable it is not given: {err}") from err


def fingerprint(name: PromptName | RemarkName) -> str:
    return "sha256:" + sha256(_template(name).encode()).hexdigest()


@lru_cache(maxsize=8)
def _template(name: PromptName | RemarkName) -> str:
    try:
        return files("prompts").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    except FileNotFoundError as err:
        raise ConfigurationError(f"the prompt file prompts/{name}.txt is missing; reinstall isnad") from err


@lru_cache(maxsize=8)
def _compiled(name: PromptName | RemarkName) -> Template:
    # Values are text for a model, not markup: escaping them would change the quotes we ask back.
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)
    return environment.from_string(_template(name).rpartition(_SEPARATOR)[2])
